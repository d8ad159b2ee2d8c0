"""Every button and every window once, as people press them; Slack must refuse nothing that Levers sends."""

from typing import Any

import pytest

from planning.phases import Phase
from planning.plan import Action, Status
from tests.benchmarks.hand import click, milliseconds
from tests.bot import played
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import Stage


@pytest.fixture(autouse=True)
def _nothing_is_refused(request: pytest.FixtureRequest) -> Any:
    stage = request.getfixturevalue("committed" if "committed" in request.fixturenames else "stage")
    yield
    assert stage.refused() == []


def focused(stage: Stage) -> Visitor:
    """The reviewer, facilitating a session in Focus."""
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage)
    for heading in ("2 of 7", "3 of 7"):
        played.go_on(stage, heading)
    return stage.visitor()


def test_strengths_open_their_evidence_from_the_celebrate_card(stage: Stage) -> None:
    played.connect(stage)
    played.release(stage)
    played.start(stage)
    played.gather(stage, ("UTEACHER1",))
    played.go_on(stage, "2 of 7")
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.click("evidence.strengths"))
    teacher.wait_for_modal("evidence_list")
    played.ok(teacher.click("evidence.strength"))
    assert "Mastering" in str(teacher.wait_for_modal("evidence"))


def test_the_shortlist_is_shaped_by_the_team_and_the_principal(stage: Stage) -> None:
    focused(stage)
    teacher, principal = stage.visitor("UTEACHER1"), stage.visitor("UPRINCIPAL1")
    played.ok(teacher.click("shortlist.remove"))
    first = played.options(teacher.wait_for_modal("remove"), "indicator")[0]["value"]
    answer = teacher.submit({"indicator": first, "reason": "   "})
    assert "why it comes off" in str(answer)
    played.ok(teacher.submit({"indicator": first, "reason": "Next year's *topic* <!channel>"}))
    teacher.wait_for_modal("changed")
    teacher.wait_for_text("Next year's *\u200btopic\u200b* &lt;!channel&gt;")
    teacher.close()
    played.ok(teacher.click("shortlist.remove"))
    teacher.wait_for_modal("remove")
    played.ok(teacher.click("shortlist.put_back"))
    assert "undone" in str(teacher.wait_for_modal("told"))
    teacher.close()
    teacher.wait_for(lambda: teacher.find_message("Taken off:") is None)
    teacher.wait_for_text("1 more indicator stands at Developing")
    played.ok(teacher.click("shortlist.add"))
    options = played.options(teacher.wait_for_modal("add"), "indicator")
    played.ok(teacher.submit({"indicator": options[0]["value"], "reason": "It came up in the lessons we saw"}))
    teacher.wait_for_text("The team added it: It came up")
    assert teacher.find_message("more indicator stands") is None
    teacher.wait_for_modal("changed")
    played.ok(teacher.click("shortlist.undo_add"))
    teacher.wait_for(lambda: teacher.find_message("The team added it") is None)
    teacher.close()
    played.ok(teacher.click("evidence.open"))
    teacher.wait_for_modal("evidence")
    played.ok(teacher.click("concern.open"))
    teacher.wait_for_modal("concern")
    played.ok(teacher.submit({"concern": "Newcomers start <behind>", "named": "unnamed"}))
    assert "It is noted" in str(teacher.wait_for_modal("told"))
    teacher.close(everything=True)
    principal.wait_for_text("Newcomers start &lt;behind&gt; _(said without a name)_")
    played.ok(principal.click("evidence.open"))
    assert "Newcomers start &lt;behind&gt;" in str(principal.wait_for_modal("evidence"))
    principal.close()
    played.ok(principal.click("word.open"))
    principal.wait_for_modal("word")
    played.ok(principal.submit({"vote": "advises", "off_table": "The bell schedule"}))
    teacher.wait_for_text("Off the table: The bell schedule")
    played.ok(teacher.click("word.open"))
    teacher.wait_for_text("That is for the principal to say")
    assert teacher.modal() is None


def test_the_facilitator_counts_people_without_slack_their_paper_and_reminds_the_rest(stage: Stage) -> None:
    reviewer = focused(stage)
    played.go_on(stage, "4 of 7")
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.guests"))
    reviewer.wait_for_modal("guests")
    played.ok(reviewer.submit({"guests": "Noor Haddad\nPat Lindqvist\n"}))
    stage.settled()
    reviewer.close(everything=True)
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.paper"))
    reviewer.wait_for_modal("paper")
    assert "or 0 here if nobody" in str(reviewer.submit({"ballots": "2"}))
    assert "2 people have 10 dots in all, and 12" in str(
        reviewer.submit({"ballots": "2", "dots-0": "6", "dots-1": "6"})
    )
    played.ok(reviewer.submit({"ballots": "2", "dots-0": "6", "dots-1": "4"}))
    reviewer.wait_for(lambda: "2 of 2 paper ballots are in." in str(reviewer.wait_for_modal("steer")))
    played.ok(reviewer.click("steer.paper"))
    assert "2 paper ballots are counted already" in str(reviewer.wait_for_modal("paper"))
    reviewer.close()
    stage.settled()
    played.ok(reviewer.click("steer.remind"))
    reviewer.wait_for(lambda: "6 people are being reminded" in str(reviewer.modal()))
    reviewer.close(everything=True)
    reviewer.wait_for_text("2 of them on paper")
    stage.visitor("UTEACHER1").wait_for_text("your dots are still yours to place", "dm")


def test_stepping_back_cancelling_and_starting_again(stage: Stage) -> None:
    reviewer = focused(stage)
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.back"))
    stage.until(lambda: stage.session().phase is Phase.CELEBRATE)
    # The controls are brought up to date after that, and a press on what they were before finds nothing.
    stage.settled()
    played.ok(reviewer.click("steer.cancel"))
    reviewer.wait_for_modal("cancel")
    assert "few words" in str(reviewer.submit({"reason": "  "}))
    played.ok(reviewer.submit({"reason": "Half of us are snowed in"}))
    reviewer.wait_for_text("This session was cancelled: Half of us are snowed in")
    played.start(stage)
    assert stage.session().phase is Phase.GATHER


def test_a_drafted_action_is_changed_and_taken_out_again(stage: Stage) -> None:
    played.to_plan(stage)
    played.draft(stage, ("UTEACHER1", "UTEACHER2", "UCOACH1"))
    teacher = stage.visitor("UTEACHER2")
    action = stage.read(lambda ledger: ledger.plans.actions(stage.session().id))[0]
    stage.settled()
    played.ok(teacher.click("action.edit", value=action.id))
    teacher.wait_for_modal("action")
    played.ok(teacher.submit({"text": "Try", "owner": "UTEACHER4", "due": "2026-12-25", "shown_by": ""}))
    card = teacher.wait_for_text("Start with a verb")
    assert "no school" in str(card) and "what will show that it is done" in str(card)
    played.ok(teacher.click("action.edit", value=action.id))
    teacher.wait_for_modal("action")
    played.ok(teacher.click("action.remove", value=action.id))
    assert "taken out" in str(teacher.wait_for_modal("told"))
    teacher.close(everything=True)
    assert len(stage.read(lambda ledger: ledger.plans.actions(stage.session().id))) == 2


def test_the_home_tab_asks_and_takes_the_answers_in_place(committed: Stage) -> None:
    owner = committed.visitor("UTEACHER1")
    played.ok(owner.open_home())
    owner.wait_for(lambda: "acceptance.accept" in str(owner.home()))
    played.ok(owner.click("acceptance.accept", home=True))
    owner.wait_for(lambda: "check_in.on_track" in str(owner.home()))
    played.ok(owner.click("check_in.at_risk", home=True))
    owner.wait_for(lambda: "at risk" in str(owner.home()))
    played.ok(owner.click("check_in.more", home=True, selected=f"hand_over/{action_id(committed)}"))
    owner.wait_for_modal("hand_over")
    assert "school's team" in str(owner.submit({"to": "ULEVERSBOT"}))
    played.ok(owner.submit({"to": "UTEACHER3"}))
    other = committed.visitor("UTEACHER3")
    other.wait_for_text("has this now. Could you take it over", "dm")
    played.ok(other.click("acceptance.accept", channel="dm"))
    other.wait_for_text("You took it on", "dm")
    played.ok(owner.open_home())
    owner.wait_for(lambda: "You own no open action" in str(owner.home()))


def test_a_check_in_is_answered_changed_and_dropped(committed: Stage) -> None:
    owner = committed.visitor("UTEACHER1")
    owner.wait_for_text("Take it on", "dm")
    played.ok(owner.click("acceptance.accept", channel="dm"))
    owner.wait_for_text("You took it on", "dm")
    committed.set_time(committed.read(lambda ledger: ledger.reminders.to_come(committed.now()))[0].due_at)
    owner.wait_for_text("How is it going?", "dm")
    played.ok(owner.click("check_in.at_risk", channel="dm"))
    owner.wait_for_text("You said: *at risk*", "dm")
    played.ok(owner.click("check_in.change", channel="dm"))
    owner.wait_for_modal("answer_again")
    played.ok(owner.click("check_in.on_track"))
    assert "on track" in str(owner.wait_for_modal("told"))
    owner.close(everything=True)
    owner.wait_for_text("You said: *on track*", "dm")
    played.ok(owner.click("check_in.change", channel="dm"))
    owner.wait_for_modal("answer_again")
    played.ok(owner.click("check_in.more", selected=f"drop/{action_id(committed)}"))
    owner.wait_for_modal("answer")
    played.ok(owner.submit({"note": "The new schedule does it for us."}))
    owner.wait_for_text("You said: *dropped*: The new schedule", "dm")


def test_everybody_hears_back_when_they_write_to_levers(stage: Stage) -> None:
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.open_home())
    played.ok(teacher.say("hello?", channel="dm"))
    teacher.wait_for_text("Write “mine” and I show your actions", "dm")
    played.ok(teacher.say("<@ULEVERSBOT> what now?"))
    teacher.wait_for_text("I answer to `/levers`")


def test_one_press_takes_on_all_that_waits_and_shows_it(committed: Stage) -> None:
    owner = committed.visitor("UTEACHER1")
    owner.wait_for_text("Take it on", "dm")
    plan = committed.read(lambda ledger: ledger.plans.live(committed.school_id(ledger)))
    mine = [one for one in plan.actions if one.asked == "UTEACHER1"]
    pressed = click("UTEACHER1", "acceptance.accept_all", f"{plan.id}/{len(mine)}")
    assert milliseconds(committed.service.app, pressed)[1].status == 200
    owner.wait_for_text("You took it on", "dm")
    assert first_action(committed).status is Status.NOT_STARTED


def test_who_writes_mine_or_help_gets_what_the_command_shows(committed: Stage) -> None:
    owner = committed.visitor("UTEACHER1")
    owner.wait_for_text("Take it on", "dm")
    played.ok(owner.click("acceptance.accept", channel="dm"))
    owner.wait_for_text("You took it on", "dm")
    played.ok(owner.say("Help?", channel="dm"))
    owner.wait_for_text("`/levers hours` sets when Levers may write to you", "dm")
    played.ok(owner.say("What's mine?", channel="dm"))
    owner.wait_for_text("You find your actions on the *Home* tab", "dm")
    played.ok(owner.click("check_in.own", channel="dm"))
    owner.wait_for(lambda: "check_in.on_track" in str(owner.modal()))
    played.ok(owner.click("check_in.on_track"))
    committed.until(lambda: first_action(committed).status is Status.ON_TRACK)


def first_action(stage: Stage) -> Action:
    """The first action of UTEACHER1's in the live plan."""
    plan = stage.read(lambda ledger: ledger.plans.live(stage.school_id(ledger)))
    return next(one for one in plan.actions if one.step.owner == "UTEACHER1")


def action_id(stage: Stage) -> str:
    """The first action of the live plan."""
    plan = stage.read(lambda ledger: ledger.plans.live(stage.school_id(ledger)))
    return str(plan.actions[0].id)
