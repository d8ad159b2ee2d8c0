"""The plan phase as people press it: words for dates and people, places, undo, messages that become actions."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planning.plan import Action, Status, Step
from planning.verbs import draft, steer
from tests.bot import played
from tests.bot.planned import just_committed
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import Stage, staged


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One session in Plan for all tests of drafting; each makes actions of its own."""
    with staged(Path(tmp_path_factory.mktemp("planning"))) as stage:
        played.to_plan(stage)
        yield stage
        assert stage.refused() == []


def priorities(stage: Stage) -> Any:
    """The priorities of the open session."""
    return stage.read(lambda ledger: ledger.plans.priorities(stage.session().id))


def drafted(stage: Stage, text: str) -> Action:
    """The drafted action with that text."""
    found = stage.read(lambda ledger: ledger.plans.actions(stage.session().id))
    return next(one for one in found if one.step.text == text)


def added(stage: Stage, text: str, place: int = 0, **fields: Any) -> Visitor:
    """A teacher adds an action under a priority."""
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.click("action.add", value=priorities(stage)[place].id))
    teacher.wait_for_modal("action")
    played.ok(
        teacher.submit({"text": text, "owner": "UTEACHER2", "due": "2027-02-12", "shown_by": "It is there", **fields})
    )
    return teacher


def test_a_due_date_in_words_is_confirmed_as_a_date_before_anything_is_kept(planning: Stage) -> None:
    teacher = planning.visitor("UTEACHER1")
    played.ok(teacher.click("action.add", value=priorities(planning)[0].id))
    teacher.wait_for_modal("action")
    typed = {"text": "Write two shared units", "owner": "UTEACHER2", "shown_by": "Two units"}
    assert "by spring break" in str(teacher.submit({**typed, "due_words": "when it suits us"}))
    assert "Choose a day, or say it in words" in str(teacher.submit({**typed, "due_words": ""}))
    played.ok(teacher.submit({**typed, "due_words": "in six weeks"}))
    window = teacher.wait_for_modal("action")
    assert "“in six weeks” is *Wednesday, January 13, 2027*. Press *Add* to keep it." in str(window)
    assert not [one for one in planning.read(lambda ledger: ledger.plans.actions(planning.session().id))
                if one.step.text == typed["text"]]  # fmt: skip
    played.ok(teacher.submit())
    step = drafted(planning, "Write two shared units").step
    assert (step.due, step.owner, step.shown_by) == (date(2027, 1, 13), "UTEACHER2", "Two units")
    assert teacher.modal() is None


def test_who_describes_a_priority_second_sees_both_and_loses_nothing(planning: Stage) -> None:
    texts = {"root_cause": "Lessons are planned alone", "goal": "Learners explain", "measure": "Eight of ten rooms"}
    hands = {who: planning.visitor(who) for who in ("UTEACHER1", "UTEACHER2")}
    for hand in hands.values():
        played.ok(hand.click("priority.describe", value=priorities(planning)[1].id))
        hand.wait_for_modal("describe")
    for who, hand in hands.items():
        hand.submit({**texts, "root_cause": f"{who} thinks so", "target_level": "Applying"})
    shown = str(hands["UTEACHER2"].modal())
    assert "Somebody described this while you had it open" in shown
    assert "*Root cause:* UTEACHER1 thinks so" in shown and "UTEACHER2 thinks so" in shown
    assert priorities(planning)[1].root_cause == "UTEACHER1 thinks so", "nothing is overwritten in silence"
    played.ok(hands["UTEACHER2"].submit({"root_cause": "Both think so"}))
    assert priorities(planning)[1].root_cause == "Both think so"


def test_somebody_without_slack_is_named_on_the_card_and_followed_up(planning: Stage) -> None:
    teacher = planning.visitor("UTEACHER1")
    played.ok(teacher.click("action.add", value=priorities(planning)[0].id))
    teacher.wait_for_modal("action")
    asks = {"text": "Ask the families' council", "due": "2027-02-12", "shown_by": "Their answer"}
    assert "name somebody without Slack below" in str(teacher.submit(asks))
    both = {**asks, "owner": "UTEACHER2", "outside": "Ms. Rivera (PTA)"}
    assert "not both" in str(teacher.submit(both))
    played.ok(teacher.submit({**asks, "owner": None, "outside": "Ms. Rivera (PTA)"}))
    teacher.wait_for_text("Ms. Rivera (PTA), followed up by <@UPRINCIPAL1>")


def test_an_action_moves_up_to_another_priority_out_and_back(planning: Stage) -> None:
    for text in ("Try the first of these", "Try the second of these"):
        teacher = added(planning, text, 1)
    second, others = drafted(planning, "Try the second of these"), priorities(planning)
    planning.settled()
    played.ok(teacher.click("action.edit", value=second.id))
    assert "place 2 of 2" in str(teacher.wait_for_modal("action"))
    played.ok(teacher.click("action.up"))
    teacher.wait_for(lambda: "place 1 of 2" in str(teacher.modal()))
    played.ok(teacher.submit({"priority": others[2].id}))
    assert drafted(planning, second.step.text).priority == others[2].id
    played.ok(teacher.click("action.edit", value=second.id))
    teacher.wait_for_modal("action")
    played.ok(teacher.click("action.remove"))
    teacher.wait_for_modal("told")
    there = [one.id for one in planning.read(lambda ledger: ledger.plans.actions(planning.session().id))]
    assert second.id not in there
    played.ok(teacher.click("action.restore"))
    teacher.wait_for(lambda: "back in the plan" in str(teacher.modal()))
    teacher.close(everything=True)
    assert drafted(planning, second.step.text).step == second.step


def test_a_message_becomes_an_action_and_keeps_its_link(planning: Stage) -> None:
    writer, teacher = planning.visitor("UTEACHER3"), planning.visitor("UTEACHER1")
    played.ok(writer.say("Could we <!here> try *peer* conferences & ask <@UTEACHER4>?"))
    message = teacher.wait_for_text("peer* conferences")
    played.ok(teacher.shortcut("plan.add_from_message", message["ts"]))
    window = teacher.wait_for_modal("action")
    assert "try *peer* conferences & ask" in str(window)
    played.ok(
        teacher.submit(
            {
                "priority": priorities(planning)[0].id,
                "owner": "UTEACHER3",
                "due": "2027-02-12",
                "shown_by": "Two of them",
            }
        )
    )
    assert "is in the plan, with a link" in str(teacher.wait_for_modal("told")), "the card may be far up"
    teacher.close(everything=True)
    action = next(one for one in planning.read(lambda ledger: ledger.plans.actions(planning.session().id))
                  if "conferences" in one.step.text)  # fmt: skip
    assert action.link.startswith("http") and action.priority == priorities(planning)[0].id
    teacher.wait_for_text(f"<{action.link}|from this message>")


def test_a_card_of_levers_itself_does_not_become_an_action(planning: Stage) -> None:
    teacher = planning.visitor("UTEACHER1")
    played.ok(teacher.shortcut("plan.add_from_message", teacher.wait_for_text("6 of 7")["ts"]))
    assert "one that somebody wrote" in str(teacher.wait_for_modal("told"))


def test_warnings_stand_on_the_plan_and_never_block(planning: Stage) -> None:
    teacher = added(planning, "Try", 2, due="2026-12-05", shown_by="")
    card = str(teacher.wait_for_text("*Due when there is no school:* “Try” (Sat, Dec 5, 2026: the weekend)"))
    assert "*Does not say what will show that it is done:* “Try”" in card
    added(planning, "Try this at once", 2, due="2026-12-04")
    teacher.wait_for_text("*Due before I would first ask how it goes:* “Try this at once” (Fri, Dec 4, 2026)")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One committed plan for all tests of what comes after."""
    with just_committed(Path(tmp_path_factory.mktemp("committed"))) as stage:
        yield stage
        assert stage.refused() == []


def actions(stage: Stage) -> tuple[Action, ...]:
    """The actions of the live plan."""
    return stage.read(lambda ledger: ledger.plans.live(stage.school_id(ledger)).actions)  # type: ignore[no-any-return]


def test_the_card_shows_owners_as_proposed_until_they_take_it_on(committed: Stage) -> None:
    owner = committed.visitor("UTEACHER1")
    owner.wait_for_text("<@UTEACHER1> (proposed)")
    asked = owner.wait_for_text("Take it on", "dm")
    assert "the principal and the coaches see your answers with your name" in str(asked)
    played.ok(owner.click("acceptance.accept", channel="dm"))
    owner.wait_for(lambda: owner.find_message("<@UTEACHER1> (proposed)") is None)
    assert "<@UTEACHER1>, by" in str(owner.find_message("Owners are *proposed*"))


def test_a_coach_changes_an_action_and_its_history_tells_it(committed: Stage) -> None:
    coach, second = committed.visitor("UCOACH1"), actions(committed)[1]
    played.ok(coach.command("/levers plan"))
    coach.wait_for_text("waiting for acceptance")
    played.ok(coach.click("plan.more", value=f"change/{second.id}", selected=f"change/{second.id}"))
    coach.wait_for_modal("amend")
    played.ok(coach.submit({"text": "Plan two shared units", "due_words": "by spring break", "why": "Two are enough"}))
    coach.wait_for(lambda: "Friday, March 12, 2027" in str(coach.modal()))
    played.ok(coach.submit())
    assert actions(committed)[1].step.due == date(2027, 3, 12)
    coach.wait_for_text("Plan two shared units")
    played.ok(coach.command("/levers plan"))
    played.ok(coach.click("plan.more", value=f"history/{second.id}", selected=f"history/{second.id}"))
    told = str(coach.wait_for_modal("history"))
    assert "<@UCOACH1>: Two are enough" in told and "Fri, Jan 29, 2027 → Fri, Mar 12, 2027" in told
    coach.close(everything=True)


def test_a_coach_drops_an_action_and_its_history_stays(committed: Stage) -> None:
    coach, priority = committed.visitor("UCOACH1"), actions(committed)[0].priority
    played.ok(coach.command("/levers plan"))
    played.ok(coach.click("plan.add"))
    coach.wait_for_modal("add_to_plan")
    fields = {"priority": priority, "text": "Try what nobody needs", "owner": "UTEACHER4", "due": "2027-02-12"}
    played.ok(coach.submit(fields))
    gone = actions(committed)[-1]
    played.ok(coach.command("/levers plan"))
    choice = f"find_owner/{gone.id}"
    played.ok(coach.click("plan.more", value=choice, selected=choice))
    coach.wait_for_modal("hand_over")
    assert "asked already" in str(coach.submit({"to": "UTEACHER4"}))
    played.ok(coach.submit({"to": "UTEACHER3"}))
    coach.wait_for_text("<@UTEACHER3> (proposed)")
    played.ok(coach.command("/levers plan"))
    choice = f"drop_from_plan/{gone.id}"
    played.ok(coach.click("plan.more", value=choice, selected=choice))
    coach.wait_for_modal("drop")
    played.ok(coach.submit({"why": "Nobody needs it"}))
    assert actions(committed)[-1].status is Status.DROPPED
    played.ok(coach.command("/levers plan"))
    choice = f"history/{gone.id}"
    played.ok(coach.click("plan.more", value=choice, selected=choice))
    assert "Nobody needs it" in str(coach.wait_for_modal("history"))
    coach.close(everything=True)
    choice = f"take_up/{gone.id}"
    played.ok(coach.click("plan.more", value=choice, selected=choice))
    assert "Try what nobody needs" in str(coach.wait_for_modal("plan"))
    coach.close(everything=True)
    assert actions(committed)[-1].waiting
    coach.wait_for_text("<@UTEACHER4> (proposed)")


def test_an_owner_moves_their_own_date_from_their_list_and_says_why(committed: Stage) -> None:
    owner, third = committed.visitor("UCOACH1"), actions(committed)[2]
    owner.wait_for_text("Take it on", "dm")
    played.ok(owner.click("acceptance.accept", value=third.id, channel="dm"))
    committed.until(lambda: actions(committed)[2].status is Status.NOT_STARTED)
    played.ok(owner.command("/levers mine"))
    played.ok(owner.click("check_in.more", value=f"change/{third.id}", selected=f"change/{third.id}"))
    owner.wait_for_modal("amend")
    played.ok(owner.submit({"due": "2027-02-26"}))
    played.ok(owner.command("/levers mine"))
    played.ok(owner.click("check_in.more", value=f"history/{third.id}", selected=f"history/{third.id}"))
    assert "Fri, Feb 26, 2027" in str(owner.wait_for_modal("history"))
    owner.close(everything=True)


def test_who_moves_a_date_to_a_day_without_school_is_told_once_and_it_stays(committed: Stage) -> None:
    coach, first = committed.visitor("UCOACH1"), actions(committed)[0]
    for text, told in (("Plan one unit for both", True), ("Plan one shared unit for both", False)):
        played.ok(coach.command("/levers plan"))
        choice = f"change/{first.id}"
        played.ok(coach.click("plan.more", value=choice, selected=choice))
        coach.wait_for_modal("amend")
        played.ok(coach.submit({"text": text, "due": "2027-02-13"}))
        window = coach.modal()
        assert ("no school on Sat, Feb 13, 2027 (the weekend)" in str(window)) is told
        if window is not None:
            coach.close(everything=True)
    assert actions(committed)[0].step.due == date(2027, 2, 13)


def test_a_leader_adds_an_action_to_the_live_plan_from_a_message(committed: Stage) -> None:
    principal, writer = committed.visitor("UPRINCIPAL1"), committed.visitor("UTEACHER4")
    played.ok(writer.say("Families ask for a winter evening"))
    message = principal.wait_for_text("Families ask for a winter evening")
    played.ok(writer.shortcut("plan.add_from_message", message["ts"]))
    assert "change a committed plan" in str(writer.wait_for_modal("told"))
    writer.close(everything=True)
    played.ok(principal.shortcut("plan.add_from_message", message["ts"]))
    window = principal.wait_for_modal("add_to_plan")
    first = played.options(window, "priority")[0]["value"]
    played.ok(principal.submit({"priority": first, "owner": "UTEACHER4", "due": "2027-02-12"}))
    assert "is in the plan, with a link" in str(principal.wait_for_modal("told"))
    principal.close(everything=True)
    writer.wait_for_text("Families ask for a winter evening", "dm")
    principal.wait_for_text("Families ask for a winter evening")
    played.ok(principal.command("/levers plan"))
    played.ok(principal.click("plan.add"))
    principal.wait_for_modal("add_to_plan")
    principal.close(everything=True)


def test_the_actions_in_a_window_follow_what_is_done_over_it(stage: Stage) -> None:
    played.to_plan(stage)
    first, second = priorities(stage)[:2]
    later = Step("Ask the families", "UTEACHER2", date(2027, 2, 12))
    draft.add_action(stage.books, "UTEACHER1", second.id, later, "before all others", stage.now())
    for n in range(20):
        step = Step(f"Write step {n} " + "word " * 50, "UTEACHER2", date(2027, 2, 12))
        draft.add_action(stage.books, "UTEACHER1", first.id, step, f"r{n}", stage.now())
    stage.settled()
    teacher = stage.visitor("UTEACHER1")
    card = str(teacher.wait_for_text("Does not say what will show that it is done"))
    assert "“Write step 0" in card and "“Ask the families”" not in card, "the first priority's come first"
    played.ok(teacher.click("priority.see", value=first.id))
    teacher.wait_for_modal("priority")
    action = stage.read(lambda ledger: ledger.plans.actions(stage.session().id))[5].id
    played.ok(teacher.click("action.edit", value=action))
    teacher.wait_for_modal("action")
    played.ok(teacher.submit({"text": "Visit each other"}))
    teacher.wait_for(lambda: "Visit each other" in str(teacher.wait_for_modal("priority")))
    played.ok(teacher.click("action.edit", value=action))
    teacher.wait_for_modal("action")
    played.ok(teacher.click("action.remove"))
    teacher.wait_for_modal("told")
    teacher.close()
    teacher.wait_for(lambda: "Visit each other" not in str(teacher.wait_for_modal("priority")))


def test_the_committed_plan_in_a_window_follows_what_a_leader_changes_over_it(committed: Stage) -> None:
    principal, mine = committed.visitor("UPRINCIPAL1"), actions(committed)[0]
    played.ok(principal.open_home())
    principal.wait_for(lambda: "school.open" in str(principal.home()))
    played.ok(principal.click("school.open", home=True))
    principal.wait_for_modal("school")
    played.ok(principal.click("plan.see"))
    principal.wait_for_modal("plan")
    played.ok(principal.click("plan.more", value=f"change/{mine.id}", selected=f"change/{mine.id}"))
    principal.wait_for_modal("amend")
    played.ok(principal.submit({"text": "Write two units instead", "why": "One is not enough"}))
    principal.wait_for(lambda: "Write two units instead" in str(principal.wait_for_modal("plan")))


def test_a_note_says_how_it_goes_as_well(committed: Stage) -> None:
    owner, mine = committed.visitor("UTEACHER3"), actions(committed)[0]
    holder = committed.visitor(mine.step.owner)
    if mine.status is Status.PROPOSED:
        played.ok(holder.click("acceptance.accept", value=mine.id, channel="dm"))
    played.ok(holder.command("/levers mine"))
    played.ok(holder.click("check_in.more", value=f"note/{mine.id}", selected=f"note/{mine.id}"))
    holder.wait_for_modal("answer")
    played.ok(holder.submit({"status": "at risk", "note": "Half of us are ill"}))
    committed.until(lambda: actions(committed)[0].status is Status.AT_RISK)
    seen = committed.visitor("UPRINCIPAL1")
    played.ok(seen.command("/levers status"))
    seen.wait_for_text("Half of us are ill")
    assert owner.find_message("Half of us are ill") is None


def test_a_message_waits_while_the_plan_is_paused_or_about_to_be_committed(stage: Stage) -> None:
    played.to_plan(stage)
    played.draft(stage, ("UTEACHER1", "UTEACHER2", "UCOACH1"))
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.say("We could write together"))
    message = teacher.wait_for_text("write together")["ts"]
    session = stage.session()
    steer.pause(stage.books, "UREVIEWER1", session.id, session.step, stage.now())
    played.ok(teacher.shortcut("plan.add_from_message", message))
    assert "The session is paused" in str(teacher.wait_for_modal("told"))
    teacher.close(everything=True)
    steer.resume(stage.books, "UREVIEWER1", session.id, stage.now())
    played.go_on(stage, "7 of 7")
    played.ok(teacher.shortcut("plan.add_from_message", message))
    teacher.wait_for(lambda: "That belongs to Plan" in str(teacher.modal()))


def test_a_coach_moves_an_action_under_another_priority_of_the_committed_plan(committed: Stage) -> None:
    coach, first = committed.visitor("UCOACH1"), actions(committed)[0]
    other = next(one.priority for one in actions(committed) if one.priority != first.priority)
    choice = f"change/{first.id}"
    played.ok(coach.command("/levers plan"))
    coach.wait_for_text("waiting for acceptance")
    played.ok(coach.click("plan.more", value=choice, selected=choice))
    coach.wait_for_modal("amend")
    played.ok(coach.submit({"priority": other, "due_words": "by spring break", "why": "It fits better"}))
    coach.wait_for(lambda: "Friday, March 12, 2027" in str(coach.modal()))
    played.ok(coach.submit())
    moved = next(one for one in actions(committed) if one.id == first.id)
    assert (moved.priority, moved.step.due) == (other, date(2027, 3, 12))
    choice = f"history/{first.id}"
    played.ok(coach.click("plan.more", value=choice, selected=choice))
    assert "• Priority: " in str(coach.wait_for_modal("history"))
    coach.close(everything=True)


def test_a_message_finds_no_plan_before_there_is_one(tmp_path: Path) -> None:
    with staged(tmp_path) as stage:
        played.connect(stage)
        teacher = stage.visitor("UTEACHER1")
        played.ok(teacher.say("We could write together"))
        played.ok(teacher.shortcut("plan.add_from_message", teacher.wait_for_text("write together")["ts"]))
        teacher.wait_for(lambda: "There is no plan to add this to yet" in str(teacher.modal()))
