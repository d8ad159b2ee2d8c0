"""Why people are asked: the statements that read and change those rows, each built once."""

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from storage.tables.messages import reminders
from storage.tables.plans import actions, plans

NOT_CARRIED = and_(reminders.c.carried_at.is_(None), reminders.c.passed_over.is_(False))
"""What is still to be asked."""
_here = reminders.c.workspace == bindparam("workspace")
_theirs = (_here, reminders.c.person == bindparam("person"))
_with_actions = select(reminders).join(
    actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id)
)
_of_plan = and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id)
_in_order = (actions.c.due, actions.c.place, actions.c.id)
TO_CARRY = _with_actions.where(*_theirs, NOT_CARRIED, reminders.c.local_date <= bindparam("until")).order_by(*_in_order)
CARRIED_BY = _with_actions.where(_here, reminders.c.carried_by == bindparam("delivery")).order_by(*_in_order)
TO_COME_OF = (
    _with_actions.add_columns(actions.c.snoozed_until, plans.c.school_id)
    .join(plans, _of_plan)
    .where(*_theirs, NOT_CARRIED, reminders.c.answered.is_(False))
    .order_by(reminders.c.planned, reminders.c.id)
)
WHOM_TO_ASK = (
    _with_actions.with_only_columns(reminders.c.person)
    .join(plans, _of_plan)
    .where(_here, NOT_CARRIED, plans.c.ended_at.is_(None), plans.c.school_id == bindparam("school"))
    .distinct()
    .order_by(reminders.c.person)
)
DAYS = (
    select(reminders.c.local_date, func.max(reminders.c.carried_at).is_not(None).label("sent"))
    .where(*_theirs, reminders.c.passed_over.is_(False))
    .where(reminders.c.local_date.between(bindparam("first"), bindparam("last")))
    .group_by(reminders.c.local_date)
    .order_by(reminders.c.local_date)
)
ASKED_AT = select(reminders.c.carried_at).where(*_theirs, reminders.c.carried_at > bindparam("since")).distinct()
ABOUT = select(reminders).where(
    _here,
    reminders.c.person.in_(bindparam("people", expanding=True)),
    reminders.c.action_id.in_(bindparam("actions", expanding=True)),
)
TO_CHECK_IN = select(reminders.c.action_id).where(*_theirs, NOT_CARRIED, reminders.c.reason == bindparam("reason"))
COMING = (
    select(reminders)
    .where(_here, NOT_CARRIED, reminders.c.action_id == bindparam("action"), reminders.c.reason == bindparam("reason"))
    .order_by(reminders.c.local_date)
)
_of_workspace = reminders.c.workspace == bindparam("of_workspace")
_of_action = (_of_workspace, reminders.c.action_id == bindparam("of_action"))
_of_id = (_of_workspace, reminders.c.id == bindparam("of_id"))
CARRY = (
    update(reminders)
    .where(_of_workspace, reminders.c.person == bindparam("of_person"))
    .where(NOT_CARRIED, reminders.c.local_date <= bindparam("until"))
    .values(carried_by=bindparam("delivery"), carried_at=bindparam("at"))
)
MOVE = (
    update(reminders)
    .where(*_of_id)
    .values(local_date=bindparam("day"), zone=bindparam("clock"), due_at=bindparam("due"))
)
PASS_OVER = update(reminders).where(*_of_id).values(passed_over=True)
FORGET = delete(reminders).where(*_of_action, NOT_CARRIED, reminders.c.reason == bindparam("of_reason"))
_asked = (
    reminders.c.answered.is_(False),
    or_(reminders.c.carried_at <= bindparam("at"), reminders.c.due_at <= bindparam("at")),
)
ASKED = select(reminders.c.id).where(_here, reminders.c.action_id == bindparam("action"), *_asked).limit(1)
ANSWER = update(reminders).where(*_of_action, *_asked).values(answered=True)
WITHDRAW = delete(reminders).where(
    *_of_action,
    reminders.c.due_at > bindparam("after"),
    *(reminders.c.answered.is_(False), NOT_CARRIED, reminders.c.reason != bindparam("but")),
)
