"""A reviewer's portfolio: the schools they reviewed here, and those shown to them from elsewhere, read live.

One query finds the schools of a page, in their order; what is said of them is read for these alone.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union, union_all

from planning.people import Role
from planning.portfolio import Asked, Order, Page, PlanHere, Row
from planning.scope import Scope
from rubric.rubric import IndicatorId, called
from storage.people import People
from storage.portfolio_details import Details, Today, late, open_still
from storage.tables.grants import grants, portfolio_codes
from storage.tables.people import roles
from storage.tables.plans import actions, plans
from storage.tables.reviews import reviews, schools
from storage.view import View


class Portfolios:
    """The portfolios of one workspace's people."""

    def __init__(self, view: View) -> None:
        self._view = view

    def networks(self, person: str, today: date) -> Sequence[str]:
        """The networks of the schools in the portfolio of `person`, by name."""
        named = (mine.where(schools.c.network != "") for mine in self._mine(person, today, [schools.c.network]))
        return tuple(sorted(set(self._view.conn.scalars(union(*named)))))

    def page(self, asked: Asked, now: datetime) -> Page:
        """The rows that are `asked` for, as they stand at the UTC moment `now`."""
        today = self._today(now)
        rows = self._view.conn.execute(self._query(asked, today)).all()
        zones = {(row.workspace, row.id): row.time_zone or self._view.default_zone for row in rows}
        read = Details(
            self._view.conn, tuple(zones), [(row.workspace, row.session_id) for row in rows if row.session_id]
        )
        reviewed, standing, chosen = read.reviewed(), read.standing(today), read.priorities()
        calendars, met, said = read.calendars(zones), read.session_days(), read.comments()
        scope = People(self._view).scope(asked.person) if said else Scope()

        def plan(row: Any) -> PlanHere | None:
            at = (row.workspace, row.session_id)
            if row.session_id is None:
                return None
            stands = standing.get(at)
            viewer = scope.viewers.get(row.id) if row.workspace == self._view.workspace else None
            return PlanHere(
                row.committed_at,
                tuple(called([IndicatorId(one.domain, one.indicator) for one in chosen.get(at, ())])),
                sum(one.in_place_at is not None for one in chosen.get(at, ())),
                stands.counts if stands else {},
                stands.overdue if stands else 0,
                (stands.last_update if stands else None) or row.committed_at,
                met.get((row.workspace, row.id)),
                next((one for one in said.get(at, ()) if viewer and viewer.sees_comment(one.person)), None),
            )

        found = []
        for row in rows:
            at = (row.workspace, row.id)
            newest, released = reviewed.get(at, (None, None))
            seen = released if row.shared else newest
            name = row.name or row.code
            found.append(Row(row.code, name, row.network, bool(row.shared), seen, plan(row), calendars[at]))
        return Page(tuple(found), rows[0].total if rows else 0)

    def _mine(self, person: str, today: date, columns: Sequence[ColumnElement[Any]]) -> Sequence[Select[Any]]:
        """`columns` of the schools that `person` reviewed here, and of those that are shown to them.

        Two queries, each over tables of which the database knows how much is in them: of a union it would have to
        guess, and it guesses badly.
        """
        home, here = self._view.workspace, (roles.c.workspace == schools.c.workspace, roles.c.school_id == schools.c.id)
        theirs = (roles.c.person == person, roles.c.role == Role.REVIEWER.value, roles.c.workspace == home)
        own = select(*columns, literal(0).label("shared")).select_from(roles).join(schools, and_(*here)).where(*theirs)
        shown = (
            select(*columns, literal(1).label("shared"))
            .select_from(portfolio_codes)
            .join(grants, grants.c.code == portfolio_codes.c.code)
            .join(schools, and_(schools.c.workspace == grants.c.workspace, schools.c.id == grants.c.school_id))
            .where(
                portfolio_codes.c.workspace == home,
                portfolio_codes.c.person == person,
                grants.c.revoked_at.is_(None),
                or_(grants.c.until.is_(None), grants.c.until >= today),
                # Whoever reviewed a school needs no grant.
                ~exists().where(*here, *theirs),
            )
        )
        return own, shown

    def _query(self, asked: Asked, today: Today) -> Select[Any]:
        columns = [
            schools.c.workspace,
            schools.c.id,
            schools.c.code,
            schools.c.name,
            schools.c.network,
            schools.c.time_zone,
            plans.c.session_id,
            plans.c.committed_at,
            *_sorted_by(asked.order, today),
        ]
        live = and_(plans.c.workspace == schools.c.workspace, plans.c.school_id == schools.c.id)
        under = and_(actions.c.workspace == plans.c.workspace, actions.c.session_id == plans.c.session_id)
        parts = []
        for part in self._mine(asked.person, today.default, columns):
            part = part.outerjoin(plans, and_(live, plans.c.ended_at.is_(None)))
            if asked.order in _BY_ACTIONS:
                part = part.outerjoin(actions, and_(under, actions.c.taken_out.is_(False)))
                part = part.group_by(schools.c.workspace, schools.c.id, plans.c.workspace, plans.c.id)
            if asked.network is not None:
                part = part.where(schools.c.network == asked.network)
            parts.append(part)
        found = union_all(*parts).subquery("found")
        # The newest, the most, the longest ago: what has none of it comes last.
        by = [found.c[name] for name in ("most", "since") if name in found.c]
        first = [one.desc().nulls_last() if one.name == "most" else one.asc().nulls_last() for one in by]
        called = func.lower(func.coalesce(func.nullif(found.c.name, ""), found.c.code))
        query = select(*found.c, func.count().over().label("total"))
        return query.order_by(*first, called, found.c.workspace, found.c.id).offset(asked.first).limit(asked.size)

    def _today(self, now: datetime) -> Today:
        named = self._view.conn.scalars(select(schools.c.time_zone).where(schools.c.time_zone.is_not(None)).distinct())
        default = now.astimezone(ZoneInfo(self._view.default_zone)).date()
        return Today(default, {zone: now.astimezone(ZoneInfo(zone)).date() for zone in named})


_BY_ACTIONS = frozenset({Order.OVERDUE, Order.QUIET, Order.OPEN})


def _sorted_by(order: Order, today: Today) -> Sequence[ColumnElement[Any]]:
    """What a school has most of, and since when; empty where its name is all."""
    since = func.coalesce(func.max(actions.c.updated_at), plans.c.committed_at).label("since")
    match order:
        case Order.SCHOOL:
            return ()
        case Order.REVIEWED:
            theirs = (reviews.c.workspace == schools.c.workspace, reviews.c.school_id == schools.c.id)
            newest = select(func.max(reviews.c.date)).where(*theirs, reviews.c.replaced_at.is_(None))
            return (newest.correlate(schools).scalar_subquery().label("most"),)
        case Order.OVERDUE:
            return func.sum(late(today)).label("most"), since
        case Order.QUIET:
            return (since,)
        case Order.OPEN:
            return (func.sum(open_still()).label("most"),)
