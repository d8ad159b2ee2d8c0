"""A whole staff at the same instant, on both databases: every vote kept once, and two facilitators have one effect."""

import pytest

from planning.phases import Phase
from planning.plan import Status
from planning.session import MovedOnError, State
from planning.verbs import connect, follow, gather, steer, vote
from planning.verbs.commit import commit
from storage.database import Database
from tests.planning.school import CHANNEL, COACH, NOW, PRINCIPAL, REVIEWER, School, a_school, step
from tests.storage.at_once import at_once

CROWD = tuple(f"UCROWD{n}" for n in range(30))


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


def test_thirty_people_vote_at_once_and_every_dot_counts_once(school: School) -> None:
    for person in CROWD:
        connect.member_joined(school.books, CHANNEL, person)
    session = school.gathered()
    for person in CROWD:
        gather.join(school.books, person, session.id, NOW)
    session = school.go_on(3)
    listed = [entry.indicator for entry in session.shortlist]
    came = at_once(
        [
            lambda who=who, n=n: vote.cast(
                school.books, who, session.id, session.round, {listed[n % 8]: 3, listed[(n + 1) % 8]: 2}, NOW
            )
            for n, who in enumerate(CROWD)
        ]
    )
    assert [one for one in came if isinstance(one, Exception)] == []
    with school.books.read() as ledger:
        assert ledger.ballots.voted(session) == frozenset(CROWD)
        result = ledger.ballots.tally(session)
        assert all(sum(ledger.ballots.own(session, who).values()) == 5 for who in CROWD)
    assert (result.ballots, result.dots) == (30, 150)


def test_one_person_who_changes_a_ballot_in_many_windows_at_once_has_one_ballot(school: School) -> None:
    session = school.voting()
    listed = [entry.indicator for entry in session.shortlist]
    at_once(
        [lambda n=n: vote.cast(school.books, "UANA", session.id, session.round, {listed[n]: 3}, NOW) for n in range(8)]
    )
    with school.books.read() as ledger:
        assert len(ledger.ballots.own(session, "UANA")) == 1
        assert ledger.ballots.tally(session).dots == 3


def test_forward_and_back_pressed_at_once_have_one_effect(school: School) -> None:
    school.gathered()
    session = school.go_on()
    came = at_once(
        [
            lambda: steer.advance(school.books, REVIEWER, session.id, session.step, NOW),
            lambda: steer.go_back(school.books, REVIEWER, session.id, session.step, NOW),
            lambda: steer.cancel(school.books, REVIEWER, session.id, session.step, "Snow", NOW),
        ]
    )
    done = [one for one in came if not isinstance(one, Exception)]
    assert len(done) == 1, came
    kept = school.read(lambda ledger: ledger.sessions.load(session.id))
    assert kept == done[0]


def test_two_leaders_take_over_at_once_and_one_of_them_facilitates(school: School) -> None:
    session = school.gathered((PRINCIPAL, COACH, "UANA"))
    at_once([lambda who=who: steer.take_over(school.books, who, session.id, NOW) for who in (PRINCIPAL, COACH)])
    after = school.session()
    assert after.facilitator in (PRINCIPAL, COACH)
    loser = COACH if after.facilitator == PRINCIPAL else PRINCIPAL
    came = at_once(
        [lambda who=who: steer.advance(school.books, who, session.id, session.step, NOW) for who in (PRINCIPAL, COACH)]
    )
    moved = [one for one in came if not isinstance(one, Exception)]
    assert [one.facilitator for one in moved] == [after.facilitator] and loser != after.facilitator
    assert school.session().phase is Phase.CELEBRATE


def test_a_pause_and_a_step_on_at_once_leave_a_session_that_can_go_on(school: School) -> None:
    session = school.gathered()
    came = at_once(
        [
            lambda: steer.pause(school.books, REVIEWER, session.id, session.step, NOW),
            lambda: steer.advance(school.books, REVIEWER, session.id, session.step, NOW),
        ]
    )
    assert sum(isinstance(one, Exception) for one in came) == 1
    after = school.session()
    if after.state is State.PAUSED:
        steer.resume(school.books, REVIEWER, session.id, NOW)
    elif isinstance(came[0], Exception):
        assert isinstance(came[0], MovedOnError) and after.phase is Phase.CELEBRATE


def test_an_action_accepted_and_handed_back_at_once_is_one_of_the_two(school: School) -> None:
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    mine = plan.actions[0]
    at_once(
        [
            lambda: follow.accept(school.books, "UANA", mine.id, NOW),
            lambda: follow.accept(school.books, "UANA", mine.id, NOW),
            lambda: follow.hand_back(school.books, "UANA", mine.id, "On leave", NOW),
        ]
    )
    with school.books.read() as ledger:
        kept = ledger.plans.action(mine.id)
        asked = [row for row in ledger.reminders.to_come(NOW) if row.reason == "check-in"]
    assert (kept.status, kept.refused) in {(Status.NOT_STARTED, False), (Status.PROPOSED, True)}
    assert len(asked) == (0 if kept.refused else 1)
    assert kept.step == step("UANA")
