"""The facilitator's controls and the ballot, as people press them in the practice workspace."""

from datetime import timedelta
from typing import Any

from planning.phases import Phase
from tests.bot import played
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import VOTERS, Stage


def in_phase(stage: Stage, phase: Phase, **rules: Any) -> Visitor:
    """The reviewer, facilitating a session that has come to `phase`."""
    played.connect(stage)
    played.release(stage)
    played.start(stage, **rules)
    played.gather(stage)
    for number in range(2, phase.number + 1):
        played.go_on(stage, f"{number} of 7")
    return stage.visitor()


def pressed(facilitator: Visitor, action_id: str, window: str, **fields: Any) -> None:
    """A button of the facilitator's controls, and the window it opens, sent."""
    played.ok(facilitator.click("steer.open"))
    facilitator.wait_for_modal("steer")
    played.ok(facilitator.click(action_id))
    facilitator.wait_for_modal(window)
    played.ok(facilitator.submit(fields))


def test_a_timer_stands_on_the_card_and_its_end_asks_the_facilitator_in_private(stage: Stage) -> None:
    reviewer = in_phase(stage, Phase.FOCUS, pace="no timers")
    pressed(reviewer, "steer.timer", "timer", minutes="10")
    reviewer.wait_for(lambda: "has time until" in str(reviewer.modal()))
    reviewer.close(everything=True)
    reviewer.wait_for_text(":stopwatch: until <!date^")
    stage.set_time(stage.now() + timedelta(minutes=10, seconds=5))
    stage.settled()
    reviewer.wait_for_text("The time for *Focus*", "dm")
    assert stage.session().phase is Phase.FOCUS, "it asks, and never jumps"
    assert stage.visitor("UTEACHER1").find_message("The time for", "CPLAN1") is None
    played.ok(reviewer.click("steer.open"))
    assert "was up at" in str(reviewer.wait_for_modal("steer"))
    reviewer.close(everything=True)
    played.ok(reviewer.click("timer.more", channel="dm"))
    stage.until(lambda: stage.session().timer.ends_at > stage.now() + timedelta(minutes=4))
    reviewer.wait_for_text("was over; it has until", "dm")


def test_the_session_changes_hands_and_the_channel_sees_it(stage: Stage) -> None:
    reviewer = in_phase(stage, Phase.CELEBRATE)
    pressed(reviewer, "steer.hand_over", "lead", to="UTEACHER1")
    teacher = stage.visitor("UTEACHER1")
    teacher.wait_for_text("facilitated by <@UTEACHER1>")
    assert "facilitates this session" in str(reviewer.wait_for_modal("steer"))
    played.ok(reviewer.click("steer.take_over"))
    teacher.wait_for_text("facilitated by <@UREVIEWER1>")


def test_a_ballot_says_what_is_left_and_is_there_again_after_the_window_was_closed(stage: Stage) -> None:
    in_phase(stage, Phase.VOTE)
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.click("ballot.open"))
    teacher.wait_for_modal("ballot")
    played.ok(teacher.click("ballot.dots", block_id="dots-0", view_id=teacher.modal()["id"], selected="3"))
    teacher.wait_for(lambda: "*2 left*" in str(teacher.modal()))
    played.ok(teacher.click("ballot.dots", block_id="dots-1", view_id=teacher.modal()["id"], selected="3"))
    teacher.wait_for(lambda: "Take 1 back" in str(teacher.modal()))
    teacher.close()
    assert stage.read(lambda ledger: ledger.ballots.count(stage.session())) == 0
    played.ok(teacher.click("ballot.open"))
    again = teacher.wait_for_modal("ballot")
    assert "not counted until you press" in str(again) and "Take 1 back" in str(again)
    assert "Take 1 back." in str(teacher.submit())
    played.ok(teacher.submit({"dots-1": "2"}))
    teacher.wait_for_modal("ballot_kept")
    assert stage.read(lambda ledger: ledger.ballots.count(stage.session())) == 1


def test_somebody_who_left_is_excused_and_nobody_waits_for_them(stage: Stage) -> None:
    reviewer = in_phase(stage, Phase.VOTE)
    played.vote(stage, {person: {0: 1} for person in VOTERS if person != "UTEACHER4"})
    reviewer.wait_for_text("*5 of 6* have voted.")
    pressed(reviewer, "steer.excuse", "excuse", people=["UTEACHER4"])
    reviewer.wait_for_text("*5 of 5* have voted.")


def test_a_ballot_that_comes_after_the_reveal_leads_to_the_current_card(stage: Stage) -> None:
    in_phase(stage, Phase.VOTE)
    late = stage.visitor("UTEACHER4")
    played.ok(late.click("ballot.open"))
    late.wait_for_modal("ballot")
    played.vote(stage, {person: {0: 1} for person in VOTERS if person != "UTEACHER4"})
    played.go_on(stage, "5 of 7")
    played.ok(late.submit({"dots-0": "1"}))
    told = str(late.wait_for_modal("told"))
    assert "the session is in Choose now. Nothing was changed." in told and "|Go to the current card>" in told
    late.close(everything=True)


def test_a_tie_is_settled_by_a_runoff_and_those_who_wait_get_a_sentence_each(stage: Stage) -> None:
    reviewer = in_phase(stage, Phase.VOTE, priorities="1")
    played.vote(stage, {person: {0: 1, 1: 1} for person in VOTERS})
    played.go_on(stage, "5 of 7")
    reviewer.wait_for_text("A tie at the cut")
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.runoff"))
    reviewer.close(everything=True)
    reviewer.wait_for_text("*A runoff* between those that were tied")
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.click("ballot.open"))
    assert len([b for b in teacher.wait_for_modal("ballot")["blocks"] if b["type"] == "input"]) == 2
    teacher.close()
    played.vote(stage, {person: {1: 1} for person in VOTERS})
    played.go_on(stage, "5 of 7")
    reviewer.wait_for_text("*The runoff:*")
    played.choose(stage, [1])
    played.ok(reviewer.click("steer.open"))
    reviewer.wait_for_modal("steer")
    played.ok(reviewer.click("steer.deferred"))
    first = reviewer.wait_for_modal("deferred")["blocks"][1]["block_id"]
    played.ok(reviewer.submit({first: "It lost the runoff by a hair"}))
    reviewer.close(everything=True)
    reviewer.wait_for_text("It lost the runoff by a hair")
    played.ok(reviewer.click("choice.open"))
    assert "Each keeps the sentence it has" in str(reviewer.wait_for_modal("choice"))
    played.ok(reviewer.submit())
    stage.settled()
    reviewer.wait_for_text("It lost the runoff by a hair")


def test_four_people_placing_the_leaders_make_a_small_grid_on_the_card(stage: Stage) -> None:
    reviewer = in_phase(stage, Phase.VOTE)
    played.vote(stage, {person: {0: 2, 1: 1} for person in VOTERS})
    played.go_on(stage, "5 of 7")
    for person in VOTERS[:4]:
        voter = stage.visitor(person)
        played.ok(voter.click("grid.open"))
        voter.wait_for_modal("grid")
        assert voter.submit({"impact-0": "3"})["errors"], "both are needed for each"
        played.ok(
            voter.submit({"impact-0": "3", "feasibility-0": "1", "impact-1": "1", "feasibility-1": "3"}),
        )
        voter.close(everything=True)
    card = reviewer.wait_for_text("*Impact* (upwards)")
    (picture,) = [b["text"]["text"] for b in card["blocks"] if "```" in str(b.get("text"))]
    high, middling, low = picture.strip("`").splitlines()[:3]
    assert high.split("|")[1].strip() == "1" and low.split("|")[3].strip() == "2"
    assert all(square.strip() == "" for square in middling.split("|")[1:4])
    reviewer.click("grid.open")
    reviewer.wait_for_text("have none, unless the team wants it")
