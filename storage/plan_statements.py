"""Plans: the statements that read and change them, each built once, and a whole plan in one of them."""

from collections import namedtuple
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, or_, select, union, update

from storage.action_states import OPEN
from storage.tables.plans import actions, changes, check_ins, plans, priorities
from storage.tables.sessions import sessions

_parts = (plans, priorities, actions)
_begin = list(accumulate((len(part.c) for part in _parts), initial=0))
_cuts = [(namedtuple("Part", part.c.keys()), slice(*span)) for part, span in zip(_parts, pairwise(_begin), strict=True)]
_plan = (
    select(*_parts, sessions.c.review_id, sessions.c.channel)
    .select_from(plans)
    .join(sessions, and_(sessions.c.workspace == plans.c.workspace, sessions.c.id == plans.c.session_id))
    .outerjoin(
        priorities,
        and_(priorities.c.workspace == plans.c.workspace, priorities.c.session_id == plans.c.session_id),
    )
    .outerjoin(
        actions,
        and_(
            actions.c.workspace == priorities.c.workspace,
            actions.c.session_id == priorities.c.session_id,
            actions.c.priority_id == priorities.c.id,
            actions.c.taken_out.is_(False),
        ),
    )
    .where(plans.c.workspace == bindparam("workspace"))
    .order_by(priorities.c.place, actions.c.place, actions.c.id)
)
"""A whole plan: a row for each action, and one for each priority without any."""
PLANS = {
    "live": _plan.where(plans.c.school_id == bindparam("value"), plans.c.ended_at.is_(None)),
    "id": _plan.where(plans.c.id == bindparam("value")),
    "session": _plan.where(plans.c.session_id == bindparam("value")),
}

END = (
    update(plans)
    .where(plans.c.workspace == bindparam("of_workspace"), plans.c.school_id == bindparam("of_school"))
    .where(plans.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
# Each half has an index of its own; one condition for both would read every plan there is.
_theirs = union(
    *(
        select(actions.c.id).where(actions.c.workspace == bindparam("workspace"), whose == bindparam("person"))
        for whose in (actions.c.owner, actions.c.offered_to)
    )
)
OPEN_OF = (
    select(actions)
    .join(plans, and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id))
    .where(actions.c.workspace == bindparam("workspace"), plans.c.ended_at.is_(None))
    .where(actions.c.id.in_(_theirs), OPEN)
    .order_by(actions.c.due, actions.c.place)
)
_of_them: BindParameter[Sequence[str]] = bindparam("people", expanding=True)
SESSIONS_OF = (
    select(sessions.c.id)
    .where(sessions.c.workspace == bindparam("workspace"))
    .where(
        sessions.c.id.in_(
            select(plans.c.session_id)
            .join(actions, and_(actions.c.workspace == plans.c.workspace, actions.c.session_id == plans.c.session_id))
            .where(plans.c.workspace == bindparam("workspace"), plans.c.ended_at.is_(None))
            .where(or_(actions.c.owner.in_(_of_them), actions.c.offered_to.in_(_of_them)), OPEN)
        )
    )
    # In one order, so that two who hold several do not wait for each other.
    .order_by(sessions.c.id)
)
LAST_ANSWER = (
    select(check_ins.c.at)
    .where(check_ins.c.workspace == bindparam("workspace"), check_ins.c.person == bindparam("person"))
    .order_by(check_ins.c.at.desc())
    .limit(1)
)
CHECK_INS = (
    select(check_ins)
    .join(actions, and_(actions.c.workspace == check_ins.c.workspace, actions.c.id == check_ins.c.action_id))
    .where(actions.c.workspace == bindparam("workspace"), actions.c.session_id == bindparam("session"))
    .order_by(check_ins.c.at, check_ins.c.id)
)
HISTORY = (
    select(changes)
    .where(changes.c.workspace == bindparam("workspace"), changes.c.action_id == bindparam("action"))
    .order_by(changes.c.at.desc(), changes.c.id)
)
CHANGED_SINCE = (
    select(changes)
    .join(actions, and_(actions.c.workspace == changes.c.workspace, actions.c.id == changes.c.action_id))
    .where(changes.c.workspace == bindparam("workspace"), actions.c.session_id == bindparam("session"))
    .where(changes.c.at >= bindparam("since"))
    .order_by(changes.c.at.desc(), changes.c.id)
)


@cache
def session_of(table: Any) -> Any:
    mine = table.c.workspace == bindparam("workspace"), table.c.id == bindparam("of")
    session = select(table.c.session_id).where(*mine).scalar_subquery()
    return select(sessions.c.id).where(sessions.c.workspace == bindparam("workspace"), sessions.c.id == session)


def parts_of(row: Row[Any]) -> tuple[Any, Any, Any]:
    """A row of a whole plan as one of the plan, of a priority and of an action; one that is not there has no id."""
    plan, priority, action = (part(*row[span]) for part, span in _cuts)
    return plan, priority, action
