"""The wide form: one row a review, its columns explained by a mapping."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rubric.dates import DateError, read_date
from rubric.mapping import MappingEntry
from rubric.reading import NO_ENTRY, RATES_NOTHING, Found, Outcome, Problem, Refused, Skipped
from rubric.review import Rating, Review
from rubric.rows import Cell, Table
from rubric.rubric import IndicatorId
from rubric.school_code import code_fault


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mapping entry with the places of its columns in this file; `ratings` are in rubric order."""

    entry: MappingEntry
    only: tuple[tuple[int, frozenset[str]], ...]
    school: int
    date: int
    label: int | None
    ratings: tuple[tuple[int, str, IndicatorId, Mapping[str, Rating]], ...]

    def speaks_for(self, row: Sequence[Cell]) -> bool:
        return all(str(row[place]).strip() in values for place, values in self.only)


def read_wide(table: Table, entries: Sequence[MappingEntry]) -> Iterator[Outcome]:
    """The reviews in `table`, one row each, read as they are asked for.

    Raises `MissingColumnError` when a column that an entry names is not there.
    """
    placed = [_placed(entry, table) for entry in entries]
    width = len(table.header)
    for number, cells in table.rows:
        row = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
        speaking = [one for one in placed if one.speaks_for(row)]
        if len(speaking) == 1:
            yield _read_row(number, row, width, speaking[0])
        elif speaking:
            lines = " and ".join(str(one.entry.line) for one in speaking)
            why = f"The mapping entries on lines {lines} all speak for this row; let `only` tell them apart."
            one = speaking[0]
            problem = Problem(number, "", str(row[one.school]), "one mapping entry for a row", why)
            yield Refused(number, str(row[one.school]), "", "", (problem,))
        else:
            school = next((str(row[one.school]).strip() for one in placed), "")
            yield Skipped(number, school, "", "", NO_ENTRY)


def _placed(entry: MappingEntry, table: Table) -> _Placed:
    places = table.places_of(entry.columns)
    in_order = sorted(entry.indicators, key=lambda pair: entry.rubric.order_of(pair[1]))
    return _Placed(
        entry,
        tuple((places[column], values) for column, values in entry.only),
        places[entry.school],
        places[entry.date],
        places[entry.label] if entry.label else None,
        # One rating serves every row that says the same: a file has many rows and few levels.
        tuple(
            (
                places[column],
                column,
                indicator,
                {code: Rating(indicator, level) for code, level in entry.levels.items()},
            )
            for column, indicator in in_order
        ),
    )


def _read_row(number: int, row: Sequence[Cell], width: int, placed: _Placed) -> Outcome:
    entry = placed.entry
    school = str(row[placed.school]).strip()
    problems: list[Problem] = []
    fault = code_fault(school)
    if fault:
        problems.append(Problem(number, entry.school, school, fault))
    extra = [cell for cell in row[width:] if str(cell).strip()]
    if extra:
        problems.append(Problem(number, "", f"{len(row)} cells", f"{width}, as many as the header row has"))
    date: datetime.date | None = None
    try:
        date = read_date(row[placed.date], entry.date_format)
    except DateError as error:
        problems.append(Problem(number, entry.date, str(row[placed.date]).strip(), str(error)))
    ratings = []
    for place, column, _, by_code in placed.ratings:
        cell = row[place]
        code = str(cell).strip().casefold()
        rating = by_code.get(code)
        if rating is not None:
            ratings.append(rating)
        elif code and code not in entry.not_rated:
            problems.append(Problem(number, column, str(cell).strip(), _expected(entry)))
    told = date.isoformat() if date else str(row[placed.date]).strip()
    if problems:
        return Refused(number, school, told, entry.rubric.key, tuple(problems))
    if not ratings or date is None:
        return Skipped(number, school, told, entry.rubric.key, RATES_NOTHING)
    label = str(row[placed.label]).strip() if placed.label is not None else ""
    return Found(number, Review(school, date, entry.rubric.key, label, tuple(ratings)))


def _expected(entry: MappingEntry) -> str:
    return f"one of {', '.join(entry.codes)}, or nothing where it is not rated"
