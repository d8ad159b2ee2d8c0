"""People who press at the same instant, on both databases: one effect, and nothing kept is lost."""

import pytest

from planning.phases import Phase
from planning.plan import Plan
from planning.session import MovedOnError, SessionOpenError
from planning.verbs import draft, gather, steer, vote
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
