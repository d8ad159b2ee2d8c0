"""Reading a school's calendar from an ICS file or a table: entries, what was left out, and every row that is wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from planning.calendar import SchoolCalendar
from planning.school_days import CalendarError, DayKind, Days, checked_days
from rubric.errors import LeversError
from rubric.rows import Cell, MissingColumnError, Table, read_table

CLOSED_WORDS = (
    "closed",
    "no school",
    "no classes",
    "no students",
    "student holiday",
    "holiday",
    "break",
    "recess",
    "vacation",
    "day off",
    "snow day",
    "offices closed",
)
BUSY_WORDS = (
    "busy",
    "testing",
    "test",
    "tests",
    "exam",
    "exams",
    "assessment",
    "assessments",
    "report card",
    "report cards",
    "grades due",
    "grading",
    "conference",
    "conferences",
    "professional development",
    "in-service",
    "inservice",
    "workday",
    "work day",
)
"""Words, in an entry's category or its name, that mean a closed or a busy day; the first list wins."""
FIRST_DAY, LAST_DAY = ("first day of school", "school begins"), ("last day of school", "school ends")
COLUMNS = {
    "first": ("first", "start", "start date", "from", "date"),
    "last": ("last", "end", "end date", "to", "until"),
    "name": ("name", "summary", "event", "title", "subject"),
    "kind": ("kind", "category", "categories", "type"),
}


class UnreadableCalendarError(LeversError):
    """A file that is no calendar."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row or event: its number in the file (from 1; a table's as a spreadsheet shows it) and what it says."""

    number: int
    name: str
    category: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: entries, each with its row; (row, reason) of what was left out, and of what is wrong."""

    found: tuple[tuple[int, Days], ...]
    skipped: tuple[tuple[int, str], ...]
    problems: tuple[tuple[int, str], ...]


def read_calendar(path: Path, calendar: SchoolCalendar) -> Read:
    """The calendar in the file at `path`; `calendar` gives the zone of timed events and how dates are written.

    Raises LeversError for a file that is no calendar and no table, or one without the columns that are needed.
    """
    rows = _events(path, ZoneInfo(calendar.zone)) if path.suffix.lower() in (".ics", ".ical") else _rows(path, calendar)
    found: list[tuple[int, Days]] = []
    skipped: list[tuple[int, str]] = []
    problems: list[tuple[int, str]] = []
    edges: list[tuple[int, date, bool]] = []
    for row in rows:
        kind = meaning(row.category, row.name)
        said = f"“{row.name}”" if row.name else "an entry without a name"
        if row.problem:
            problems.append((row.number, f"{said}: {row.problem}"))
        elif kind is None:
            skipped.append((row.number, f"{said} says neither that school is closed nor that it is busy."))
        elif row.first is None:
            problems.append((row.number, f"{said} has no day."))
        elif isinstance(kind, bool):
            edges.append((row.number, row.first, kind))
        else:
            try:
                name = row.name or row.category
                found.append((row.number, checked_days(kind, row.first, row.last, name)))
            except CalendarError as error:
                problems.append((row.number, f"{said}: {error}"))
    years, unpaired = _years(edges)
    return Read((*found, *years), tuple(skipped), (*problems, *unpaired))


def meaning(category: str, name: str) -> DayKind | bool | None:
    """What an entry means: its category decides, else its name; True and False are a first and a last day of school.

    None where neither says anything that Levers knows.
    """
    for text in (category, name):
        said = " ".join(re.findall(r"[\w-]+", text.casefold()))
        if said in {kind.value for kind in DayKind}:
            return DayKind(said)
        if said in ("school year", "term"):
            return DayKind.YEAR
        for words, means in _MEANINGS:
            if any(re.search(rf"\b{re.escape(word)}\b", said) for word in words):
                return means
    return None


_MEANINGS: tuple[tuple[tuple[str, ...], DayKind | bool], ...] = (
    (FIRST_DAY, True),
    (LAST_DAY, False),
    (CLOSED_WORDS, DayKind.CLOSED),
    (BUSY_WORDS, DayKind.BUSY),
)


def _years(edges: Iterable[tuple[int, date, bool]]) -> tuple[list[tuple[int, Days]], list[tuple[int, str]]]:
    """School years, from a first day of school and the last one that follows it."""
    years: list[tuple[int, Days]] = []
    alone: list[tuple[int, str]] = []
    begun: tuple[int, date] | None = None
    for number, day, begins in sorted(edges, key=lambda edge: edge[1]):
        if begins:
            alone += [(begun[0], "A first day of school without a last one.")] if begun else []
            begun = (number, day)
        elif begun is None:
            alone.append((number, "A last day of school without a first one."))
        else:
            years.append((begun[0], Days(begun[1], day, DayKind.YEAR)))
            begun = None
    alone += [(begun[0], "A first day of school without a last one.")] if begun else []
    return years, alone


def _events(path: Path, zone: ZoneInfo) -> Iterator[Row]:
    try:
        events = [event for one in Calendar.from_ical(path.read_bytes(), multiple=True) for event in one.walk("VEVENT")]
    except OSError as error:
        raise UnreadableCalendarError(f"{path}: the file cannot be read ({error.strerror or error}).") from error
    except (ValueError, IndexError) as error:
        raise UnreadableCalendarError(f"{path}: this is no calendar file (ICS).") from error
    for number, event in enumerate(events, 1):
        if isinstance(event, Event):
            yield _event(number, event, zone)


def _event(number: int, event: Event, zone: ZoneInfo) -> Row:
    name, category = " ".join(str(event.get("SUMMARY", "")).split()), ""
    try:
        category = " ".join(event.categories)
        if event.get("RRULE") is not None:
            return Row(number, name, category, problem="it repeats; write each of its days as an entry of its own.")
        start, end = event.start, event.end
    except Exception:
        # The library names its many complaints in its own terms; what matters here is which event it is.
        return Row(number, name, category, problem="its days cannot be read.")
    first = _local(start, zone)
    # The end of an event is the moment, or the day, after it (RFC 5545, 3.6.1).
    before = end - timedelta(microseconds=1) if isinstance(end, datetime) else end - timedelta(days=1)
    return Row(number, name, category, first, max(first, _local(before, zone)))


def _local(when: date | datetime, zone: ZoneInfo) -> date:
    if isinstance(when, datetime):
        return (when.astimezone(zone) if when.tzinfo else when).date()
    return when


def _rows(path: Path, calendar: SchoolCalendar) -> Iterator[Row]:
    table = read_table(path)
    places = {column: _place(table, names) for column, names in COLUMNS.items()}
    missing = [column for column in ("first", "name") if places[column] is None]
    if missing:
        raise MissingColumnError(table.source_name, missing, table.header)
    for number, cells in table.rows:
        texts = {c: cells[p] if p is not None and p < len(cells) else "" for c, p in places.items()}
        if not any(str(text).strip() for text in texts.values()):
            continue
        name, kind = (" ".join(str(texts[column]).split()) for column in ("name", "kind"))
        try:
            first, last = _day(texts["first"], calendar.country), _day(texts["last"], calendar.country)
        except ValueError as error:
            yield Row(number, name, kind, problem=str(error))
        else:
            yield Row(number, name, kind, first, last)


def _place(table: Table, names: Iterable[str]) -> int | None:
    return next((place for name in names if (place := table.place_of(name)) is not None), None)


def _day(cell: Cell, country: str) -> date | None:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    said = cell.strip()
    if not said:
        return None
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said) if country == "US" else None
    try:
        if american:
            month, day, year = map(int, american.groups())
            return date(year, month, day)
        return date.fromisoformat(said)
    except ValueError:
        raise ValueError(f"“{said[:40]}” is no date; write it like 2026-11-25.") from None
