"""Months and their parts in words: the end of November, mid January, the first week of February."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
FEWEST_LETTERS = 3
"""So many letters of a weekday or month are enough."""
FRIDAY = 4

_PARTS = {
    **dict.fromkeys(("early", "early in", "beginning of", "start of"), 7),
    **dict.fromkeys(("mid", "middle of"), 15),
    **dict.fromkeys(("late", "late in", "end of", "last day of"), 32),
}
"""The day of the month that each part of it goes to, or its last one."""
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 5}
_PART = re.compile(rf"(?:the )?(?:at the )?({'|'.join(_PARTS)})[ -](?:the |this )?(?:month of )?(\w+)(?: (\d{{4}}))?")
_WEEK = re.compile(rf"(?:the )?({'|'.join(_PLACES)}) (\w+) (?:in|of) (\w+)(?: (\d{{4}}))?")


def part_of_month(plain: str, today: date) -> date | None:
    """ "end of November", "mid January", "early March 2027": of those without a year, the next."""
    match = _PART.fullmatch(plain)
    month = named(match[2], MONTHS) if match else None
    if match is None or month is None:
        return None
    day = _PARTS[match[1]]
    return _in_year(today, match[3], lambda year: _about(year, month + 1, day))


def week_of_month(plain: str, today: date) -> date | None:
    """ "the first week of February", which is its first Friday, and "the last Monday in May"."""
    match = _WEEK.fullmatch(plain)
    if match is None:
        return None
    weekday = FRIDAY if match[2] == "week" else named(match[2], DAYS)
    month = named(match[3], MONTHS)
    if weekday is None or month is None:
        return None
    place = _PLACES[match[1]]
    return _in_year(today, match[4], lambda year: _nth(year, month + 1, weekday, place))


def next_such(today: date, month: int, day: int) -> date:
    """That day of that month, today or later. Raises ValueError where there is none."""
    for year in range(today.year, today.year + 9):
        if day <= monthrange(year, month)[1] and (found := date(year, month, day)) >= today:
            return found
    raise ValueError("no such day")


def named(word: str, names: tuple[str, ...]) -> int | None:
    """The place among `names` of the one that `word` is, or begins."""
    found = (at for at, full in enumerate(names) if len(word) >= FEWEST_LETTERS and full.startswith(word))
    return next(found, None)


def _in_year(today: date, year: str | None, on: Callable[[int], date]) -> date:
    if year:
        return on(int(year))
    this = on(today.year)
    return this if this >= today else on(today.year + 1)


def _about(year: int, month: int, day: int) -> date:
    if day > (last := monthrange(year, month)[1]):
        return date(year, month, last)
    # Nobody says "mid May" and means a Saturday.
    meant = date(year, month, day)
    return meant - timedelta(days=max(meant.weekday() - FRIDAY, 0))


def _nth(year: int, month: int, weekday: int, place: int) -> date:
    first = date(year, month, 1)
    days = [first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * week) for week in range(5)]
    return [day for day in days if day.month == month][:place][-1]
