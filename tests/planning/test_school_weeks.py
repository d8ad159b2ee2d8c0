"""School time over breaks and daylight saving, for whatever calendars: one check-in a week, and staff hours kept."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.calendar import NOT_YET_KNOWN, Closure, OpenDays, SchoolCalendar
from planning.checkins import CHECK_IN_WEEKDAY, asked_on, first_check_in, next_check_in
from planning.phases import Phase
from planning.plan import Cadence
from planning.session import State
from planning.verbs import steer
from rubric.errors import LeversError
from tests.planning.school import COACH, NOW, PRINCIPAL, REVIEWER, School

ZONES = (
    "America/Chicago",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Kolkata",
)

days = st.dates(date(2025, 8, 1), date(2028, 6, 30))
closures = st.lists(
    st.builds(lambda first, length: Closure(first, first + timedelta(days=length), "break"), days, st.integers(0, 70)),
    max_size=8,
)
opened = st.lists(
    st.builds(lambda first, length: OpenDays(first, first + timedelta(days=length), "open"), days, st.integers(0, 140)),
    max_size=3,
)
calendars = st.builds(SchoolCalendar, st.sampled_from(ZONES), closures.map(tuple), opened=opened.map(tuple))
accepted = st.lists(st.tuples(days, st.sampled_from(list(Cadence))), min_size=1, max_size=6)


def week(day: date) -> tuple[int, int]:
    """The ISO year and week."""
    return day.isocalendar()[:2]


@settings(deadline=None, max_examples=60)
@given(calendars, accepted)
def test_whatever_the_cadences_and_breaks_nobody_is_asked_on_two_days_of_one_week(
    calendar: SchoolCalendar, actions: list[tuple[date, Cadence]]
) -> None:
    asked: set[date] = set()
    for day, cadence in actions:
        planned = first_check_in(day, cadence)
        for _ in range(20):
            assert planned.weekday() == CHECK_IN_WEEKDAY
            asked.add(asked_on(planned, calendar))
            planned = next_check_in(planned, cadence)
    assert len({week(day) for day in asked}) == len(asked), sorted(asked)


def test_a_week_that_is_closed_from_wednesday_on_is_asked_about_in_the_next_week_s_own_message() -> None:
    wednesday, friday = date(2026, 11, 25), date(2026, 11, 27)
    calendar = SchoolCalendar("America/Chicago", (Closure(wednesday, friday, "Thanksgiving break"),))
    assert asked_on(wednesday, calendar) == asked_on(date(2026, 12, 2), calendar) == date(2026, 12, 2)
    shorter = SchoolCalendar("America/Chicago", (Closure(wednesday, date(2026, 11, 26), "Thanksgiving break"),))
    assert asked_on(wednesday, shorter) == friday


@settings(deadline=None, max_examples=60)
@given(calendars, days)
def test_a_check_in_is_asked_on_a_school_day_from_its_planned_day_on(calendar: SchoolCalendar, day: date) -> None:
    planned = first_check_in(day, Cadence.WEEKLY)
    found = asked_on(planned, calendar)
    assert found >= planned and found.weekday() >= CHECK_IN_WEEKDAY
    assert calendar.closed_for(found) is None


@settings(deadline=None, max_examples=60)
@given(calendars, st.datetimes(datetime(2025, 8, 1), datetime(2028, 6, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_whatever_the_breaks_people_are_reached_in_staff_hours_of_a_school_day(
    calendar: SchoolCalendar, now: datetime
) -> None:
    when = calendar.reachable(now)
    local = when.astimezone(ZoneInfo(calendar.zone))
    assert when >= now and calendar.closed_for(local.date()) is None
    assert calendar.staff_from <= local.time() < calendar.staff_until
    assert calendar.reachable(when) == when, "whoever may be reached then may be reached then"


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ZONES), days, st.integers(0, 23))
def test_the_days_that_follow_each_other_have_moments_that_follow_each_other(zone: str, day: date, hour: int) -> None:
    calendar = SchoolCalendar(zone)
    following = [calendar.moment(day + timedelta(days=n), time(hour)) for n in range(4)]
    assert following == sorted(set(following)), "daylight saving never doubles or swaps a reminder"


@pytest.mark.parametrize("day, utc_hour", [(date(2027, 3, 12), 21), (date(2027, 3, 15), 20), (date(2027, 11, 8), 21)])
def test_three_in_the_afternoon_stays_three_in_the_afternoon_when_the_clocks_change(day: date, utc_hour: int) -> None:
    moment = SchoolCalendar("America/Chicago").moment(day, time(15))
    assert moment == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)


def test_a_school_that_stays_closed_for_years_asks_nothing_until_its_calendar_changes() -> None:
    closed = Closure(date(2026, 1, 1), date(2030, 1, 1), "closed for good")
    calendar = SchoolCalendar("America/Chicago", (closed,))
    assert asked_on(date(2026, 12, 2), calendar) == NOT_YET_KNOWN
    assert calendar.today(calendar.reachable(NOW)) == NOT_YET_KNOWN


PRESSES = {
    "on": lambda at, s: steer.advance(at.books, s.facilitator, s.id, s.step, NOW),
    "back": lambda at, s: steer.go_back(at.books, s.facilitator, s.id, s.step, NOW),
    "late on": lambda at, s: steer.advance(at.books, s.facilitator, s.id, s.step - 1, NOW),
    "pause": lambda at, s: steer.pause(at.books, s.facilitator, s.id, s.step, NOW),
    "resume": lambda at, s: steer.resume(at.books, s.facilitator, s.id, NOW),
    "coach": lambda at, s: steer.take_over(at.books, COACH, s.id, NOW),
    "principal": lambda at, s: steer.take_over(at.books, PRINCIPAL, s.id, NOW),
}


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(st.sampled_from(sorted(PRESSES)), min_size=5, max_size=20))
def test_whatever_is_pressed_a_session_moves_one_phase_and_one_step_at_a_time(
    school: School, presses: list[str]
) -> None:
    session = school.gathered((PRINCIPAL, "UANA"))
    for press in presses:
        try:
            PRESSES[press](school, session)
        except LeversError as error:
            assert school.session() == session, f"{error}: a refused press changes nothing"
            continue
        now = school.session()
        if press in ("on", "back"):
            assert session.state is State.OPEN
            assert abs(now.phase.number - session.phase.number) == 1
        else:
            assert now.phase is session.phase
        assert now.step - session.step in (0, 1) and (now.step > session.step) >= (now.phase is not session.phase)
        vote_left_or_reopened = press == "back" and Phase.VOTE in (session.phase, now.phase)
        assert now.round - session.round == vote_left_or_reopened
        session = now
    if session.state is State.PAUSED:
        session = steer.resume(school.books, session.facilitator, session.id, NOW)
    steer.cancel(school.books, session.facilitator, session.id, session.step, "Snow", NOW)
    assert session.facilitator in (REVIEWER, COACH, PRINCIPAL)
