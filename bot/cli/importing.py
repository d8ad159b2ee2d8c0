"""Bringing a review file into the database: one line a review or skipped row, in the order of the file."""

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.cli.files import read_text
from rubric.long import read_long
from rubric.mapping import read_mapping
from rubric.reading import Found, Outcome, Refused, Skipped, checked_once
from rubric.rows import read_table
from rubric.wide import read_wide
from storage.database import Database
from storage.intake import Kept, compare_reviews, keep_reviews
from storage.rubrics import known_rubrics

# Many enough that the transactions cost little, few enough that the bot never waits long for the database.
_BATCH = 400
_CHANGED = (
    "Another version of this review is stored. With --replace this one takes its place, "
    "and the stored one stays in the history."
)


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What became of a review or a row. `outcome` is imported, unchanged, replaced, refused or skipped.

    `review_date` is in ISO form where it could be read; `column`, `found` and `expected` are those of the first
    problem, `reason` is all of them, one a line.
    """

    outcome: str
    school: str
    review_date: str
    rubric: str
    row: int
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    reason: str | None = None
    warning: str | None = None
    ratings: int = 0


@dataclass(frozen=True, slots=True)
class ImportRun:
    """An import under way: `notes` on how the file is read, and `lines`, whose reading does the work."""

    notes: tuple[str, ...]
    lines: Iterator[ImportLine]


def _unwatched(rows: Iterable[Any], _size: int | None) -> Iterable[Any]:
    return rows


def import_file(
    database: Database,
    workspace: str,
    path: Path,
    at: datetime.datetime,
    *,
    mapping: Path | None = None,
    replace: bool = False,
    dry_run: bool = False,
    watch: Callable[[Iterable[Any], int | None], Iterable[Any]] = _unwatched,
) -> ImportRun:
    """Import the reviews in the file at `path`: in the wide form with a `mapping`, in the long form without.

    Batches are kept as they are read, each review whole; `dry_run` says what would happen and writes nothing. `at` is
    an aware moment; `watch` wraps the rows and their number, to show how far the reading is. Raises `LeversError`
    for a file, a mapping or columns that cannot be read.
    """
    with database.read() as conn:
        rubrics = known_rubrics(conn, workspace)
    entries = read_mapping(read_text(mapping), mapping.name, rubrics) if mapping else None
    table = read_table(path)
    notes = table.notes
    watched = dataclasses.replace(table, rows=iter(watch(table.rows, table.size)))
    if entries is not None:
        outcomes = read_wide(watched, entries)
    else:
        outcomes, more = read_long(watched, rubrics)
        notes += more
    checked = checked_once(outcomes)

    def keep(batch: Sequence[Outcome]) -> Iterator[ImportLine]:
        reviews = [one.review for one in batch if isinstance(one, Found)]
        if dry_run:
            with database.read() as conn:
                kept = compare_reviews(conn, workspace, reviews, replace=replace)
        else:
            with database.write() as conn:
                kept = keep_reviews(conn, workspace, reviews, at, replace=replace)
        fates = iter(kept)
        for one in batch:
            yield _found(one, next(fates)) if isinstance(one, Found) else _left_out(one)

    def lines() -> Iterator[ImportLine]:
        while batch := list(islice(checked, _BATCH)):
            yield from keep(batch)

    return ImportRun(notes, lines())


def _found(one: Found, kept: Kept) -> ImportLine:
    review = one.review
    place = (review.school, review.date.isoformat(), review.rubric, one.row)
    if kept is Kept.CHANGED:
        return ImportLine("refused", *place, reason=f"row {one.row}: {_CHANGED}")
    return ImportLine(kept.value, *place, warning="\n".join(one.warnings) or None, ratings=len(review.ratings))


def _left_out(one: Refused | Skipped) -> ImportLine:
    if isinstance(one, Skipped):
        return ImportLine("skipped", one.school, one.date, one.rubric, one.row, reason=one.reason)
    first = one.problems[0]
    reason = "\n".join(str(problem) for problem in one.problems)
    return ImportLine(
        "refused",
        one.school,
        one.date,
        one.rubric,
        first.row,
        first.column or None,
        first.found,
        first.expected,
        reason,
    )
