"""The session, played on the practice workspace by the real bot."""

from tests.bot import played
from tests.bot.stage import Stage


def test_a_team_gets_from_a_held_review_to_a_committed_plan_and_its_first_check_in(stage: Stage) -> None:
    played.to_commit(stage)
    owner = stage.visitor("UTEACHER1")
    owner.wait_for_text("Take it on", "dm")
    played.ok(owner.click("acceptance.accept", channel="dm"))
    owner.wait_for_text("You took it on", "dm")
    stage.set_time(stage.read(lambda ledger: ledger.reminders.to_come(stage.now()))[0].due_at)
    owner.wait_for_text("How is it going?", "dm")
    played.ok(owner.click("check_in.on_track", channel="dm"))
    owner.wait_for_text("You said: *on track*", "dm")
    answer = owner.command("/levers status")
    assert answer["ok"]
    owner.wait_for_text("on track")
