"""What is owed regularly has one day of its own, whatever the calendar turns out to be."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from planning.messages import Kind
from planning.preferences import Preferences
from planning.school_days import DayKind, Days
from planning.verbs import prefer, rounds
from planning.verbs.commit import commit
from planning.verbs.school_time import add_days
from storage.claim import claim, slow_down
from storage.database import Database
from storage.tables.messages import deliveries
from tests.planning.school import NOW, PRINCIPAL, REVIEWER, School, a_school

CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def school(database: Database) -> School:
    """A school that has just committed to a plan, on Wednesday, December 2."""
    ready = a_school(database)
    session = ready.drafted()
    commit(ready.books, REVIEWER, session.id, session.step, NOW)
    rounds.make(ready.books, NOW)
    return ready


def year(school: School, first: date, last: date, entered: date) -> None:
    """The principal enters a school year."""
    days = Days(first, last, DayKind.YEAR, "")
    add_days(school.books, PRINCIPAL, school.id, days, datetime.combine(entered, time(11), CHICAGO))


def waiting(school: School, kind: Kind, person: str) -> list[tuple[str, datetime]]:
    """The messages that wait: what tells them apart, and when they are due at the school."""
    found = school.read(lambda ledger: ledger.deliveries.waiting(kind, person))
    return [(one.wanted.occasion.rpartition("/")[2], one.wanted.due.astimezone(CHICAGO)) for one in found]


def test_team_checks_wait_for_the_next_years_calendar_and_then_come_on_their_own_days(school: School) -> None:
    assert [days for days, _ in waiting(school, Kind.TEAM_CHECK, school.channel)] == ["030", "060", "090"]
    year(school, date(2026, 8, 17), date(2026, 12, 4), entered=date(2026, 12, 3))
    assert waiting(school, Kind.TEAM_CHECK, school.channel) == []
    year(school, date(2027, 1, 19), date(2027, 6, 4), entered=date(2027, 1, 10))
    found = [(days, due.date()) for days, due in waiting(school, Kind.TEAM_CHECK, school.channel)]
    assert found == [("030", date(2027, 2, 16)), ("060", date(2027, 3, 17)), ("090", date(2027, 4, 16))]


def test_after_the_summer_a_reviewer_gets_one_monthly_message(school: School) -> None:
    year(school, date(2026, 8, 17), date(2027, 5, 28), entered=date(2026, 12, 3))
    year(school, date(2027, 8, 19), date(2028, 5, 26), entered=date(2027, 5, 20))
    for day in (date(2027, 5, 29), date(2027, 7, 10), date(2027, 8, 2)):
        rounds.make(school.books, datetime.combine(day, time(11), CHICAGO))
    still_to_come = [one for one in waiting(school, Kind.MONTHLY, REVIEWER) if one[1].month > 1]
    assert still_to_come == [("2027-08", datetime.combine(date(2027, 8, 19), time(9), CHICAGO))]


def test_a_monthly_message_that_waits_for_its_reviewer_to_wake_is_not_let_go_of(school: School) -> None:
    first_day = datetime(2027, 1, 4, 9, tzinfo=CHICAGO)
    ((month, due),) = waiting(school, Kind.MONTHLY, REVIEWER)
    assert (month, due) == ("2027-01", first_day)
    with school.books.write() as ledger:
        (one,) = (one for one in claim(ledger.view, first_day, 0, 50) if one.delivery.wanted.kind is Kind.MONTHLY)
        slow_down(ledger.view, one, first_day + timedelta(hours=1))
    rounds.make(school.books, first_day + timedelta(minutes=30))
    assert waiting(school, Kind.MONTHLY, REVIEWER) == [
        ("2027-01", first_day + timedelta(hours=1)),
        ("2027-02", datetime(2027, 2, 1, 9, tzinfo=CHICAGO)),
    ]


def test_a_round_that_finds_everything_as_it_was_writes_no_message_anew(school: School) -> None:
    def wanted() -> list[Any]:
        with school.books.database.read() as conn:
            return list(conn.execute(select(deliveries.c.id, deliveries.c.wanted).order_by(deliveries.c.id)))

    before = wanted()
    rounds.make(school.books, NOW + timedelta(hours=1))
    assert wanted() == before


@pytest.mark.parametrize(("chosen", "due"), [(time(17, 0), time(16, 45)), (time(17, 30), time(16, 45))])
def test_a_digest_chosen_for_the_end_of_staff_hours_comes_on_its_own_day(
    school: School, chosen: time, due: time
) -> None:
    prefer.prefer(school.books, Preferences(PRINCIPAL, digest_weekday=3, digest_at=chosen), NOW)
    rounds.make(school.books, NOW)
    ((_, moment),) = waiting(school, Kind.DIGEST, PRINCIPAL)
    assert (moment.weekday(), moment.time()) == (3, due)
