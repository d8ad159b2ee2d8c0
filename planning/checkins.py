"""When an owner is asked: one weekday for all their actions, so that a week never holds two messages."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.plan import Cadence

CHECK_IN_WEEKDAY = 2
"""Wednesday: far enough from Monday's rush and from Friday's."""

SETTLING_DAYS = 5
"""After accepting an action its owner is left alone for these days."""

HEADS_UP_WEEKS = 4
"""Longer before a due date nobody needs to hear of it."""
LONGEST_WAIT_WEEKS = 60
Week = tuple[int, int]


def first_check_in(accepted: date, cadence: Cadence) -> date:
    """The check-in day of the first check-in: a cadence after `accepted`, never sooner than the settling days."""
    earliest = accepted + timedelta(days=SETTLING_DAYS + 7 * (cadence.weeks - 1))
    return check_in_day(earliest)


def check_in_day(day: date) -> date:
    """The first check-in day on or after `day`."""
    return day + timedelta(days=(CHECK_IN_WEEKDAY - day.weekday()) % 7)


def heads_up_day(due: date, calendar: SchoolCalendar) -> date:
    """The last check-in day that is asked before the due date `due`; where none is near, that of the week before."""
    day = last = check_in_day(due - timedelta(days=7))
    for _ in range(HEADS_UP_WEEKS):
        if asked_on(day, calendar) < due:
            return day
        day -= timedelta(weeks=1)
    return last


def overdue_day(due: date) -> date:
    """The first check-in day after the due date `due`."""
    return check_in_day(due + timedelta(days=1))


def next_check_in(planned: date, cadence: Cadence) -> date:
    """The check-in day after the one planned for `planned`."""
    return planned + timedelta(weeks=cadence.weeks)


def asked_on(
    planned: date,
    calendar: SchoolCalendar,
    earliest: date = date.min,
    asked: Collection[Week] = (),
    taken: Mapping[Week, date] | None = None,
) -> date:
    """The day on which a check-in planned for `planned` is really asked, never before `earliest`.

    It is the first school day of its week that is not busy; where the week has none any more, the week after is asked
    as ever, so that no week ever asks twice. A week in `asked` has been asked already; one in `taken` asks the same
    person elsewhere on that day, which then serves here too, even where it is a little sooner, or passes to the week
    after. A busy day serves only where
    no other is left; where no school day is left either, it waits for a calendar: NOT_YET_KNOWN.
    """
    if planned >= NOT_YET_KNOWN:
        return NOT_YET_KNOWN
    suits: tuple[Callable[[date], bool], ...] = (calendar.may_ask, lambda day: calendar.closed_for(day) is None)
    for one in suits:
        for days in _weeks(planned, earliest):
            this = week(days[0])
            if this in asked:
                continue
            only = (taken or {}).get(this)
            choice = days if only is None else [only] if only >= earliest else []
            found = next((day for day in choice if one(day)), None)
            if found is not None:
                return found
    return NOT_YET_KNOWN


def _weeks(planned: date, earliest: date) -> Iterator[list[date]]:
    """The days to choose from, week by week: from the planned weekday on, and not before `earliest`."""
    late = max(0, (earliest - planned).days // 7)
    for number in range(late, late + LONGEST_WAIT_WEEKS):
        from_day = planned + timedelta(weeks=number)
        rest = (from_day + timedelta(days=n) for n in range(7 - from_day.weekday()))
        if days := [day for day in rest if day >= earliest]:
            yield days


def week(day: date) -> Week:
    """The year and week of `day`, from Monday to Sunday (ISO 8601)."""
    return day.isocalendar()[:2]
