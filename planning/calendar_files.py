"""Reading a school's calendar from an ICS file or a table: entries, what was left out, and every row that is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planning.calendar import SchoolCalendar
from planning.calendar_events import events_of
from planning.calendar_rows import Row, UnreadableCalendarError, begins_or_ends, meaning
from planning.calendar_tables import rows_of
from planning.school_days import CalendarError, DayKind, Days, checked_days

EVENTS, TABLES = (".ics", ".ical"), (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")
"""How the names of the files end that hold a calendar."""
SHORTEST_YEAR_DAYS = 160
"""From August to December, or from January to June, is half a school year."""
ONE_EDGE = timedelta(days=31)
"""First days of school that are not further apart, as those of several grades, begin one school year."""


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
    edges: list[_Edge] = []
    remarks: dict[str, None] = dict.fromkeys(notes)
    called = "event" if events else "row"

    def remark(number: int, sentence: str) -> None:
        remarks[f"{path.name}, {called} {number}: {sentence}"] = None

    for row in rows:
        kind = meaning(row.category, row.name)
        said = f"“{row.name}”" if row.name else "an entry without a name"
        if row.note:
            remark(row.number, f"{said}: {row.note}")
        if row.problem:
            problems.append((row.number, f"{said}: {row.problem}"))
        elif row.left_out:
            skipped.append((row.number, f"{said} {row.left_out}"))
        elif kind is None:
            skipped.append((row.number, f"{said} says neither that school is closed nor that it is busy."))
        elif row.first is None:
            problems.append((row.number, f"{said} has no day."))
        elif isinstance(kind, bool):
            edges.append(_Edge(row.first, row.number, kind, said))
        elif kind is DayKind.CLOSED and row.timed and _of_one_edge(row):
            skipped.append((row.number, f"{said} has a time of day: until then, or from then on, there is school."))
        else:
            try:
                days = checked_days(kind, row.first, row.last, row.name or row.category)
            except CalendarError as error:
                problems.append((row.number, f"{said}: {error}"))
                continue
            if kind is DayKind.YEAR and (days.last - days.first).days < SHORTEST_YEAR_DAYS:
                problems.append((row.number, f"{said} {_too_short(days)}"))
                continue
            if kind is DayKind.CLOSED and _of_one_edge(row):
                remark(row.number, f"{said} is taken for this one day alone; enter the others where there are any.")
            if kind is DayKind.CLOSED and row.timed and days.last > days.first:
                remark(row.number, f"{said} has times of day; its first day and its last are taken whole.")
            found.append((row.number, days))
    years, unpaired = _years(_one_of_each(edges, remark, called), called)
    return Read((*found, *years), tuple(skipped), (*problems, *unpaired), called, tuple(remarks))


class _Edge(NamedTuple):
    """A first day of school, or a last one, with its row and what that says."""

    day: date
    number: int
    begins: bool
    said: str


def _of_one_edge(row: Row) -> bool:
    """Whether an entry of one day speaks of where its break begins or ends."""
    return row.last in (None, row.first) and begins_or_ends(row.name)


def _one_of_each(edges: Iterable[_Edge], remark: Callable[[int, str], None], called: str) -> list[_Edge]:
    """The edges, where several first days, or last ones, are close to each other the earliest first and latest last."""
    kept: list[_Edge] = []
    for edge in sorted(edges):
        if not kept or kept[-1].begins != edge.begins or edge.day - kept[-1].day > ONE_EDGE:
            kept.append(edge)
            continue
        taken, other = (kept[-1], edge) if edge.begins else (edge, kept[-1])
        kept[-1] = taken
        if taken.day != other.day:
            which = "begins" if edge.begins else "ends"
            remark(other.number, f"{other.said}: the school year {which} as in {called} {taken.number}, {taken.said}.")
    return kept


def _years(edges: Iterable[_Edge], called: str) -> tuple[list[tuple[int, Days]], list[tuple[int, str]]]:
    """School years, from a first day of school and the last one that follows it."""
    years: list[tuple[int, Days]] = []
    wrong: list[tuple[int, str]] = []
    begun: _Edge | None = None
    for edge in edges:
        if edge.begins:
            wrong += [(begun.number, "A first day of school without a last one.")] if begun else []
            begun = edge
        elif begun is None:
            wrong.append((edge.number, "A last day of school without a first one."))
        else:
            year = Days(begun.day, edge.day, DayKind.YEAR)
            if (year.last - year.first).days < SHORTEST_YEAR_DAYS:
                wrong.append(
                    (begun.number, f"{begun.said} with {called} {edge.number}, {edge.said}, {_too_short(year)}")
                )
            else:
                years.append((begun.number, year))
            begun = None
    wrong += [(begun.number, "A first day of school without a last one.")] if begun else []
    return years, wrong


def _too_short(year: Days) -> str:
    span = f"from {year.first} to {year.last}"
    return (
        f"would be a school year {span}, which is too short for one. Take out what is no first or last day of a year, "
        "or enter a short year with /levers calendar."
    )
