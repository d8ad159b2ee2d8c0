"""Stored reviews: the current ones of a school, what they say, and their release to the team."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, update

from rubric.errors import LeversError
from rubric.review import Audience, Evidence, Goal, GoalResult, Rating, Review, Source
from rubric.rubric import IndicatorId
from storage.schools import School, list_schools
from storage.tables.reviews import evidence, goals, ratings, reviews, schools


class UnknownReviewError(LeversError):
    """A review that is not in the workspace."""

    def __init__(self, review_id: str) -> None:
        super().__init__(f"No review here has the id {review_id}.")


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review with its random id. Until it is released, only its reviewers and leaders may see it."""

    id: str
    school_id: str
    review: Review
    released: bool
    replaced: bool


@dataclass(frozen=True, slots=True)
class ReviewHeading:
    """A current review without what it says; `rubric` is the rubric's key."""

    id: str
    date: datetime.date
    rubric: str
    label: str
    released: bool


@dataclass(frozen=True, slots=True)
class LatestReview:
    """A school, its latest review, and each indicator's level in the latest earlier review that rated it."""

    school: School
    stored: StoredReview
    earlier: Mapping[IndicatorId, str]


_NEWEST_FIRST = (reviews.c.date.desc(), reviews.c.imported_at.desc(), reviews.c.id)
_CURRENT = reviews.c.replaced_at.is_(None)


def load_review(conn: Connection, workspace: str, review_id: str) -> StoredReview:
    """The review with that id, also one that was replaced since; raises `UnknownReviewError`."""
    found = _stored(conn, workspace, _reviews(workspace).where(reviews.c.id == review_id))
    if not found:
        raise UnknownReviewError(review_id)
    return found[0]


def latest_review(
    conn: Connection, workspace: str, school_id: str, *, released_only: bool = False
) -> StoredReview | None:
    """The school's newest current review by date, held ones included unless `released_only`; None without any."""
    query = _reviews(workspace).where(reviews.c.school_id == school_id, _CURRENT)
    if released_only:
        query = query.where(reviews.c.released_at.is_not(None))
    found = _stored(conn, workspace, query.order_by(*_NEWEST_FIRST).limit(1))
    return found[0] if found else None


def reviews_of(conn: Connection, workspace: str, school_id: str) -> tuple[ReviewHeading, ...]:
    """The school's current reviews, newest first."""
    columns = (
        reviews.c.id,
        reviews.c.date,
        reviews.c.rubric_id,
        reviews.c.rubric_version,
        reviews.c.label,
        reviews.c.released_at,
    )
    rows = conn.execute(
        select(*columns)
        .where(reviews.c.workspace == workspace, reviews.c.school_id == school_id, _CURRENT)
        .order_by(*_NEWEST_FIRST)
    )
    return tuple(
        ReviewHeading(row.id, row.date, f"{row.rubric_id}@{row.rubric_version}", row.label, row.released_at is not None)
        for row in rows
    )


def earlier_levels(
    conn: Connection, workspace: str, review_id: str, *, released_only: bool = True
) -> dict[IndicatorId, str]:
    """Each indicator's level in the school's latest earlier review, under the same rubric version, that rated it.

    Held reviews are left out unless `released_only` is False: a level said to a team must not come from one.
    """
    found = _earlier(conn, workspace, reviews.c.id == review_id, released_only)
    return found.get(review_id, {})


def latest_reviews(conn: Connection, workspace: str) -> tuple[LatestReview, ...]:
    """Every school's newest current review, held ones included, by school code; schools without a review are left out.

    The number of queries does not depend on the number of schools.
    """
    place = func.row_number().over(partition_by=reviews.c.school_id, order_by=_NEWEST_FIRST).label("place")
    placed = select(reviews.c.id, place).where(reviews.c.workspace == workspace, _CURRENT).subquery()
    # A list of ids would have no upper limit, so each query picks the newest ones by itself.
    is_newest = reviews.c.id.in_(select(placed.c.id).where(placed.c.place == 1))
    school_of = {school.id: school for school in list_schools(conn, workspace)}
    stored = _stored(conn, workspace, _reviews(workspace).where(is_newest).order_by(schools.c.code_key))
    earlier = _earlier(conn, workspace, is_newest, released_only=False)
    return tuple(LatestReview(school_of[one.school_id], one, earlier.get(one.id, {})) for one in stored)


def release(conn: Connection, workspace: str, review_id: str, by: str, at: datetime.datetime) -> bool:
    """Let the team see the review; `by` is who decided it, `at` an aware moment. False when it was released already.

    Raises `UnknownReviewError`.
    """
    this = and_(reviews.c.workspace == workspace, reviews.c.id == review_id)
    changed = conn.execute(
        update(reviews).where(this, reviews.c.released_at.is_(None)).values(released_at=at, released_by=by)
    )
    if changed.rowcount:
        return True
    if conn.scalar(select(reviews.c.id).where(this)) is None:
        raise UnknownReviewError(review_id)
    return False


def _reviews(workspace: str) -> Select[Any]:
    return (
        select(
            reviews.c.id,
            reviews.c.school_id,
            schools.c.code,
            reviews.c.date,
            reviews.c.rubric_id,
            reviews.c.rubric_version,
            reviews.c.label,
            reviews.c.released_at,
            reviews.c.replaced_at,
        )
        .join(schools, and_(schools.c.workspace == reviews.c.workspace, schools.c.id == reviews.c.school_id))
        .where(reviews.c.workspace == workspace)
    )


def _stored(conn: Connection, workspace: str, query: Select[Any]) -> list[StoredReview]:
    rows = conn.execute(query).all()
    wanted = select(query.subquery().c.id)
    said = _evidence(conn, workspace, wanted)
    rated = _ratings(conn, workspace, wanted, said)
    aims = _goals(conn, workspace, wanted)
    return [
        StoredReview(
            row.id,
            row.school_id,
            Review(
                row.code,
                row.date,
                f"{row.rubric_id}@{row.rubric_version}",
                row.label,
                tuple(rated[row.id]),
                tuple(aims[row.id]),
            ),
            row.released_at is not None,
            row.replaced_at is not None,
        )
        for row in rows
    ]


def _evidence(conn: Connection, workspace: str, wanted: Select[Any]) -> Mapping[tuple[str, int], Sequence[Evidence]]:
    found: defaultdict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for row in _parts(conn, workspace, evidence, wanted):
        found[row.review_id, row.rating].append(Evidence(Source(row.source), row.statement, Audience(row.audience)))
    return found


def _ratings(
    conn: Connection, workspace: str, wanted: Select[Any], said: Mapping[tuple[str, int], Sequence[Evidence]]
) -> Mapping[str, list[Rating]]:
    found: defaultdict[str, list[Rating]] = defaultdict(list)
    for row in _parts(conn, workspace, ratings, wanted):
        statements = tuple(said.get((row.review_id, row.position), ()))
        found[row.review_id].append(Rating(IndicatorId(row.domain, row.indicator), row.level, row.summary, statements))
    return found


def _goals(conn: Connection, workspace: str, wanted: Select[Any]) -> Mapping[str, list[Goal]]:
    found: defaultdict[str, list[Goal]] = defaultdict(list)
    for row in _parts(conn, workspace, goals, wanted):
        found[row.review_id].append(Goal(row.text, GoalResult(row.result)))
    return found


def _parts(conn: Connection, workspace: str, table: Any, wanted: Select[Any]) -> Iterable[Row[Any]]:
    return conn.execute(
        select(table)
        .where(table.c.workspace == workspace, table.c.review_id.in_(wanted))
        .order_by(*table.primary_key.columns)
    )


def _earlier(
    conn: Connection, workspace: str, which: ColumnElement[bool], released_only: bool
) -> dict[str, dict[IndicatorId, str]]:
    then = reviews.alias("earlier")
    query = (
        select(reviews.c.id, ratings.c.domain, ratings.c.indicator, ratings.c.level)
        .join(
            then,
            and_(
                then.c.workspace == reviews.c.workspace,
                then.c.school_id == reviews.c.school_id,
                then.c.rubric_id == reviews.c.rubric_id,
                then.c.rubric_version == reviews.c.rubric_version,
                then.c.date < reviews.c.date,
                then.c.replaced_at.is_(None),
            ),
        )
        .join(ratings, and_(ratings.c.workspace == then.c.workspace, ratings.c.review_id == then.c.id))
        .where(reviews.c.workspace == workspace, which)
        .order_by(then.c.date)
    )
    if released_only:
        query = query.where(then.c.released_at.is_not(None))
    found: dict[str, dict[IndicatorId, str]] = {}
    for review_id, domain, indicator, level in conn.execute(query):
        # The oldest comes first, so that the latest earlier level is the one that stays.
        found.setdefault(review_id, {})[IndicatorId(domain, indicator)] = level
    return found
