"""Keeping incoming reviews, a batch at a time: new ones go in, known ones stay, changed ones replace or are refused."""

import datetime
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select, update

from rubric.review import Review
from rubric.school_code import code_key
from storage.schools import check_code
from storage.tables.base import new_id
from storage.tables.reviews import evidence, goals, ratings, reviews, schools


class Kept(StrEnum):
    """What became of an incoming review."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    # Another version of it is stored, and replacing was not asked for: nothing changed.
    CHANGED = "changed"


_Key = tuple[str, datetime.date, str]


def compare_reviews(conn: Connection, workspace: str, incoming: Sequence[Review], *, replace: bool) -> list[Kept]:
    """What `keep_reviews` would do with each of `incoming`; nothing is written."""
    known = _known(conn, workspace, incoming)
    return [_fate(known.get(_key(review)), review.digest, replace) for review in incoming]


def keep_reviews(
    conn: Connection, workspace: str, incoming: Sequence[Review], at: datetime.datetime, *, replace: bool
) -> list[Kept]:
    """Keep `incoming` and say what became of each; no two may have the same school, date and rubric id.

    A school that is not known is made under the code in the review, in the default time zone. New reviews are held.
    With `replace` a changed review takes the place of the stored one, which stays in the history; it too is held
    until it is released. `at` is an aware moment. Raises `SchoolError` for a code that cannot be one.
    """
    known = _known(conn, workspace, incoming)
    school_ids = _schools(conn, workspace, incoming)
    batch = _Batch(workspace, at)
    replaced: list[tuple[str, str]] = []
    kept = []
    for review in incoming:
        stored = known.get(_key(review))
        fate = _fate(stored, review.digest, replace)
        kept.append(fate)
        if fate in (Kept.IMPORTED, Kept.REPLACED):
            review_id = batch.add(review, school_ids[code_key(review.school)])
            if stored is not None:
                replaced.append((stored[0], review_id))
    for old, _ in replaced:
        # Before the new one comes: a school has one current review for a date and rubric.
        conn.execute(update(reviews).where(_is(workspace, old)).values(replaced_at=at))
    batch.write(conn)
    for old, new in replaced:
        conn.execute(update(reviews).where(_is(workspace, old)).values(replaced_by=new))
    return kept


def _is(workspace: str, review_id: str) -> Any:
    return and_(reviews.c.workspace == workspace, reviews.c.id == review_id)


def _key(review: Review) -> _Key:
    return code_key(review.school), review.date, review.rubric_id


def _fate(stored: tuple[str, str] | None, digest: str, replace: bool) -> Kept:
    if stored is None:
        return Kept.IMPORTED
    if stored[1] == digest:
        return Kept.UNCHANGED
    return Kept.REPLACED if replace else Kept.CHANGED


def _known(conn: Connection, workspace: str, incoming: Sequence[Review]) -> dict[_Key, tuple[str, str]]:
    rows = conn.execute(
        select(schools.c.code_key, reviews.c.date, reviews.c.rubric_id, reviews.c.id, reviews.c.digest)
        .join(reviews, and_(reviews.c.workspace == schools.c.workspace, reviews.c.school_id == schools.c.id))
        .where(
            schools.c.workspace == workspace,
            schools.c.code_key.in_({code_key(review.school) for review in incoming}),
            reviews.c.replaced_at.is_(None),
        )
    )
    return {(key, date, rubric_id): (review_id, digest) for key, date, rubric_id, review_id, digest in rows.all()}


def _schools(conn: Connection, workspace: str, incoming: Sequence[Review]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for review in incoming:
        codes.setdefault(code_key(review.school), review.school)
    rows = conn.execute(
        select(schools.c.code_key, schools.c.id).where(
            schools.c.workspace == workspace, schools.c.code_key.in_(list(codes))
        )
    )
    found = {row.code_key: row.id for row in rows}
    new = {key: (new_id(), check_code(code)) for key, code in codes.items() if key not in found}
    if new:
        values = [
            {"workspace": workspace, "id": school_id, "code": code, "code_key": key}
            for key, (school_id, code) in new.items()
        ]
        conn.execute(insert(schools), values)
    return found | {key: school_id for key, (school_id, _) in new.items()}


class _Batch:
    """The rows of several reviews, gathered so that each table is written once."""

    def __init__(self, workspace: str, at: datetime.datetime) -> None:
        self.workspace = workspace
        self.at = at
        self.reviews: list[dict[str, Any]] = []
        self.parts: dict[Table, list[tuple[str | int, ...]]] = {ratings: [], evidence: [], goals: []}

    def add(self, review: Review, school_id: str) -> str:
        workspace, review_id = self.workspace, new_id()
        self.reviews.append(
            {
                "workspace": workspace,
                "id": review_id,
                "school_id": school_id,
                "date": review.date,
                "rubric_id": review.rubric_id,
                "rubric_version": review.rubric_version,
                "label": review.label,
                "digest": review.digest,
                "imported_at": self.at,
            }
        )
        for place, rating in enumerate(review.ratings):
            domain, name = rating.indicator.domain, rating.indicator.name
            self.parts[ratings].append((workspace, review_id, place, domain, name, rating.level, rating.summary))
            for order, said in enumerate(rating.evidence):
                statement = (said.source.value, said.statement, said.audience.value)
                self.parts[evidence].append((workspace, review_id, place, order, *statement))
        self.parts[goals].extend(
            (workspace, review_id, order, goal.text, goal.result.value) for order, goal in enumerate(review.goals)
        )
        return review_id

    def write(self, conn: Connection) -> None:
        if self.reviews:
            conn.execute(insert(reviews), self.reviews)
        for table, rows in self.parts.items():
            if rows:
                _insert_rows(conn, table, rows)


def _insert_rows(conn: Connection, table: Table, rows: Sequence[tuple[str | int, ...]]) -> None:
    """Insert `rows`, whose values stand in the order of the table's columns and need no conversion.

    They go to the driver as they are: for the hundred thousand ratings of a district's history, turning each row into
    named parameters and back would take longer than the database does.
    """
    names = [column.name for column in table.columns]
    compiled = insert(table).compile(dialect=conn.dialect, column_keys=names)
    if compiled.positional:
        conn.exec_driver_sql(str(compiled), list(rows))
    else:
        conn.exec_driver_sql(str(compiled), [dict(zip(names, row, strict=True)) for row in rows])
