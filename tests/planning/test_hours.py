"""When a person may be reached: in staff hours, outside of quiet hours, in every zone, over every change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.calendar import NOT_YET_KNOWN, BusyDays, Closure, OpenDays, SchoolCalendar
from planning.checkins import asked_on, first_check_in, next_check_in, week
from planning.hours import PersonTime, asking_moment, may_push, next_allowed
from planning.plan import Cadence
from planning.school_year import SchoolYear

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FIRST, LAST = date(2025, 8, 1), date(2028, 6, 30)
CHICAGO = "America/Chicago"
days = st.dates(FIRST, LAST)
spans = st.tuples(days, st.integers(0, 40)).map(lambda one: (one[0], one[0] + timedelta(days=one[1])))
years = st.sampled_from(
    [
        (),
        (SchoolYear(FIRST, date(2028, 5, 26)),),
        tuple(SchoolYear(date(y, 8, 20), date(y + 1, 6, 5)) for y in range(2025, 2028)),
    ]
)
calendars = st.builds(
    SchoolCalendar,
    st.sampled_from(ZONES),
    st.lists(spans.map(lambda span: Closure(*span, "break")), max_size=6).map(tuple),
    busy=st.lists(spans.map(lambda span: BusyDays(*span, "testing")), max_size=6).map(tuple),
    years=years,
    opened=st.lists(spans.map(lambda span: OpenDays(*span, "make-up days")), max_size=3).map(tuple),
)
moments = st.datetimes(datetime(2025, 8, 1), datetime(2028, 5, 20), timezones=st.just(UTC))  # noqa: DTZ001
people = st.builds(
    PersonTime,
    st.none() | st.sampled_from(ZONES),
    st.sampled_from([time(17), time(19), time(21, 30), time(0)]),
    st.sampled_from([time(5), time(7), time(8, 45)]),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
)


@cache
def changes_of_clocks(zone: str) -> tuple[date, ...]:
    """The days from 2025 to 2028 on which the clocks of `zone` change."""
    at = [datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(1461)]
    offsets = [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in at]
    return tuple(at[n].date() for n in range(1, len(at)) if offsets[n] != offsets[n - 1])


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the clocks of `zone`."""
    return moment.astimezone(ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
def test_over_every_change_of_clocks_each_local_date_has_one_moment_at_its_own_wall_time(zone: str) -> None:
    calendar = SchoolCalendar(zone)
    for change in changes_of_clocks(zone):
        around = [change + timedelta(days=n) for n in range(-3, 4)]
        asked = [asking_moment(day, PersonTime(), calendar) for day in around]
        assert [local(one, zone).date() for one in asked] == around
        assert {local(one, zone).time() for one in asked if calendar.closed_for(local(one, zone).date()) is None} <= {
            calendar.day_ends
        }
        assert asked == sorted(set(asked))


@settings(deadline=None, max_examples=150)
@given(calendars, people, moments)
def test_whatever_the_zones_a_push_is_in_staff_hours_and_never_in_quiet_hours_where_the_two_meet(
    calendar: SchoolCalendar, person: PersonTime, now: datetime
) -> None:
    when = next_allowed(now, person, calendar)
    assert when >= now
    if calendar.today(when) >= NOT_YET_KNOWN:
        assert calendar.years and now.date() > calendar.years[-1].last - timedelta(days=90)
        return
    assert may_push(when, person, calendar), "whoever may be reached then may be reached then"
    own = person.awake(when, calendar) == when
    assert calendar.reachable(when) == when or own
    if calendar.reachable(when) == when and not own:
        noons = (calendar.moment(calendar.today(when), time(hour)) for hour in range(8, 17))
        assert all(person.awake(noon, calendar) != noon for noon in noons), "only where all of them are quiet"


@settings(deadline=None, max_examples=100)
@given(calendars, people, days)
def test_a_check_in_is_asked_on_its_own_day_in_staff_hours_and_not_in_quiet_ones(
    calendar: SchoolCalendar, person: PersonTime, planned: date
) -> None:
    day = asked_on(planned, calendar)
    when = asking_moment(day, person, calendar)
    if day == NOT_YET_KNOWN:
        return
    if calendar.reachable(when) == when:
        assert calendar.today(when) == day
    else:
        assert person.awake(when, calendar) == when, "staff hours and waking hours never meet: read on their own clock"


@settings(deadline=None, max_examples=100)
@given(calendars, st.lists(st.tuples(days, st.sampled_from(list(Cadence))), min_size=1, max_size=5))
def test_nobody_is_asked_on_closed_or_busy_days_or_twice_a_week_and_nothing_is_lost(
    calendar: SchoolCalendar, actions: list[tuple[date, Cadence]]
) -> None:
    asked = set()
    for accepted, cadence in actions:
        planned = first_check_in(accepted, cadence)
        for _ in range(15):
            day = asked_on(planned, calendar)
            assert day >= planned, "none is lost, and none is early"
            assert calendar.closed_for(day) is None or day == NOT_YET_KNOWN
            if day != NOT_YET_KNOWN and not calendar.may_ask(day):
                free = (planned + timedelta(days=n) for n in range(400))
                assert not any(calendar.may_ask(one) and one.weekday() >= 2 for one in free), "only where none is left"
            if day == NOT_YET_KNOWN:
                assert calendar.years, "only after the last day of school"
            asked.add(day)
            planned = next_check_in(planned, cadence)
    assert len({week(day) for day in asked}) == len(asked)


def test_somebody_east_of_their_school_is_asked_before_their_evening() -> None:
    calendar, person = SchoolCalendar(CHICAGO), PersonTime("Europe/Berlin")
    when = asking_moment(date(2026, 12, 2), person, calendar)
    assert local(when, "Europe/Berlin").time() == time(18, 45)
    assert local(when, CHICAGO).time() == time(11, 45)


def test_half_way_around_the_world_staff_hours_are_read_on_the_persons_own_clock() -> None:
    calendar, person = SchoolCalendar(CHICAGO), PersonTime("Asia/Kolkata")
    when = next_allowed(datetime(2026, 12, 2, 15, tzinfo=UTC), person, calendar)
    assert local(when, "Asia/Kolkata") == datetime(2026, 12, 3, 7, 30, tzinfo=ZoneInfo("Asia/Kolkata"))


def test_the_hour_somebody_likes_is_kept_within_staff_hours() -> None:
    calendar = SchoolCalendar(CHICAGO)
    early, late = PersonTime(ask_at=time(5)), PersonTime(ask_at=time(9, 10))
    assert local(asking_moment(date(2026, 12, 2), early, calendar), CHICAGO).time() == calendar.staff_from
    assert local(asking_moment(date(2026, 12, 2), late, calendar), CHICAGO).time() == time(9, 10)


def test_a_busy_wednesday_moves_the_question_to_thursday_and_a_busy_week_to_the_next_one() -> None:
    testing = SchoolCalendar(CHICAGO, busy=(BusyDays(date(2026, 12, 2), date(2026, 12, 2), "Testing"),))
    week_long = SchoolCalendar(CHICAGO, busy=(BusyDays(date(2026, 11, 30), date(2026, 12, 4), "Testing"),))
    assert asked_on(date(2026, 12, 2), testing) == date(2026, 12, 3)
    assert asked_on(date(2026, 12, 2), week_long) == date(2026, 12, 9)


def test_a_busy_day_serves_where_no_other_is_left_before_the_summer() -> None:
    year = (SchoolYear(date(2026, 8, 17), date(2027, 6, 4)),)
    calendar = SchoolCalendar(CHICAGO, busy=(BusyDays(date(2027, 5, 24), date(2027, 6, 4), "Testing"),), years=year)
    assert asked_on(date(2027, 6, 2), calendar) == date(2027, 6, 2)
    assert asked_on(date(2027, 6, 9), calendar) == NOT_YET_KNOWN
