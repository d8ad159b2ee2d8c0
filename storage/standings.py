"""How the plans of many schools stand: one query each, over the schools of a scope and no others."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_, select

from planning.plan import Status
from planning.scope import NotKnownError, Scope
from planning.standing import ActionLine, Standing
from rubric.school_code import code_key
from storage.action_states import OPEN, overdue
from storage.tables.plans import actions, check_ins, plans, priorities
from storage.tables.reviews import schools
from storage.view import View

_DATES = (-1, 0, 1)
"""No place on Earth is a day and more apart from UTC: at any moment it has one of three dates."""


def standings(view: View, scope: Scope, now: datetime) -> Sequence[Standing]:
    """One line for each school of `scope`, by name; what is overdue is so on the school's own date at `now`."""
    days = [now.astimezone(UTC).date() + timedelta(days=apart) for apart in _DATES]
    given_back, offered = actions.c.refused.is_(True), actions.c.offered_to.is_not(None)
    proposed = and_(actions.c.status == Status.PROPOSED.value, ~given_back)
    query = (
        select(
            schools.c.id,
            schools.c.code,
            schools.c.name,
            schools.c.network,
            schools.c.time_zone,
            plans.c.committed_at,
            *(_number(actions.c.status == status.value).label(status.name) for status in Status),
            *(_number(overdue(day)).label(f"overdue_{n}") for n, day in enumerate(days)),
            _number(or_(proposed, and_(OPEN, given_back, offered))).label("waiting"),
            _number(and_(OPEN, given_back, ~offered)).label("ownerless"),
            func.max(actions.c.updated_at).label("updated_at"),
        )
        .outerjoin(plans, _live())
        .outerjoin(actions, _committed())
        .where(schools.c.workspace == view.workspace, schools.c.id.in_(scope.schools))
        .group_by(*(schools.c[name] for name in ("id", "code", "name", "network", "time_zone")), plans.c.committed_at)
        .order_by(func.lower(schools.c.name), schools.c.code)
    )
    return [_standing(view, row, now, days) for row in view.conn.execute(query)]


def narrowed(view: View, scope: Scope, named: str) -> Scope:
    """The part of `scope` that `named` means: a school by its code, a network by its name, whatever their case.

    Empty or "all" is everything. Raises NotKnownError alike for what is not there and for what is not in the scope.
    """
    wanted = " ".join(named.split()).casefold()
    if wanted in ("", "all"):
        return scope
    query = select(schools.c.id, schools.c.code_key, schools.c.network)
    rows = view.conn.execute(query.where(schools.c.workspace == view.workspace, schools.c.id.in_(scope.schools))).all()
    found = [row.id for row in rows if row.code_key == code_key(wanted)]
    found = found or [row.id for row in rows if row.network.casefold() == wanted]
    if not found:
        raise NotKnownError
    return scope.only(*found)


def action_lines(view: View, scope: Scope) -> Sequence[ActionLine]:
    """One line for each action of the live plans in `scope`, with whose it is where the reader may see that."""
    said = (
        select(
            check_ins.c.action_id,
            check_ins.c.note,
            check_ins.c.at,
            func.row_number()
            .over(partition_by=check_ins.c.action_id, order_by=(check_ins.c.at.desc(), check_ins.c.id))
            .label("place"),
        )
        .join(actions, and_(actions.c.workspace == check_ins.c.workspace, actions.c.id == check_ins.c.action_id))
        .join(plans, and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id))
        .where(check_ins.c.workspace == view.workspace, check_ins.c.person == actions.c.owner)
        .where(plans.c.school_id.in_(scope.schools), plans.c.ended_at.is_(None), check_ins.c.note != "")
        .subquery()
    )
    query = (
        select(
            schools.c.id.label("school"),
            schools.c.code,
            schools.c.name,
            schools.c.network,
            plans.c.committed_at,
            *(priorities.c[name] for name in ("domain", "indicator", "level", "target_level")),
            *(actions.c[name] for name in ("text", "due", "status", "updated_at", "owner", "refused")),
            said.c.note,
            said.c.at.label("said_at"),
        )
        .join(plans, _live())
        .join(actions, _committed())
        .join(
            priorities,
            and_(priorities.c.workspace == actions.c.workspace, priorities.c.id == actions.c.priority_id),
        )
        .outerjoin(said, and_(said.c.action_id == actions.c.id, said.c.place == 1))
        .where(schools.c.workspace == view.workspace, schools.c.id.in_(scope.schools))
        .order_by(schools.c.code_key, priorities.c.place, actions.c.place, actions.c.id)
    )
    return [_line(row, scope) for row in view.conn.execute(query)]


def _live() -> Any:
    return and_(plans.c.workspace == schools.c.workspace, plans.c.school_id == schools.c.id, plans.c.ended_at.is_(None))


def _committed() -> Any:
    return and_(
        actions.c.workspace == plans.c.workspace,
        actions.c.session_id == plans.c.session_id,
        actions.c.taken_out.is_(False),
    )


def _number(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _standing(view: View, row: Any, now: datetime, days: Sequence[date]) -> Standing:
    zone = row.time_zone or view.default_zone
    today = now.astimezone(ZoneInfo(zone)).date()
    return Standing(
        row.id,
        row.code,
        row.name or row.code,
        row.network,
        zone,
        row.committed_at,
        {status: number for status in Status if (number := getattr(row, status.name))},
        getattr(row, f"overdue_{days.index(today)}"),
        row.waiting,
        row.ownerless,
        row.updated_at,
    )


def _line(row: Any, scope: Scope) -> ActionLine:
    viewer = scope.viewer(row.school)
    return ActionLine(
        row.school,
        row.code,
        row.name or row.code,
        row.network,
        row.committed_at,
        row.domain,
        row.indicator,
        row.level,
        row.target_level,
        row.text,
        row.due,
        Status(row.status),
        row.updated_at,
        row.owner if viewer.sees_answer(row.updated_at) and not row.refused else "",
        row.note if row.note and viewer.sees_answer(row.said_at) else "",
    )
