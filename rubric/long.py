"""The long form: one row an indicator, several rows a review, columns with fixed names."""

from collections.abc import Iterator, Mapping, Sequence

from rubric.gathering import Gathered
from rubric.long_row import COLUMNS, NEEDED, Key, LongRow, RowReader
from rubric.reading import RATES_NOTHING, Found, Outcome, Problem, Refused, Skipped
from rubric.rows import Cell, Table
from rubric.rubric import Rubric
from rubric.school_code import code_key


def read_long(table: Table, rubrics: Mapping[str, Rubric]) -> tuple[Iterator[Outcome], tuple[str, ...]]:
    """The reviews in `table`, in the order of their first rows, and notes about columns that are not known.

    Rows of one review may stand anywhere in the file, so the whole file is read before the first review comes.
    Raises `MissingColumnError` when a column that is needed is not there.
    """
    table.places_of(NEEDED)
    places = {name: place for name in COLUMNS if (place := table.place_of(name)) is not None}
    strange = [name for place, name in enumerate(table.header) if name and place not in places.values()]
    notes = tuple(
        f"{table.source_name}, row 1: the column {name} is not known and was left out; known are {', '.join(COLUMNS)}."
        for name in strange
    )
    return _outcomes(table.rows, len(table.header), RowReader(places, rubrics)), notes


def _outcomes(rows: Iterator[tuple[int, Sequence[Cell]]], width: int, reader: RowReader) -> Iterator[Outcome]:
    reviews: dict[Key, Gathered] = {}
    stray: list[tuple[LongRow, Gathered | None]] = []
    before: Gathered | None = None
    outcomes: list[Outcome] = []
    for number, cells in rows:
        row = reader.read(number, [*cells, *[""] * (width - len(cells))], width)
        if row is None:
            continue
        if isinstance(row, Skipped):
            outcomes.append(row)
            continue
        if row.key is None or row.rubric is None:
            stray.append((row, before))
            continue
        before = reviews.setdefault(row.key, Gathered(row, row.rubric))
        before.add(row)
    for row, neighbour in stray:
        hit = _reviews_of_stray(row, neighbour, reviews)
        for gathered in hit:
            gathered.problems.extend(row.problems)
        if not hit:
            outcomes.append(Refused(row.number, row.school, row.date_text, row.rubric_text, row.problems))
    outcomes.extend(_outcome(gathered) for gathered in reviews.values())
    yield from sorted(outcomes, key=lambda outcome: outcome.row)


def _reviews_of_stray(
    row: LongRow, neighbour: Gathered | None, reviews: Mapping[Key, Gathered]
) -> tuple[Gathered, ...]:
    """The reviews that a row may belong to whose own key cannot be read.

    Each of them may lack what the row says, and a review is all or nothing. With a school, it is any of the school's
    reviews that what else can be read does not rule out; without one, it is the review of the row before.
    """
    if row.school:
        key = code_key(row.school)
        return tuple(gathered for (school, *_), gathered in reviews.items() if school == key and _fits(row, gathered))
    return (neighbour,) if neighbour is not None and _fits(row, neighbour) else ()


def _fits(row: LongRow, gathered: Gathered) -> bool:
    return (row.date is None or row.date == gathered.date) and (
        row.rubric is None or row.rubric.id == gathered.rubric.id
    )


def _outcome(gathered: Gathered) -> Outcome:
    review = gathered.review()
    date = gathered.date.isoformat()
    if gathered.problems:
        problems: tuple[Problem, ...] = tuple(sorted(gathered.problems, key=lambda problem: problem.row))
        return Refused(gathered.row, gathered.school, date, gathered.rubric.key, problems)
    if not review.ratings:
        return Skipped(gathered.row, gathered.school, date, gathered.rubric.key, RATES_NOTHING)
    return Found(gathered.row, review, tuple(gathered.warnings))
