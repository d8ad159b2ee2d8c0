"""Reading a school's calendar from an ICS file or a table: entries, what was left out, and every row that is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from planning.calendar import SchoolCalendar
from planning.calendar_events import events_of
from planning.calendar_rows import UnreadableCalendarError, meaning
from planning.calendar_tables import rows_of
from planning.school_days import CalendarError, DayKind, Days, checked_days

EVENTS, TABLES = (".ics", ".ical"), (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")
"""How the names of the files end that hold a calendar."""


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
    rows, notes = events_of(path, ZoneInfo(calendar.zone)) if events else rows_of(path, calendar)
    if not rows:
        what = "no event in this file, or its end is missing" if events else "no row below the names of the columns"
        raise UnreadableCalendarError(f"{path.name}: there is {what}. Save it once more where it came from.")
    found: list[tuple[int, Days]] = []
    skipped: list[tuple[int, str]] = []
    problems: list[tuple[int, str]] = []
    edges: list[tuple[int, date, bool]] = []
    remarks: dict[str, None] = dict.fromkeys(notes)
    called = "event" if events else "row"
    for row in rows:
        kind = meaning(row.category, row.name)
        said = f"“{row.name}”" if row.name else "an entry without a name"
        if row.note:
            remarks[f"{path.name}, {called} {row.number}: {said}: {row.note}"] = None
        if row.problem:
            problems.append((row.number, f"{said}: {row.problem}"))
        elif row.left_out:
            skipped.append((row.number, f"{said} {row.left_out}"))
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
    return Read((*found, *years), tuple(skipped), (*problems, *unpaired), called, tuple(remarks))


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
