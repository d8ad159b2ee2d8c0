"""The rows of a calendar in a table: a CSV file or a workbook."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from planning.calendar import SchoolCalendar
from planning.calendar_rows import Row
from rubric.rows import Cell, MissingColumnError, Table, read_table

COLUMNS = {
    "first": ("first", "start", "start date", "from", "date"),
    "last": ("last", "end", "end date", "to", "until"),
    "name": ("name", "summary", "event", "title", "subject"),
    "kind": ("kind", "category", "categories", "type"),
}
CENTURY = 2000
"""Of a year of two digits."""


def rows_of(path: Path, calendar: SchoolCalendar) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of the table at `path`, whose dates are written as at `calendar`, and sentences about how it was read.

    Raises LeversError for what is no table, and for one without the columns that are needed.
    """
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
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", said) if country == "US" else None
    try:
        if american:
            month, day, year = map(int, american.groups())
            return date(year if year > 99 else CENTURY + year, month, day)
        return date.fromisoformat(said)
    except ValueError:
        raise ValueError(f"“{said[:40]}” is no date; write it like 2026-11-25.") from None
