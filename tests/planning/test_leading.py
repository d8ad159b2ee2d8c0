"""Who is told what a leader is to know: whoever leads by then; of what Slack refuses, too."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.messages import render
from planning.calendar import BusyDays, Closure
from planning.messages import Delivery, Kind, Wanted
from planning.people import Leadership, OutsiderError
from planning.plan import Plan, Status
from planning.preferences import Preferences, Topic
from planning.verbs import commit, connect, follow, leave, pause, prefer, rounds
from planning.verbs.leadership import leader_of
from planning.verbs.reach import next_push
from planning.verbs.school_time import keep_calendar
from storage import pauses
from tests.planning.school import BACKUP, CHANNEL, COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, TEACHERS, School

MEMBERS = (PRINCIPAL, COACH, REVIEWER, *TEACHERS)
LATER = NOW + timedelta(days=5)
"""Monday: what was asked on Wednesday should have been taken on by now."""


@pytest.fixture
def plan(school: School) -> Plan:
    """A committed plan whose two owners are asked."""
    session = school.drafted()
    return commit.commit(school.books, REVIEWER, session.id, session.step, NOW)


def waiting(school: School, kind: Kind, person: str) -> list[Delivery]:
    """The messages of `kind` that a person is still to get."""
    return list(school.read(lambda ledger: ledger.deliveries.waiting(kind, person)))


def appoint(school: School, principal: str, now: datetime = NOW) -> None:
    """Name another principal."""
    leadership = Leadership(principal, BACKUP, (COACH,), (DISTRICT,), (REVIEWER,))
    connect.connect(school.books, REVIEWER, CHANNEL, school.id, leadership, MEMBERS, now)


@pytest.mark.usefixtures("plan")
def test_what_nobody_takes_on_goes_to_whoever_is_principal_by_then(school: School) -> None:
    assert len(waiting(school, Kind.NOT_ACCEPTED, PRINCIPAL)) == 1
    appoint(school, "UNEW")
    assert not waiting(school, Kind.NOT_ACCEPTED, PRINCIPAL)
    (told,) = waiting(school, Kind.NOT_ACCEPTED, "UNEW")
    assert told.wanted.due > NOW
    appoint(school, PRINCIPAL)
    assert len(waiting(school, Kind.NOT_ACCEPTED, PRINCIPAL)) == 1 and not waiting(school, Kind.NOT_ACCEPTED, "UNEW")


@pytest.mark.usefixtures("plan")
def test_a_leader_who_turned_it_down_is_not_told_what_nobody_takes_on(school: School) -> None:
    (chaser,) = waiting(school, Kind.NOT_ACCEPTED, PRINCIPAL)
    assert school.read(lambda ledger: render(ledger, chaser, LATER)) is not None
    prefer.prefer(school.books, Preferences(PRINCIPAL, declined=frozenset({Topic.NOT_ACCEPTED})), NOW)
    assert school.read(lambda ledger: render(ledger, chaser, LATER)) is None


def test_a_request_for_help_that_a_person_turned_down_goes_to_whoever_leads(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    follow.accept(school.books, "UANA", mine.id, NOW)
    prefer.prefer(school.books, Preferences(COACH, declined=frozenset({Topic.HELP})), NOW)
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No room", NOW, helper=COACH)
    assert not waiting(school, Kind.HELP_WANTED, COACH)
    (asked,) = waiting(school, Kind.HELP_WANTED, PRINCIPAL)
    assert "No room" in str(school.read(lambda ledger: render(ledger, asked, NOW)))


def test_a_principal_who_comes_later_hears_once_of_what_is_open(school: School, plan: Plan) -> None:
    follow.hand_back(school.books, "UANA", plan.actions[0].id, "On leave", NOW)
    appoint(school, "UNEW", LATER)
    rounds.make(school.books, LATER)
    assert len(waiting(school, Kind.HANDED_BACK, "UNEW")) == len(waiting(school, Kind.NOT_ACCEPTED, "UNEW")) == 1
    assert not waiting(school, Kind.HANDED_BACK, PRINCIPAL)


@pytest.mark.usefixtures("plan")
def test_leadership_falls_to_the_backup_and_then_to_an_administrator(school: School) -> None:
    leave.deactivated(school.books, PRINCIPAL, NOW)
    assert len(waiting(school, Kind.NOT_ACCEPTED, BACKUP)) == 1
    assert not school.read(lambda ledger: ledger.people.viewer(REVIEWER, school.id)).sees_answers
    leave.deactivated(school.books, BACKUP, NOW)
    assert school.read(lambda ledger: leader_of(ledger, school.id)) == REVIEWER
    assert len(waiting(school, Kind.NOT_ACCEPTED, REVIEWER)) == 1
    assert school.read(lambda ledger: ledger.people.viewer(REVIEWER, school.id)).sees_answers
    rounds.make(school.books, NOW)
    assert len(waiting(school, Kind.DIGEST, REVIEWER)) == 1


def refused(school: School, place: str, why: str) -> None:
    """Slack refuses `place` for good."""
    with school.books.write() as ledger:
        pauses.pause(ledger.view, place, why, NOW)


@pytest.mark.usefixtures("plan")
def test_a_leader_hears_what_slack_refuses_and_lifts_it(school: School) -> None:
    refused(school, CHANNEL, "is_archived")
    refused(school, "UANA", "user_not_found")
    refused(school, "CELSEWHERE", "is_archived")
    for _ in range(2):
        rounds.make(school.books, NOW)
    told = waiting(school, Kind.PAUSED, PRINCIPAL)
    assert {one.wanted.subject for one in told} == {CHANNEL, "UANA"} and len(told) == 2
    for stranger, place in (("UBEN", CHANNEL), (DISTRICT, CHANNEL), (PRINCIPAL, "CELSEWHERE")):
        with pytest.raises(OutsiderError):
            pause.lift(school.books, stranger, place)
    for _ in range(2):
        pause.lift(school.books, PRINCIPAL, CHANNEL)
    assert [one.place for one in school.read(lambda ledger: ledger.pauses.all())] == ["CELSEWHERE", "UANA"]


def seen(school: School, who: str, only: str | None = None) -> list[tuple[str, str]]:
    """What `who` reads of what waits: the place, and the school that it is about."""
    found = school.read(lambda ledger: pause.seen_by(ledger, who, only))
    return [(one.pause.place, one.school) for one in found]


@pytest.mark.usefixtures("plan")
def test_leaders_see_what_waits_at_their_school_and_administrators_all_of_it(school: School) -> None:
    name = school.read(lambda ledger: ledger.schools.load(school.id)).name
    refused(school, "UBEN", "account_inactive")
    refused(school, CHANNEL, "not_in_channel")
    refused(school, "CELSEWHERE", "is_archived")
    refused(school, "*", "missing_scope")
    everything, here = [("*", "")], [(CHANNEL, name), ("UBEN", name)]
    assert sorted(seen(school, COACH)) == sorted(everything + here)
    assert sorted(seen(school, REVIEWER)) == sorted([*everything, *here, ("CELSEWHERE", "")])
    assert sorted(seen(school, REVIEWER, only=school.id)) == sorted(everything + here)
    assert seen(school, DISTRICT) == seen(school, "UANA") == []
    leave.deactivated(school.books, "UBEN", NOW)
    assert "UBEN" not in dict(seen(school, REVIEWER)), "what they owned says it already"
    pause.lift(school.books, REVIEWER, "CELSEWHERE")
    pause.lift(school.books, COACH, "*")
    assert seen(school, REVIEWER) == [(CHANNEL, name)]


@pytest.mark.usefixtures("plan")
def test_of_a_principal_whom_slack_refuses_the_backup_hears(school: School) -> None:
    refused(school, PRINCIPAL, "user_not_found")
    rounds.make(school.books, NOW)
    assert not waiting(school, Kind.PAUSED, PRINCIPAL) and len(waiting(school, Kind.PAUSED, BACKUP)) == 1


@pytest.mark.usefixtures("plan")
def test_a_digest_of_a_week_that_becomes_closed_is_let_go_and_comes_back_with_the_week(school: School) -> None:
    rounds.make(school.books, NOW)
    assert [one.wanted.occasion for one in waiting(school, Kind.DIGEST, PRINCIPAL)] == ["2026-11-30"]
    known = school.read(lambda ledger: ledger.schools.calendar(school.id))
    closed = replace(known, closures=(Closure(date(2026, 12, 3), date(2026, 12, 4), "Storm"),))
    for calendar, week in ((closed, "2026-12-07"), (known, "2026-11-30")):
        with school.books.write() as ledger:
            keep_calendar(ledger, school.id, calendar, NOW)
        assert waiting(school, Kind.DIGEST, PRINCIPAL)[0].wanted.occasion == week


@pytest.mark.usefixtures("plan")
def test_what_asks_and_is_late_keeps_away_from_busy_days_and_what_tells_does_not(school: School) -> None:
    (asked,) = waiting(school, Kind.ACCEPTANCE, "UANA")
    (told,) = waiting(school, Kind.NOT_ACCEPTED, PRINCIPAL)
    known = school.read(lambda ledger: ledger.schools.calendar(school.id))
    busy = replace(known, busy=(BusyDays(date(2026, 12, 7), date(2026, 12, 8), "Testing"),))
    with school.books.write() as ledger:
        keep_calendar(ledger, school.id, busy, NOW)
    assert school.read(lambda ledger: next_push(ledger, told, LATER)) == LATER
    assert school.read(lambda ledger: next_push(ledger, asked, LATER)) == datetime(2026, 12, 9, 13, 30, tzinfo=UTC)


def test_what_a_leader_hears_of_one_plan_comes_a_day_at_a_time_and_the_digest_first(school: School, plan: Plan) -> None:
    rounds.make(school.books, NOW)
    (digest,) = waiting(school, Kind.DIGEST, PRINCIPAL)
    at = digest.wanted.due
    with school.books.write() as ledger:
        for kind in (Kind.STILL, Kind.YEAR_END):
            ledger.deliveries.want(Wanted(kind, PRINCIPAL, f"{plan.id}/1", plan.id, at))
    (still,), (year_end,) = (waiting(school, kind, PRINCIPAL) for kind in (Kind.STILL, Kind.YEAR_END))

    def comes(delivery: Delivery, when: datetime) -> datetime:
        return school.read(lambda ledger: next_push(ledger, delivery, when))  # type: ignore[no-any-return]

    assert comes(digest, at) == at
    after = comes(still, at)
    assert (after - at).days in (1, 3) and comes(still, after) == after
    with school.books.write() as ledger:
        ledger.deliveries.put(still, after)
    last = comes(year_end, at)
    assert last > after and comes(year_end, last) == last
    with school.books.write() as ledger:
        ledger.deliveries.withdraw(Kind.DIGEST, "", to=PRINCIPAL)
    assert comes(still, at) == at, "a digest that has nothing to tell holds nothing up"
