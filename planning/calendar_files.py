"""Reading a school's calendar from an ICS file or a table: entries, what was left out, and every row that is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar, Event, vRecur

from planning.calendar import SchoolCalendar
from planning.school_days import CalendarError, DayKind, Days, checked_days
from rubric.errors import LeversError
from rubric.rows import GUESSED, Cell, MissingColumnError, Table, read_table

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
MOST_REPEATS = 100
"""So often an event may repeat: more than the weeks of two school years."""
OF_DAYS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
"""What an event may repeat by; the others are parts of a day."""
COLUMNS = {
    "first": ("first", "start", "start date", "from", "date"),
    "last": ("last", "end", "end date", "to", "until"),
    "name": ("name", "summary", "event", "title", "subject"),
    "kind": ("kind", "category", "categories", "type"),
}


EVENTS, TABLES = (".ics", ".ical"), (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")
"""How the names of the files end that hold a calendar."""


class UnreadableCalendarError(LeversError):
    """A file that is no calendar, or one that holds nothing."""


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
    """What a file holds: entries, each with its row; (row, reason) of what was left out, and of what is wrong.

    `row` is what the file's rows are called; `notes` are sentences about how it was read.
    """

    found: tuple[tuple[int, Days], ...]
    skipped: tuple[tuple[int, str], ...]
    problems: tuple[tuple[int, str], ...]
    row: str = "row"
    notes: tuple[str, ...] = ()


def read_calendar(path: Path, calendar: SchoolCalendar) -> Read:
    """The calendar in the file at `path`; `calendar` gives the zone of timed events and how dates are written.

    Raises LeversError for a file that is no calendar and no table, one without the columns that are needed, and one
    that holds no entry at all, as where its end is missing: it would take the place of everything for nothing.
    """
    ending = path.suffix.lower()
    if ending not in (*EVENTS, *TABLES):
        raise UnreadableCalendarError(f"{path.name}: a calendar ends in .ics, .csv or .xlsx; save it as one of these.")
    events = ending in EVENTS
    rows, notes = _events(path, ZoneInfo(calendar.zone)) if events else _rows(path, calendar)
    if not rows:
        what = "no event in this file, or its end is missing" if events else "no row below the names of the columns"
        raise UnreadableCalendarError(f"{path.name}: there is {what}. Save it once more where it came from.")
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
    called = "event" if events else "row"
    return Read((*found, *years), tuple(skipped), (*problems, *unpaired), called, notes)


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


def _events(path: Path, zone: ZoneInfo) -> tuple[list[Row], tuple[str, ...]]:
    try:
        text, notes = _text(path)
        events = [event for one in Calendar.from_ical(text, multiple=True) for event in one.walk("VEVENT")]
    except OSError as error:
        raise UnreadableCalendarError(f"{path}: the file cannot be read ({error.strerror or error}).") from error
    except (ValueError, IndexError) as error:
        raise UnreadableCalendarError(f"{path}: this is no calendar file (ICS).") from error
    numbered = enumerate((event for event in events if isinstance(event, Event)), 1)
    return [row for number, event in numbered for row in _event(number, event, zone)], notes


def _text(path: Path) -> tuple[str, tuple[str, ...]]:
    content = path.read_bytes()
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), (GUESSED.format(path.name),)


def _event(number: int, event: Event, zone: ZoneInfo) -> list[Row]:
    name, category = " ".join(str(event.get("SUMMARY", "")).split()), ""
    try:
        category = " ".join(event.categories)
        start, end = event.start, event.end
        if meaning(category, name) is None:
            # However often it repeats, it is left out.
            return [Row(number, name, category, _local(start, zone))]
        starts = _starts(event, start, zone)
    except Exception:
        # The library names its many complaints in its own terms; what matters is which event it is, and what to mend.
        return [Row(number, name, category, problem=_wrong(event))]
    if len(starts) > MOST_REPEATS:
        problem = f"it repeats more than {MOST_REPEATS} times; let it end, or write each of its days as an entry."
        return [Row(number, name, category, problem=problem)]
    if not starts:
        return [Row(number, name, category, problem="it repeats on no day at all.")]
    if _wall(end) < _wall(start):
        return [Row(number, name, category, problem="it ends before it begins.")]
    first = _local(start, zone)
    # The end of an event is the moment, or the day, after it (RFC 5545, 3.6.1).
    before = end - timedelta(microseconds=1) if isinstance(end, datetime) else end - timedelta(days=1)
    lasts = max(first, _local(before, zone)) - first
    return [Row(number, name, category, day, day + lasts) for day in starts]


def _wrong(event: Event) -> str:
    if "DTSTART" not in event:
        return "it has no day (DTSTART)."
    said = ", ".join(f"{name} “{str(event.get(name))[:40]}”" for name, _ in event.errors if name in event)
    return f"its days cannot be read{f' ({said})' if said else ''}. Mend it in the calendar that the file came from."


def _starts(event: Event, start: date | datetime, zone: ZoneInfo) -> list[date]:
    """The local dates on which an event begins, one too many at the most where it repeats without an end (RFC 5545,
    3.8.5): its rules and added days, without those that are taken out."""
    rules, added, taken_out = (_several(event.get(name)) for name in ("RRULE", "RDATE", "EXDATE"))
    if not rules and not added:
        return [_local(start, zone)]
    naive = _wall(start)
    repeats = rruleset(cache=False)
    repeats.rdate(naive)
    for rule in rules:
        if rule["FREQ"][0] not in OF_DAYS or min(rule.get("INTERVAL", [1])) < 1:
            raise ValueError(rule)
        # An end in UTC is read on the clock of the start, as everything else is.
        if until := rule.get("UNTIL"):
            rule = vRecur({**rule, "UNTIL": [_wall(one, start) for one in until]})
        repeats.rrule(rrulestr(rule.to_ical().decode(), dtstart=naive))
    for several, keep in ((added, repeats.rdate), (taken_out, repeats.exdate)):
        for one in several:
            for when in one.dts:
                keep(_wall(when.dt, start))
    found = islice(repeats, MOST_REPEATS + 1)
    zoned = start.tzinfo if isinstance(start, datetime) else None
    return [_local(one.replace(tzinfo=zoned) if zoned else one, zone) for one in found]


def _several(said: Any) -> list[Any]:
    return [] if said is None else said if isinstance(said, list) else [said]


def _wall(when: date | datetime, start: date | datetime | None = None) -> datetime:
    """`when` as the clock shows it where the event `start`s; a day is its midnight."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time.max if start is not None and isinstance(start, datetime) else time())
    zoned = start.tzinfo if isinstance(start, datetime) else None
    return (when.astimezone(zoned) if when.tzinfo and zoned else when).replace(tzinfo=None)


def _local(when: date | datetime, zone: ZoneInfo) -> date:
    if isinstance(when, datetime):
        return (when.astimezone(zone) if when.tzinfo else when).date()
    return when


def _rows(path: Path, calendar: SchoolCalendar) -> tuple[list[Row], tuple[str, ...]]:
    table = read_table(path)
    places = {column: _place(table, names) for column, names in COLUMNS.items()}
    missing = [column for column in ("first", "name") if places[column] is None]
    if missing:
        raise MissingColumnError(table.source_name, missing, table.header)
    cells = (
        (number, {c: cells[p] if p is not None and p < len(cells) else "" for c, p in places.items()})
        for number, cells in table.rows
    )
    return [
        _row(number, one, calendar) for number, one in cells if any(str(t).strip() for t in one.values())
    ], table.notes


def _row(number: int, texts: Mapping[str, Cell], calendar: SchoolCalendar) -> Row:
    name, kind = (" ".join(str(texts[column]).split()) for column in ("name", "kind"))
    try:
        first, last = _day(texts["first"], calendar.country), _day(texts["last"], calendar.country)
    except ValueError as error:
        return Row(number, name, kind, problem=str(error))
    return Row(number, name, kind, first, last)


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
