"""The reviews and priorities of many schools at once, within a scope that is required."""

from sqlalchemy import ColumnElement, and_, func, select

from planning.across import Chosen, Rated, Visit
from planning.scope import Scope
from rubric.rubric import IndicatorId
from storage.tables.plans import plans, priorities
from storage.tables.reviews import ratings, reviews, schools
from storage.tables.sessions import sessions
from storage.view import View

# Neither stands in a name: YAML has no place for control characters (YAML 1.2.2, 5.1).
_WITHIN, _BETWEEN = "\x1f", "\x1e"


def networks(view: View, scope: Scope) -> tuple[str, ...]:
    """The networks of the schools in `scope`, by name."""
    query = select(schools.c.network).where(_inside(view, scope, None), schools.c.network != "").distinct()
    return tuple(view.conn.scalars(query.order_by(schools.c.network)))


def visits(view: View, scope: Scope, network: str | None = None, *, held: bool = False) -> list[Visit]:
    """Every current review of the schools in `scope`, of one network or all, by school and date, in one query.

    Those that are not released count only where `held` says so.
    """
    # A row a review: a row a rating takes three times as long to fetch.
    one = ratings.c.domain + _WITHIN + ratings.c.indicator + _WITHIN + ratings.c.level
    query = (
        select(
            reviews.c.school_id,
            reviews.c.date,
            reviews.c.rubric_id,
            reviews.c.rubric_version,
            func.aggregate_strings(one, _BETWEEN).label("rated"),
        )
        .join(schools, and_(schools.c.workspace == reviews.c.workspace, schools.c.id == reviews.c.school_id))
        .join(ratings, and_(ratings.c.workspace == reviews.c.workspace, ratings.c.review_id == reviews.c.id))
        .where(_inside(view, scope, network), reviews.c.replaced_at.is_(None))
        .group_by(
            reviews.c.workspace,
            reviews.c.id,
            reviews.c.school_id,
            reviews.c.date,
            reviews.c.rubric_id,
            reviews.c.rubric_version,
        )
        .order_by(reviews.c.school_id, reviews.c.date, reviews.c.rubric_id)
    )
    if not held:
        query = query.where(reviews.c.released_at.is_not(None))
    read = _Reader()
    return [
        Visit(row.school_id, row.date, f"{row.rubric_id}@{row.rubric_version}", read.ratings(row.rated))
        for row in view.conn.execute(query)
    ]


def chosen(view: View, scope: Scope, network: str | None = None) -> list[Chosen]:
    """Every priority of every plan that a school in `scope` has committed, live or ended, in one query."""
    query = (
        select(
            plans.c.school_id,
            reviews.c.date,
            reviews.c.rubric_id,
            reviews.c.rubric_version,
            priorities.c.domain,
            priorities.c.indicator,
            priorities.c.level,
        )
        .join(schools, and_(schools.c.workspace == plans.c.workspace, schools.c.id == plans.c.school_id))
        .join(sessions, and_(sessions.c.workspace == plans.c.workspace, sessions.c.id == plans.c.session_id))
        .join(reviews, and_(reviews.c.workspace == plans.c.workspace, reviews.c.id == sessions.c.review_id))
        .join(priorities, and_(priorities.c.workspace == plans.c.workspace, priorities.c.session_id == sessions.c.id))
        .where(_inside(view, scope, network))
    )
    return [
        Chosen(
            row.school_id,
            row.date,
            f"{row.rubric_id}@{row.rubric_version}",
            IndicatorId(row.domain, row.indicator),
            row.level,
        )
        for row in view.conn.execute(query)
    ]


def _inside(view: View, scope: Scope, network: str | None) -> ColumnElement[bool]:
    found = [schools.c.workspace == view.workspace, schools.c.id.in_(scope.schools)]
    if network is not None:
        found.append(schools.c.network == network)
    return and_(*found)


class _Reader:
    """Reads packed ratings; the same rating is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Rated] = {}

    def ratings(self, packed: str) -> tuple[Rated, ...]:
        return tuple([self._known.get(one) or self._read(one) for one in packed.split(_BETWEEN)])

    def _read(self, packed: str) -> Rated:
        domain, name, level = packed.split(_WITHIN)
        return self._known.setdefault(packed, (IndicatorId(domain, name), level))
