"""School years: where one ends, what counts as summer, and counts of days that pause over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

LONGEST_SUMMER_DAYS = 120
"""So long before the first school year that is known it is taken for summer; what came before is not known."""

LAST_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The first and the last day of school, local dates at the school."""

    first: date
    last: date


class HasYears(Protocol):
    """A calendar that knows its school years."""

    @property
    def years(self) -> Sequence[SchoolYear]: ...


def in_summer(years: Sequence[SchoolYear], day: date) -> bool:
    """Whether `day` is after a last day of school and before the next first one, or after the last that is known."""
    if not years or any(year.first <= day <= year.last for year in years):
        return False
    return day >= min(year.first for year in years) - timedelta(days=LONGEST_SUMMER_DAYS)


def after_days(calendar: HasYears, day: date, count: int) -> date | None:
    """The date `count` days after `day`, where days of the summer do not count: how 30, 60 and 90 days are meant.

    None where the count would pass the last day of school and the next school year is not known yet.
    """
    if not calendar.years:
        return day + timedelta(days=count)
    end = max(year.last for year in calendar.years)
    while count > 0:
        day += timedelta(days=1)
        if day > end:
            return None
        count -= not in_summer(calendar.years, day)
    return day


def days_between(calendar: HasYears, first: date, last: date) -> int:
    """How many days lie between two dates when the summer does not count; 0 where `last` is not later."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(not in_summer(calendar.years, day) for day in days)


def year_of(calendar: HasYears, day: date) -> SchoolYear | None:
    """The school year that `day` is in; None in summer, and where none is known."""
    return next((year for year in calendar.years if year.first <= day <= year.last), None)


def ending(calendar: HasYears, day: date) -> SchoolYear | None:
    """The school year in whose last month `day` is, or None."""
    year = year_of(calendar, day)
    return year if year and day > year.last - LAST_MONTH else None
