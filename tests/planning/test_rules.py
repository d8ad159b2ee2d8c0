"""The pure rules, for whatever values: ballots and cuts, phases, school time, check-in days."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.ballot import BallotError, checked, cut, tally
from planning.calendar import BusyDays, Closure, OpenDays, SchoolCalendar
from planning.checkins import CHECK_IN_WEEKDAY, asked_on, first_check_in, next_check_in
from planning.phases import Phase
from planning.plan import Cadence
from planning.school_year import SchoolYear
from planning.session import Listed, Rules
from rubric.rubric import IndicatorId

SHORTLIST = tuple(Listed(IndicatorId("Domain", f"Indicator {n}"), "Developing", ()) for n in range(8))
INDICATORS = [entry.indicator for entry in SHORTLIST]
RULES = Rules()
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))

dots = st.dictionaries(st.sampled_from(INDICATORS), st.integers(-1, 6), max_size=8)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(dots)
def test_a_kept_ballot_never_exceeds_the_budget_nor_the_most_on_one(placed: dict[IndicatorId, int]) -> None:
    try:
        kept = checked(placed, SHORTLIST, RULES)
    except BallotError as error:
        assert str(error)
        return
    assert sum(kept.values()) <= RULES.dots
    assert all(0 < count <= RULES.cap for count in kept.values())


@given(st.lists(st.dictionaries(st.sampled_from(INDICATORS), st.integers(0, 3)), max_size=20), st.randoms())
def test_the_tally_adds_up_whoever_votes_first(ballots: list[dict[IndicatorId, int]], random: object) -> None:
    shuffled = sorted(ballots, key=lambda _: random.random())  # type: ignore[attr-defined]
    sums = [sum((Counter(ballot) for ballot in order), Counter()) for order in (ballots, shuffled)]
    first, second = (tally(one, len(ballots), SHORTLIST) for one in sums)
    assert first == second
    assert first.dots == sum(sum(ballot.values()) for ballot in ballots)
    assert {indicator for indicator, _ in first.totals} == set(INDICATORS)


@given(st.dictionaries(st.sampled_from(INDICATORS), st.integers(0, 4)), st.integers(1, 5))
def test_a_tie_at_the_cut_is_never_settled_silently(totals: dict[IndicatorId, int], places: int) -> None:
    result = tally(totals, 5, SHORTLIST)
    found = cut(result, places)
    scored = dict(result.totals)
    assert len(found.clear) <= places
    assert all(scored[indicator] > 0 for indicator in (*found.clear, *found.tied))
    if found.tied:
        assert len({scored[indicator] for indicator in found.tied}) == 1
        assert 0 < found.places < len(found.tied)
        assert all(scored[one] > scored[found.tied[0]] for one in found.clear)
    left_out = [one for one in INDICATORS if one not in found.clear and one not in found.tied and scored[one]]
    assert all(scored[one] < min(scored[kept] for kept in (*found.clear, *found.tied)) for one in left_out)


def test_phases_only_move_along_the_table() -> None:
    phases = list(Phase)
    assert [phase.next for phase in phases] == [*phases[1:], None]
    assert [phase.previous for phase in phases] == [None, *phases[:-1]]
    assert [phase.number for phase in phases] == list(range(1, 8))


@settings(deadline=None)
@given(st.sampled_from(ZONES), moments)
def test_staff_are_reached_in_staff_hours_of_a_school_day_and_never_early(zone: str, now: datetime) -> None:
    calendar = SchoolCalendar(zone)
    when = calendar.reachable(now)
    local = when.astimezone(ZoneInfo(zone))
    assert when >= now
    assert calendar.closed_for(local.date()) is None
    assert calendar.staff_from <= local.time() <= calendar.staff_until or _skipped(calendar, local)


def _skipped(calendar: SchoolCalendar, local: datetime) -> bool:
    """Whether daylight saving skips the hour at which staff hours begin on that day."""
    there = calendar.moment(local.date(), calendar.staff_from).astimezone(ZoneInfo(calendar.zone))
    return there.time() != calendar.staff_from


@settings(deadline=None)
@given(st.sampled_from(ZONES), days, st.times().map(lambda at: at.replace(fold=0)))
def test_a_local_time_is_one_moment_on_its_own_date_or_just_after_a_skipped_hour(
    zone: str, day: date, at: time
) -> None:
    calendar = SchoolCalendar(zone)
    moment = calendar.moment(day, at)
    assert moment.tzinfo is UTC
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    # A skipped day (an island that crossed the date line) or hour moves it on, never back.
    assert timedelta() <= local - datetime.combine(day, at) <= timedelta(days=1)


@given(days, days)
def test_a_school_day_is_the_first_open_one_from_a_day_on(day: date, first: date) -> None:
    calendar = SchoolCalendar("America/Chicago", (Closure(first, first + timedelta(days=9), "break"),))
    found = calendar.school_day(day)
    assert found >= day and calendar.closed_for(found) is None
    assert all(calendar.closed_for(day + timedelta(days=n)) for n in range((found - day).days))


@given(days, days, days)
def test_an_open_day_opens_a_public_holiday_and_nothing_else(day: date, first: date, closed: date) -> None:
    storm = Closure(closed, closed + timedelta(days=9), "a storm")
    year = SchoolYear(day - timedelta(days=200), day + timedelta(days=80))
    known = SchoolCalendar("America/Chicago", (storm,), years=(year,))
    opened = replace(known, opened=(OpenDays(first, first + timedelta(days=20), "School is open"),))
    before, after = known.closed_for(day), opened.closed_for(day)
    holiday = before not in (None, "a storm", "the weekend", "the summer")
    assert after == (None if holiday and first <= day <= first + timedelta(days=20) else before)


def test_a_school_that_teaches_on_columbus_day_has_school_then() -> None:
    columbus = date(2026, 10, 12)
    assert SchoolCalendar("America/Chicago").closed_for(columbus) == "Columbus Day"
    opened = SchoolCalendar("America/Chicago", opened=(OpenDays(columbus, columbus, "Columbus Day"),))
    assert opened.school_day(columbus) == columbus and opened.may_ask(columbus)
    busy = replace(opened, busy=(BusyDays(columbus, columbus, "Testing"),))
    assert not busy.may_ask(columbus), "an open day can be a busy one"


@given(days, st.sampled_from(list(Cadence)), st.integers(1, 30))
def test_every_check_in_is_planned_for_the_one_weekday_a_cadence_apart(
    accepted: date, cadence: Cadence, times: int
) -> None:
    planned = first_check_in(accepted, cadence)
    assert planned - accepted >= timedelta(days=5)
    for _ in range(times):
        assert planned.weekday() == CHECK_IN_WEEKDAY
        following = next_check_in(planned, cadence)
        assert following - planned == timedelta(weeks=cadence.weeks)
        planned = following


@given(days, st.sampled_from(list(Cadence)))
def test_a_check_in_in_a_break_is_asked_when_school_is_back(accepted: date, cadence: Cadence) -> None:
    planned = first_check_in(accepted, cadence)
    calendar = SchoolCalendar("America/Chicago", (Closure(planned, planned + timedelta(days=4), "break"),))
    day = asked_on(planned, calendar)
    assert day > planned + timedelta(days=4) and calendar.closed_for(day) is None
