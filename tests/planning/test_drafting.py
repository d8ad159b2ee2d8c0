"""Writing a plan together in the session: places, priorities, undo, and owners in Slack or in words."""

from dataclasses import replace
from typing import Any

import pytest

from planning.people import Leadership
from planning.plan import ChangedMeanwhileError, StepError
from planning.verbs import draft, steer
from planning.verbs.commit import commit
from tests.planning.school import BACKUP, COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, School, step


@pytest.fixture
def drafting(school: School) -> Any:
    """A session in Plan with three actions of Ana's under its first priority: their ids are a, b and c."""
    session = school.planning()
    first, second = school.read(lambda ledger: ledger.plans.priorities(session.id))
    for name in "abc":
        draft.add_action(school.books, "UANA", first.id, step("UANA", f"Write shared plan {name}"), name, NOW)
    return session, first, second


def order(school: School, session: Any, priority: Any) -> str:
    """The ids of a priority's actions, in their order."""
    there = school.read(lambda ledger: ledger.plans.actions(session.id))
    return "".join(one.id for one in there if one.priority == priority.id)


def test_an_action_is_put_at_its_place_and_a_double_click_moves_it_once(school: School, drafting: Any) -> None:
    session, first, _ = drafting
    for _ in range(2):
        draft.place_action(school.books, "UBEN", "c", 1, NOW)
    assert order(school, session, first) == "cab"
    draft.place_action(school.books, "UBEN", "c", 99, NOW)
    assert order(school, session, first) == "abc"


def test_a_description_is_not_overwritten_by_who_opened_it_before(school: School, drafting: Any) -> None:
    _, first, _ = drafting
    texts = ("Why", "What for", "Mastering", "How")
    mine = draft.describe(school.books, "UANA", first.id, *texts, NOW, seen=first.mark)
    with pytest.raises(draft.DescribedMeanwhileError) as error:
        draft.describe(school.books, "UBEN", first.id, "Another", *texts[1:], NOW, seen=first.mark)
    assert error.value.priority == mine
    assert draft.describe(school.books, "UBEN", first.id, *texts, NOW, seen=first.mark) == mine, "a retry is one"
    assert draft.describe(school.books, "UBEN", first.id, "Both", *texts[1:], NOW, seen=mine.mark).root_cause == "Both"


def test_an_action_moves_to_another_priority_and_stands_last_there(school: School, drafting: Any) -> None:
    session, first, second = drafting
    draft.add_action(school.books, "UANA", second.id, step("UBEN", "Ask three families"), "z", NOW)
    draft.edit_action(school.books, "UANA", "a", step("UANA", "Write shared plan a"), NOW, priority=second.id)
    assert (order(school, session, first), order(school, session, second)) == ("bc", "za")


def test_undo_brings_back_everything_of_an_action_where_it_stood(school: School, drafting: Any) -> None:
    session, first, _ = drafting
    before = school.read(lambda ledger: ledger.plans.action("b"))
    draft.remove_action(school.books, "UANA", "b", NOW)
    draft.add_action(school.books, "UANA", first.id, step("UBEN", "Ask three families"), "d", NOW)
    assert order(school, session, first) == "acd"
    for _ in range(2):
        draft.restore_action(school.books, "UBEN", "b", NOW)
    assert order(school, session, first) == "abcd"
    assert school.read(lambda ledger: ledger.plans.action("b")) == before


def test_what_is_taken_out_is_not_in_the_committed_plan(school: School) -> None:
    session = school.drafted()
    school_actions = school.read(lambda ledger: ledger.plans.actions(session.id))
    steer.go_back(school.books, REVIEWER, session.id, session.step, NOW)
    priority = school_actions[0].priority
    draft.add_action(school.books, "UANA", priority, step("UDAN", "Ask three families"), "gone", NOW)
    draft.remove_action(school.books, "UANA", "gone", NOW)
    session = school.go_on()
    committed = commit(school.books, REVIEWER, session.id, session.step, NOW)
    assert [one.id for one in committed.actions] == [one.id for one in school_actions]
    assert school.read(lambda ledger: ledger.plans.open_of("UDAN")) == []


def test_somebody_without_slack_is_followed_up_by_the_leader(school: School, drafting: Any) -> None:
    _, first, _ = drafting
    by_words = replace(step("", "Ask the families' council"), outside="  Ms. Rivera  (PTA) ", supporters=(PRINCIPAL,))
    kept = draft.add_action(school.books, "UANA", first.id, by_words, "r", NOW).step
    assert (kept.outside, kept.owner, kept.supporters) == ("Ms. Rivera (PTA)", PRINCIPAL, ())
    for leaders, owner in (
        (Leadership("", BACKUP, (COACH,), (DISTRICT,), (REVIEWER,)), BACKUP),
        (Leadership("", ""), REVIEWER),
    ):
        with school.books.write() as ledger:
            ledger.people.appoint(school.id, replace(leaders, reviewers=(REVIEWER,)))
        assert draft.edit_action(school.books, "UANA", "r", by_words, NOW).step.owner == owner


@pytest.mark.parametrize(
    "owner, outside, field", [("", "", "owner"), ("UANA", "Ms. Rivera", "outside"), ("", " ", "owner")]
)
def test_an_action_has_one_owner_in_slack_or_in_words(
    school: School, drafting: Any, owner: str, outside: str, field: str
) -> None:
    with pytest.raises(StepError) as error:
        draft.add_action(
            school.books, "UANA", drafting[1].id, replace(step(owner, "Ask them all"), outside=outside), "r", NOW
        )
    assert error.value.field == field


@pytest.mark.usefixtures("drafting")
def test_two_people_who_edit_the_same_action_do_not_overwrite_each_other(school: School) -> None:
    there = school.read(lambda ledger: ledger.plans.action("a")).step
    for _ in range(2):
        draft.edit_action(school.books, "UBEN", "a", step("UBEN", "Write it together"), NOW, seen=there.mark)
    with pytest.raises(ChangedMeanwhileError):
        draft.edit_action(school.books, "UANA", "a", step("UANA", "Write it alone"), NOW, seen=there.mark)
    assert school.read(lambda ledger: ledger.plans.action("a")).step.text == "Write it together"
