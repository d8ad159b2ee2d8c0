"""What a school enters in its calendar: closed, busy and open days and school years, checked and put in their place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from hashlib import blake2s
from itertools import pairwise

import holidays

from planning.calendar import BusyDays, Closure, OpenDays, SchoolCalendar
from planning.school_year import SchoolYear
from rubric.errors import LeversError

LONGEST_DAYS = 150
"""Longer than any break: what lasts longer is a slip of the year."""
LONGEST_YEAR_DAYS = 366
MOST_ENTRIES = 500
NAME_LENGTH = 100
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DayKind(StrEnum):
    """What is entered for one day or several."""

    CLOSED = "closed"
    BUSY = "busy"
    OPEN = "open"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """One entry of a calendar: local dates, both included. A school year has no name of its own."""

    first: date
    last: date
    kind: DayKind
    name: str = ""

    @property
    def mark(self) -> str:
        """A few letters that name this very entry: what a button carries."""
        return blake2s(repr(self).encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()


class CalendarError(LeversError):
    """What was entered cannot be kept; `field` names the input at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class GoneError(CalendarError):
    """Somebody else changed or removed the entry meanwhile."""

    def __init__(self) -> None:
        super().__init__("first", "Somebody changed this entry meanwhile. Close this and open it again to see how.")


def entries(calendar: SchoolCalendar) -> tuple[Days, ...]:
    """Everything that was entered, soonest first."""
    closed = (Days(one.first, one.last, DayKind.CLOSED, one.name) for one in calendar.closures)
    busy = (Days(one.first, one.last, DayKind.BUSY, one.name) for one in calendar.busy)
    years = (Days(one.first, one.last, DayKind.YEAR) for one in calendar.years)
    opened = (Days(one.first, one.last, DayKind.OPEN, one.name) for one in calendar.opened)
    return tuple(sorted((*closed, *busy, *years, *opened)))


def with_entries(calendar: SchoolCalendar, kept: Iterable[Days]) -> SchoolCalendar:
    """The calendar with just these entries, each once. Raises CalendarError for too many, or years that overlap."""
    every = sorted(dict.fromkeys(kept))
    if len(every) > MOST_ENTRIES:
        raise CalendarError("first", f"A calendar holds {MOST_ENTRIES} entries at most. Remove those of past years.")
    years = [one for one in every if one.kind is DayKind.YEAR]
    for one, following in pairwise(years):
        if following.first <= one.last:
            both = f"{_range(one)} and {_range(following)}"
            raise CalendarError("first", f"Two school years overlap: {both}. Change or remove one of them first.")
    return replace(
        calendar,
        closures=tuple(Closure(one.first, one.last, one.name) for one in every if one.kind is DayKind.CLOSED),
        busy=tuple(BusyDays(one.first, one.last, one.name) for one in every if one.kind is DayKind.BUSY),
        years=tuple(SchoolYear(one.first, one.last) for one in years),
        opened=tuple(OpenDays(one.first, one.last, one.name) for one in every if one.kind is DayKind.OPEN),
    )


def still_closed(calendar: SchoolCalendar, days: Days) -> str | None:
    """What closes the school on all of the `days` that are entered as open; None where it is open on one of them."""
    span = (days.first + timedelta(days=n) for n in range((days.last - days.first).days + 1))
    reasons = [calendar.closed_for(day) for day in span]
    return reasons[0] if days.kind is DayKind.OPEN and all(reasons) else None


def with_brought(calendar: SchoolCalendar, brought: Iterable[Days]) -> SchoolCalendar:
    """The calendar with the entries of a file too: a school year in it takes the place of those that it overlaps.

    Raises CalendarError for too many, or for years in the file that overlap each other.
    """
    new = tuple(brought)
    years = [one for one in new if one.kind is DayKind.YEAR]
    kept = (
        one
        for one in entries(calendar)
        if one.kind is not DayKind.YEAR or not any(y.first <= one.last and one.first <= y.last for y in years)
    )
    return with_entries(calendar, (*kept, *new))


def checked_days(kind: DayKind, first: date, last: date | None, name: str) -> Days:
    """An entry with its name trimmed; without `last` it is one day. Raises CalendarError that names the field."""
    said = " ".join(name.split())
    until = last or first
    for field, day in (("first", first), ("last", until)):
        if not EARLIEST <= day <= LATEST:
            raise CalendarError(field, "Check the year: it is far from now.")
    if until < first:
        raise CalendarError("last", "The last day is before the first one.")
    if kind is DayKind.YEAR:
        if last is None or until == first:
            raise CalendarError("last", "Say when the last day of school is.")
        if until - first > timedelta(days=LONGEST_YEAR_DAYS):
            raise CalendarError("last", "A school year has a year at most. Check the year.")
        return Days(first, until, kind)
    if until - first >= timedelta(days=LONGEST_DAYS):
        raise CalendarError("last", f"That is more than {LONGEST_DAYS} days. Check the year.")
    if not said:
        raise CalendarError("name", "Say what it is, such as “Spring break” or “State testing”.")
    if len(said) > NAME_LENGTH:
        raise CalendarError("name", f"Keep it to {NAME_LENGTH} letters.")
    return Days(first, until, kind, said)


def checked_hours(
    calendar: SchoolCalendar, staff_from: time, staff_until: time, day_ends: time, country: str, state: str
) -> SchoolCalendar:
    """The calendar with these hours and this place for its public holidays. Raises CalendarError."""
    land, part = country.strip().upper(), state.strip().upper()
    known = holidays.list_supported_countries()
    if staff_until <= staff_from:
        raise CalendarError("staff_until", "Staff hours end before they begin.")
    if not staff_from < day_ends <= staff_until:
        raise CalendarError("day_ends", "School ends outside of the staff hours.")
    if land not in known:
        raise CalendarError("country", f"“{country.strip()[:20]}” is no country; write two letters, such as US.")
    if part and part not in known[land]:
        raise CalendarError("state", f"“{state.strip()[:20]}” is no state of {land}; write it short, such as IL.")
    return replace(
        calendar, staff_from=staff_from, staff_until=staff_until, day_ends=day_ends, country=land, state=part
    )


def _range(one: Days) -> str:
    return f"{one.first.isoformat()} to {one.last.isoformat()}"
