"""No name stands beside how an action goes in a channel, and no preview line says what a message is about."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.views import asking, cards, drafts, telling
from bot.views import plan as plans
from bot.views.frame import Heading
from bot.views.parts import Message
from planning.people import Role, Viewer
from planning.phases import Phase
from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.session import Session
from rubric.ranking import Shortlist
from rubric.rubric import IndicatorId

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
DAY = date(2026, 12, 2)
OWNER, LEADER = "U0OWNER", "U0LEADER"
TEXT, NOTE = "Write three shared unit plans", "Two of three are written"
STATUS_WORDS = ("blocked", "at risk", "on track", "not started", "overdue", "no answer")


def a_plan(status: Status, actions: int = 2) -> Plan:
    """A plan of one priority whose actions all stand at `status`, long overdue."""
    priority = Priority(
        "p", "s", 1, IndicatorId("Culture", "Peer Support"), "Developing", "Why", "Goal", "Applying", "How"
    )
    step = Step(TEXT, OWNER, date(2026, 1, 5), supporters=("U0HELPER",), shown_by="The plans")
    drafted = tuple(Action(f"a{n}", "p", "s", n, step, status, updated_at=AT) for n in range(actions))
    return Plan("d", "h", "s", "r", "C1", LEADER, AT, (priority,), drafted)


def in_a_channel(status: Status, actions: int) -> dict[str, Message]:
    """Every message to a channel that tells of a plan's actions."""
    plan = a_plan(status, actions)
    session = Session("s", "h", "r", "C1", LEADER, AT, phase=Phase.FOCUS)
    head = Heading(session, "Juniper Hills", DAY)
    return {
        "published": plans.published(plan, "Juniper Hills", DAY, DAY, ()),
        "focus": cards.focus(head, Shortlist((), 0), plan),
        "plan": drafts.plan(head, plan.priorities, plan.actions, ()),
        "commit": drafts.commit(head, plan.priorities, plan.actions),
    }


def in_private(status: Status) -> dict[str, Message]:
    """Every message to one person that tells of an action."""
    action = a_plan(status).actions[0]
    named = (action, "Peer Support")
    said = CheckIn(action.id, OWNER, status, NOTE, AT)
    return {
        "acceptance": asking.acceptance(OWNER, "Juniper Hills", [named]),
        "check-in": asking.check_in(OWNER, [named], {}, frozenset({action.id})),
        "answered": asking.check_in(OWNER, [named], {action.id: said}, frozenset()),
        "help wanted": telling.help_wanted(action, "Peer Support", NOTE),
        "declined": telling.declined(action, "Peer Support", "U0HELPER"),
        "not accepted": telling.not_accepted(
            "Juniper Hills", [(replace(action, status=Status.PROPOSED), "Peer Support")], LEADER
        ),
        "handed back": telling.handed_back(action, "Peer Support", OWNER, NOTE),
    }


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("actions", [1, 2, 150])
def test_no_block_in_a_channel_holds_a_name_and_a_status(status: Status, actions: int) -> None:
    for name, message in in_a_channel(status, actions).items():
        for block in message.blocks:
            said = json.dumps(block.to_dict())
            assert not ("<@" in said and any(word in said.lower() for word in STATUS_WORDS)), (name, said)


@pytest.mark.parametrize("status", Status)
def test_no_preview_line_names_an_action_a_person_or_a_status(status: Status) -> None:
    for name, message in {**in_a_channel(status, 2), **in_private(status)}.items():
        preview = message.text.lower()
        assert preview and TEXT.lower() not in preview and NOTE.lower() not in preview, name
        assert "<@" not in preview and not any(word in preview for word in STATUS_WORDS), name


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PROPOSED])
def test_whoever_may_not_see_owners_gets_statuses_without_names_and_notes(status: Status) -> None:
    plan = a_plan(status)
    notes = {one.id: CheckIn(one.id, OWNER, status, NOTE, AT) for one in plan.actions}
    reviewer, coach = (Viewer("U0READER", "h", frozenset({role})) for role in (Role.REVIEWER, Role.COACH))
    hidden = json.dumps([block.to_dict() for block in plans.standing(plan, DAY, DAY, notes, reviewer)])
    shown = json.dumps([block.to_dict() for block in plans.standing(plan, DAY, DAY, notes, coach)])
    assert TEXT in hidden and status.value in hidden
    assert OWNER not in hidden and NOTE not in hidden and "plan.see" not in hidden
    assert OWNER in shown and NOTE in shown


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PROPOSED])
def test_the_whole_plan_says_how_it_goes_to_those_who_may_see_it_and_to_nobody_else(status: Status) -> None:
    plan = a_plan(status)
    leader, teacher = (Viewer("U0READER", "h", roles, True) for roles in (frozenset({Role.COACH}), frozenset[Role]()))
    shown, hidden = (
        json.dumps([block.to_dict() for block in plans.whole(plan, "Juniper Hills", DAY, DAY, viewer)])
        for viewer in (leader, teacher)
    )
    assert f"*{status.value}*" in shown and "history" in shown.lower()
    assert f"*{status.value}*" not in hidden and "plan.more" not in hidden and OWNER in hidden


def test_whoever_handed_an_action_back_is_not_named_on_the_card_any_more() -> None:
    plan = a_plan(Status.PROPOSED)
    refused = replace(plan, actions=tuple(replace(one, refused=True) for one in plan.actions))
    before, after = (
        json.dumps([block.to_dict() for block in plans.published(one, "Juniper Hills", DAY, DAY, ()).blocks])
        for one in (plan, refused)
    )
    assert f"<@{OWNER}> (proposed)" in before
    assert OWNER not in after and "owner wanted" in after


@pytest.mark.parametrize("question", ["acceptance", "check-in", "answered"])
def test_every_question_says_who_will_see_the_answer(question: str) -> None:
    said = json.dumps([block.to_dict() for block in in_private(Status.PROPOSED)[question].blocks])
    assert "district" in said and "your name" in said
