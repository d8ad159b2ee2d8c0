"""People who press at the same instant, on both databases: one effect, and nothing kept is lost."""

from dataclasses import replace
from datetime import date

import pytest

from planning.phases import Phase
from planning.plan import ChangedMeanwhileError, Plan, Status
from planning.session import MovedOnError, SessionOpenError
from planning.verbs import amend, draft, focus, follow, gather, steer, vote
from planning.verbs.commit import commit
from storage.database import Database
from tests.planning.school import NOW, PRINCIPAL, REVIEWER, TEACHERS, School, a_school, step
from tests.storage.at_once import at_once


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


def test_one_of_six_presses_moves_the_session_on(school: School) -> None:
    session = school.gathered()
    came = at_once([lambda: steer.advance(school.books, REVIEWER, session.id, session.step, NOW) for _ in range(6)])
    assert sum(isinstance(one, MovedOnError) for one in came) == 5
    assert school.session().phase is Phase.CELEBRATE and school.session().step == session.step + 1


def test_one_of_four_starts_opens_the_session_and_the_others_are_led_to_it(school: School) -> None:
    came = at_once([school.started for _ in range(4)])
    assert sum(isinstance(one, SessionOpenError) for one in came) == 3
    opened = next(one for one in came if not isinstance(one, Exception))
    assert {one.session.id for one in came if isinstance(one, SessionOpenError)} == {opened.id}


def test_everybody_who_joins_at_once_is_here(school: School) -> None:
    session = school.started()
    people = (PRINCIPAL, *TEACHERS)
    at_once([lambda who=who: gather.join(school.books, who, session.id, NOW) for who in people])
    assert set(school.session().here) == {REVIEWER, *people}


def test_every_vote_cast_at_once_counts_once(school: School) -> None:
    session = school.voting()
    first = session.shortlist[0].indicator
    people = (PRINCIPAL, *TEACHERS)
    came = at_once(
        [
            lambda who=who: vote.cast(school.books, who, session.id, session.round, {first: 2}, NOW)
            for who in (*people, *people)
        ]
    )
    assert not [one for one in came if isinstance(one, Exception)]
    result = school.read(lambda ledger: ledger.ballots.tally(session))
    assert (result.ballots, result.dots) == (5, 10)


def test_votes_that_arrive_during_the_reveal_are_kept_whole_or_refused(school: School) -> None:
    school.voting()
    session = school.voted({0: 1}, ("UANA",))
    first = session.shortlist[0].indicator
    voting = [
        lambda who=who: vote.cast(school.books, who, session.id, session.round, {first: 1}, NOW)
        for who in (PRINCIPAL, "UBEN", "UCLEO", "UDAN")
    ]
    came = at_once([*voting, lambda: steer.advance(school.books, REVIEWER, session.id, session.step, NOW)])
    kept = sum(not isinstance(one, Exception) for one in came[:-1])
    result = school.read(lambda ledger: ledger.ballots.tally(school.session()))
    assert (result.ballots, result.dots) == (kept + 1, kept + 1)
    assert school.session().phase is Phase.CHOOSE


def test_one_of_five_presses_opens_the_runoff(school: School) -> None:
    school.voting(priorities=1)
    school.voted({0: 1, 1: 1})
    session = school.go_on()
    came = at_once([lambda: vote.runoff(school.books, REVIEWER, session.id, session.step, NOW) for _ in range(5)])
    assert sum(not isinstance(one, Exception) for one in came) == 1
    assert school.session().round == session.round + 1 and len(school.session().contest) == 2


def test_every_concern_noted_at_once_is_kept_once(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    indicator = session.shortlist[0].indicator
    requests = [f"r{number}" for number in range(6)] * 2
    came = at_once(
        [
            lambda r=r: focus.note_concern(school.books, "UANA", session.id, indicator, f"Weigh {r}", False, r, NOW)
            for r in requests
        ]
    )
    assert not [one for one in came if isinstance(one, Exception)]
    assert {one.text for one in school.session().weighed(indicator)} == {f"Weigh {r}" for r in requests}
    assert len(school.session().concerns) == 6


def test_a_session_handed_over_and_taken_over_at_once_has_one_facilitator(school: School) -> None:
    session = school.gathered()
    at_once(
        [
            lambda: steer.hand_over(school.books, REVIEWER, session.id, session.step, "UANA", NOW),
            lambda: steer.take_over(school.books, PRINCIPAL, session.id, NOW),
            lambda: steer.advance(school.books, REVIEWER, session.id, session.step, NOW),
        ]
    )
    after = school.session()
    assert after.facilitator in ("UANA", PRINCIPAL) and after.facilitator not in after.cofacilitators
    assert REVIEWER in after.cofacilitators


def test_ten_people_adding_actions_at_once_add_ten(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    came = at_once(
        [
            lambda n=n: draft.add_action(
                school.books, "UANA", priority.id, step("UANA", f"Write plan number {n}"), f"r{n}", NOW
            )
            for n in range(10)
        ]
    )
    assert not [one for one in came if isinstance(one, Exception)]
    assert len(school.read(lambda ledger: ledger.plans.actions(session.id))) == 10


def test_commit_pressed_by_many_makes_one_plan(school: School) -> None:
    session = school.drafted()
    came = at_once([lambda: commit(school.books, REVIEWER, session.id, session.step, NOW) for _ in range(4)])
    assert all(isinstance(one, Plan) for one in came), came
    assert len({one.id for one in came}) == 1


def three(school: School) -> tuple[str, str]:
    """A session in Plan with actions a, b and c under its first priority: the ids of both."""
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    for name in "abc":
        draft.add_action(school.books, "UANA", priority.id, step("UANA", f"Write shared plan {name}"), name, NOW)
    return session.id, priority.id


def test_a_double_click_moves_an_action_one_place(school: School) -> None:
    session, _ = three(school)
    at_once([lambda: draft.place_action(school.books, "UBEN", "c", 2, NOW) for _ in range(6)])
    assert [one.id for one in school.read(lambda ledger: ledger.plans.actions(session))] == ["a", "c", "b"]


def test_actions_moved_taken_out_added_and_put_back_at_once_are_all_there_once(school: School) -> None:
    session, priority = three(school)
    new = step("UBEN", "Ask three families")
    came = at_once(
        [
            lambda: draft.place_action(school.books, "UBEN", "c", 1, NOW),
            lambda: draft.remove_action(school.books, "UANA", "b", NOW),
            lambda: draft.remove_action(school.books, "UCLEO", "b", NOW),
            lambda: draft.add_action(school.books, "UANA", priority, new, "d", NOW),
            lambda: draft.add_action(school.books, "UANA", priority, new, "d", NOW),
        ]
    )
    assert [one for one in came if isinstance(one, Exception)] == []
    at_once([lambda: draft.restore_action(school.books, "UANA", "b", NOW) for _ in range(3)])
    there = [one.id for one in school.read(lambda ledger: ledger.plans.actions(session))]
    assert sorted(there) == ["a", "b", "c", "d"] and there.index("c") < there.index("a")


def test_one_of_four_changes_of_a_committed_action_is_kept_and_the_others_hear_so(school: School) -> None:
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    mine = plan.actions[0]
    wanted = [replace(mine.step, due=date(2027, 3, day)) for day in (1, 2, 3, 4)]
    came = at_once(
        [
            lambda one=one: amend.change(
                school.books, PRINCIPAL, mine.id, one, "", NOW, seen=mine.step.mark, owned_only=False
            )
            for one in wanted
        ]
    )
    assert sum(isinstance(one, ChangedMeanwhileError) for one in came) == 3
    kept = school.read(lambda ledger: ledger.plans.action(mine.id))
    changes = school.read(lambda ledger: ledger.plans.history(mine.id))
    assert [one.fields[0].new for one in changes] == [kept.step.due.isoformat()]


def test_an_action_accepted_and_changed_at_once_is_both(school: School) -> None:
    session = school.drafted()
    mine = commit(school.books, REVIEWER, session.id, session.step, NOW).actions[0]
    later = replace(mine.step, due=date(2027, 3, 1))
    came = at_once(
        [
            lambda: follow.accept(school.books, "UANA", mine.id, NOW),
            lambda: amend.change(school.books, PRINCIPAL, mine.id, later, "", NOW, owned_only=False),
        ]
    )
    assert [one for one in came if isinstance(one, Exception)] == []
    kept = school.read(lambda ledger: ledger.plans.action(mine.id))
    assert (kept.step, kept.asked) == (later, None)
    rows = school.read(lambda ledger: ledger.reminders.to_come(NOW))
    assert sorted(row.reason for row in rows) == ["check-in", "heads-up", "overdue"]


def test_a_note_delivered_five_times_at_once_is_one(school: School) -> None:
    session = school.drafted()
    mine = commit(school.books, REVIEWER, session.id, session.step, NOW).actions[0]
    follow.accept(school.books, "UANA", mine.id, NOW)
    at_once(
        [
            lambda: follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No time", NOW, None, "request-1")
            for _ in range(5)
        ]
    )
    said = school.read(lambda ledger: ledger.plans.check_ins(session.id))
    assert [one.note for one in said if one.note] == ["No time"]
