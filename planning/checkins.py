"""When an owner is asked: one weekday for all their actions, so that a week never holds two messages."""

from datetime import date, timedelta

from planning.calendar import SchoolCalendar
from planning.plan import Cadence

CHECK_IN_WEEKDAY = 2
"""Wednesday: far enough from Monday's rush and from Friday's."""

SETTLING_DAYS = 5
"""After accepting an action its owner is left alone for these days."""


def first_check_in(accepted: date, cadence: Cadence) -> date:
    """The check-in day of the first check-in: a cadence after `accepted`, never sooner than the settling days."""
    earliest = accepted + timedelta(days=SETTLING_DAYS + 7 * (cadence.weeks - 1))
    return earliest + timedelta(days=(CHECK_IN_WEEKDAY - earliest.weekday()) % 7)


def next_check_in(planned: date, cadence: Cadence) -> date:
    """The check-in day after the one planned for `planned`."""
    return planned + timedelta(weeks=cadence.weeks)


def asked_on(planned: date, calendar: SchoolCalendar) -> date:
    """The day on which a check-in planned for `planned` is really asked: the first school day from it on in its week.

    Where its week has none any more, the week after is asked as ever; so no week ever asks twice.
    """
    day = calendar.school_day(planned)
    while week(day) != week(planned):
        planned += timedelta(weeks=1)
        day = calendar.school_day(planned)
    return day


def week(day: date) -> tuple[int, int]:
    """The year and week of `day`, from Monday to Sunday (ISO 8601)."""
    return day.isocalendar()[:2]
