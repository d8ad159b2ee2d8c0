"""Stored reviews: the current ones of a school, what they say, and their release to the team."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, and_, bindparam, func, or_, select, update

from rubric.errors import LeversError
from rubric.review import Audience, Evidence, Goal, GoalResult, Rating, Review, Source
from rubric.rubric import IndicatorId
from storage.lasting import Lasting
from storage.schools import School, list_schools
from storage.statements import as_lists
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


_REVIEWS = (
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
    .where(reviews.c.workspace == bindparam("workspace"))
)
_BY_ID = _REVIEWS.where(reviews.c.id == bindparam("review"))
_LATEST = _REVIEWS.where(reviews.c.school_id == bindparam("school"), _CURRENT).order_by(*_NEWEST_FIRST).limit(1)
_LATEST_RELEASED = _LATEST.where(reviews.c.released_at.is_not(None))

InTime = tuple[StoredReview, Mapping[IndicatorId, str]]
"""A review, and each indicator's level in the latest earlier review that rated it."""
Contents = tuple[tuple[Rating, ...], tuple[Goal, ...]]
_KNOWN: Lasting[tuple[str, str], Contents] = Lasting(100)
"""What reviews say, by workspace and id: a review that is corrected is a new one, with an id of its own."""


def load_review(conn: Connection, workspace: str, review_id: str) -> StoredReview:
    """The review with that id, also one that was replaced since; raises `UnknownReviewError`."""
    found = _stored(conn, _BY_ID, {"workspace": workspace, "review": review_id})
    if not found:
        raise UnknownReviewError(review_id)
    return found[0]


def rubric_of(conn: Connection, workspace: str, review_id: str) -> str:
    """The key of the rubric that the review with that id speaks; raises `UnknownReviewError`."""
    row = conn.execute(_BY_ID, {"workspace": workspace, "review": review_id}).one_or_none()
    if row is None:
        raise UnknownReviewError(review_id)
    return f"{row.rubric_id}@{row.rubric_version}"


def latest_review(
    conn: Connection, workspace: str, school_id: str, *, released_only: bool = False
) -> StoredReview | None:
    """The school's newest current review by date, held ones included unless `released_only`; None without any."""
    query = _LATEST_RELEASED if released_only else _LATEST
    found = _stored(conn, query, {"workspace": workspace, "school": school_id})
    return found[0] if found else None


def load_with_earlier(conn: Connection, workspace: str, review_id: str) -> InTime:
    """The review with that id, and each indicator's level before it; raises `UnknownReviewError`."""
    found = _in_time(conn, _BY_ID, {"workspace": workspace, "review": review_id})
    if found is None:
        raise UnknownReviewError(review_id)
    return found


def latest_with_earlier(conn: Connection, workspace: str, school_id: str, *, released_only: bool) -> InTime | None:
    """The school's newest current review, as `latest_review` finds it, and each indicator's level before it."""
    query = _LATEST_RELEASED if released_only else _LATEST
    return _in_time(conn, query, {"workspace": workspace, "school": school_id})


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
    asked = {"workspace": workspace, "review": review_id}
    found = _earlier(conn, _EARLIER_THAN_ONE, asked, released_only=released_only)
    return found.get(review_id, {})


def latest_reviews(conn: Connection, workspace: str) -> tuple[LatestReview, ...]:
    """Every school's newest current review, held ones included, by school code; schools without a review are left out.

    The number of queries does not depend on the number of schools.
    """
    school_of = {school.id: school for school in list_schools(conn, workspace)}
    stored = _stored(conn, _NEWEST, {"workspace": workspace})
    earlier = _earlier(conn, _EARLIER_THAN_NEWEST, {"workspace": workspace}, released_only=False)
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


def _stored(conn: Connection, query: Select[Any], asked: Mapping[str, str]) -> list[StoredReview]:
    """The reviews that `query` finds with the values `asked`, with all that they say."""
    rows = conn.execute(query, asked).all()
    if len(rows) == 1:
        return [_review(rows[0], _content(conn, asked["workspace"], rows[0].id))]
    contents = _contents(conn, query, asked)
    return [_review(row, contents[row.id]) for row in rows]


def _review(row: Row[Any], said: Contents) -> StoredReview:
    return StoredReview(
        row.id,
        row.school_id,
        Review(row.code, row.date, f"{row.rubric_id}@{row.rubric_version}", row.label, *said),
        row.released_at is not None,
        row.replaced_at is not None,
    )


def _in_time(conn: Connection, query: Select[Any], asked: Mapping[str, str]) -> InTime | None:
    """The one review that `query` finds, and each indicator's level in the latest earlier one that rated it.

    Held reviews are left out where this one is released: a level said to a team must not come from one.
    """
    row = conn.execute(_with_earlier(query, conn.dialect.name), asked).one_or_none()
    if row is None:
        return None
    levels = {IndicatorId(domain, name): level for _date, domain, name, level in sorted(row.earlier or ())}
    return _review(row, _content(conn, asked["workspace"], row.id)), levels


def _content(conn: Connection, workspace: str, review_id: str) -> Contents:
    """What one review says."""
    asked = {"workspace": workspace, "review": review_id}
    return _KNOWN.get((workspace, review_id), lambda: _contents(conn, _BY_ID, asked)[review_id])


def _contents(conn: Connection, query: Select[Any], asked: Mapping[str, str]) -> Mapping[str, Contents]:
    """What the reviews that `query` finds with the values `asked` say, by their ids."""
    said: defaultdict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for row in conn.execute(_parts(evidence, query), asked):
        said[row.review_id, row.rating].append(Evidence(Source(row.source), row.statement, Audience(row.audience)))
    rated: defaultdict[str, list[Rating]] = defaultdict(list)
    for row in conn.execute(_parts(ratings, query), asked):
        statements = tuple(said.get((row.review_id, row.position), ()))
        rated[row.review_id].append(Rating(IndicatorId(row.domain, row.indicator), row.level, row.summary, statements))
    aims: defaultdict[str, list[Goal]] = defaultdict(list)
    for row in conn.execute(_parts(goals, query), asked):
        aims[row.review_id].append(Goal(row.text, GoalResult(row.result)))
    return defaultdict(lambda: ((), ()), {id: (tuple(rated[id]), tuple(aims[id])) for id in rated.keys() | aims.keys()})


@cache
def _parts(table: Table, query: Select[Any]) -> Select[Any]:
    of_them = table.c.review_id.in_(select(query.subquery().c.id))
    mine = table.c.workspace == bindparam("workspace")
    return select(table).where(mine, of_them).order_by(*table.primary_key.columns)


_THEN = reviews.alias("earlier")
_BEFORE = and_(
    _THEN.c.workspace == reviews.c.workspace,
    _THEN.c.school_id == reviews.c.school_id,
    _THEN.c.rubric_id == reviews.c.rubric_id,
    _THEN.c.rubric_version == reviews.c.rubric_version,
    _THEN.c.date < reviews.c.date,
    _THEN.c.replaced_at.is_(None),
)
_EARLIER = (
    select(reviews.c.id, ratings.c.domain, ratings.c.indicator, ratings.c.level)
    .join(_THEN, _BEFORE)
    .join(ratings, and_(ratings.c.workspace == _THEN.c.workspace, ratings.c.review_id == _THEN.c.id))
    .where(reviews.c.workspace == bindparam("workspace"))
    .order_by(_THEN.c.date)
)


@cache
def _with_earlier(query: Select[Any], dialect: str) -> Select[Any]:
    levels = (
        select(as_lists(dialect, _THEN.c.date, ratings.c.domain, ratings.c.indicator, ratings.c.level))
        .join_from(_THEN, ratings, and_(ratings.c.workspace == _THEN.c.workspace, ratings.c.review_id == _THEN.c.id))
        .where(_BEFORE, or_(_THEN.c.released_at.is_not(None), reviews.c.released_at.is_(None)))
        .correlate(reviews)
    )
    return query.add_columns(levels.scalar_subquery().label("earlier"))


_EARLIER_THAN_ONE = _EARLIER.where(reviews.c.id == bindparam("review"))


def _earlier(
    conn: Connection, query: Select[Any], asked: Mapping[str, str], *, released_only: bool
) -> dict[str, dict[IndicatorId, str]]:
    found: dict[str, dict[IndicatorId, str]] = {}
    for review_id, domain, indicator, level in conn.execute(_released_then(query) if released_only else query, asked):
        # The oldest comes first, so that the latest earlier level is the one that stays.
        found.setdefault(review_id, {})[IndicatorId(domain, indicator)] = level
    return found


@cache
def _released_then(query: Select[Any]) -> Select[Any]:
    return query.where(_THEN.c.released_at.is_not(None))


_PLACE = func.row_number().over(partition_by=reviews.c.school_id, order_by=_NEWEST_FIRST).label("place")
_PLACED = select(reviews.c.id, _PLACE).where(reviews.c.workspace == bindparam("workspace"), _CURRENT).subquery()
# A list of ids would have no upper limit, so each query picks the newest ones by itself.
_IS_NEWEST = reviews.c.id.in_(select(_PLACED.c.id).where(_PLACED.c.place == 1))
_NEWEST = _REVIEWS.where(_IS_NEWEST).order_by(schools.c.code_key)
_EARLIER_THAN_NEWEST = _EARLIER.where(_IS_NEWEST)
