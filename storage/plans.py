"""Priorities and actions, drafted in a session and then committed as the school's live plan, with its check-ins."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, union, update

from planning.history import Change, Changed
from planning.plan import (
    Action,
    ActionNotFoundError,
    CheckIn,
    Closing,
    NoPlanError,
    Plan,
    Priority,
    PriorityNotFoundError,
    Status,
)
from storage.action_states import OPEN
from storage.plan_rows import action_of, action_row, priority_of, priority_row
from storage.tables.base import new_id
from storage.tables.plans import actions, changes, check_ins, closings, plans, priorities
from storage.tables.sessions import sessions
from storage.view import View

_plan = (
    select(plans, sessions.c.review_id, sessions.c.channel)
    .join(sessions, and_(sessions.c.workspace == plans.c.workspace, sessions.c.id == plans.c.session_id))
    .where(plans.c.workspace == bindparam("workspace"))
)
_PLANS = {
    "live": _plan.where(plans.c.school_id == bindparam("value"), plans.c.ended_at.is_(None)),
    "id": _plan.where(plans.c.id == bindparam("value")),
    "session": _plan.where(plans.c.session_id == bindparam("value")),
}


@cache
def _session_of(table: Any) -> Any:
    mine = table.c.workspace == bindparam("workspace"), table.c.id == bindparam("of")
    session = select(table.c.session_id).where(*mine).scalar_subquery()
    held = select(sessions.c.id).where(sessions.c.workspace == bindparam("workspace"), sessions.c.id == session)
    return held.with_for_update()


class Plans:
    """The plans of one workspace, and what they are drafted from."""

    def __init__(self, view: View) -> None:
        self._view = view

    def priorities(self, session: str) -> tuple[Priority, ...]:
        """The priorities chosen in `session`, in their order."""
        return tuple(priority_of(row) for row in self._view.rows(priorities, session_id=session, order="place"))

    def priority(self, priority: str) -> Priority:
        """The priority; a writing transaction holds its session from then on. Raises PriorityNotFoundError."""
        self._hold_session(priorities, priority)
        rows = self._view.rows(priorities, id=priority)
        if not rows:
            raise PriorityNotFoundError
        return priority_of(rows[0])

    def choose(self, session: str, chosen: Sequence[Priority]) -> None:
        """Make `chosen` the priorities of `session`; one that is not chosen any more goes with its drafted actions."""
        kept = [priority.id for priority in chosen]
        gone = select(priorities.c.id).where(
            self._of(priorities), priorities.c.session_id == session, priorities.c.id.not_in(kept)
        )
        self._view.conn.execute(delete(actions).where(self._of(actions), actions.c.priority_id.in_(gone)))
        self._view.conn.execute(delete(priorities).where(self._of(priorities), priorities.c.id.in_(gone)))
        for priority in chosen:
            self.save_priority(priority)

    def save_priority(self, priority: Priority) -> None:
        """Keep a priority as it is now."""
        self._view.upsert(priorities, priority_row(priority))

    def actions(self, session: str, *, taken_out: bool = False) -> tuple[Action, ...]:
        """The actions drafted or committed in `session`, in their order; those taken out too where asked for."""
        rows = self._view.rows(actions, session_id=session, order="place, id")
        return tuple(action_of(row) for row in rows if taken_out or not row.taken_out)

    def action(self, action: str) -> Action:
        """The action; a writing transaction holds its session from then on. Raises ActionNotFoundError."""
        self._hold_session(actions, action)
        rows = self._view.rows(actions, id=action)
        if not rows:
            raise ActionNotFoundError
        return action_of(rows[0])

    def save_action(self, action: Action) -> None:
        """Keep an action as it is now."""
        self._view.upsert(actions, action_row(action))

    def forget_taken_out(self, session: str) -> None:
        """Delete what was taken out while the plan of `session` was written: it can no longer be put back."""
        gone = (self._of(actions), actions.c.session_id == session, actions.c.taken_out.is_(True))
        self._view.conn.execute(delete(actions).where(*gone))

    def commit(self, plan: Plan) -> None:
        """Make `plan` the school's live one, and end the one before."""
        before = and_(self._of(plans), plans.c.school_id == plan.school, plans.c.ended_at.is_(None))
        self._view.conn.execute(update(plans).where(before).values(ended_at=plan.committed_at))
        self._view.insert(
            plans,
            {
                "id": plan.id,
                "school_id": plan.school,
                "session_id": plan.session,
                "committed_by": plan.committed_by,
                "committed_at": plan.committed_at,
            },
        )

    def live(self, school: str) -> Plan | None:
        """The school's live plan, or None."""
        return self._one("live", school)

    def load(self, plan: str) -> Plan:
        """The plan with that id. Raises NoPlanError."""
        found = self._one("id", plan)
        if found is None:
            raise NoPlanError
        return found

    def of_session(self, session: str) -> Plan | None:
        """The plan that `session` committed, or None."""
        return self._one("session", session)

    def open_of(self, person: str) -> Sequence[tuple[Plan, Action]]:
        """The open actions of live plans that `person` owns or is asked to take, soonest due first."""
        # Each half has an index of its own; one condition for both would read every plan there is.
        theirs = union(
            *(
                select(actions.c.id).where(self._of(actions), whose == person)
                for whose in (actions.c.owner, actions.c.offered_to)
            )
        )
        query = (
            select(actions)
            .join(plans, and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id))
            .where(self._of(actions), plans.c.ended_at.is_(None))
            .where(actions.c.id.in_(theirs))
            .where(OPEN)
            .order_by(actions.c.due, actions.c.place)
        )
        found = [action_of(row) for row in self._view.conn.execute(query)]
        whole = {session: self.of_session(session) for session in dict.fromkeys(a.session for a in found)}
        return [(plan, action) for action in found if (plan := whole[action.session]) is not None]

    def record(self, check_in: CheckIn) -> None:
        """Keep an answer; answers are never changed."""
        self._view.insert(
            check_ins,
            {
                "id": check_in.request or new_id(),
                "action_id": check_in.action,
                "person": check_in.person,
                "status": check_in.status.value,
                "note": check_in.note,
                "at": check_in.at,
            },
        )

    def last_answer(self, person: str) -> datetime | None:
        """When `person` last answered anything, in any school; None where they never did."""
        mine = (self._of(check_ins), check_ins.c.person == person)
        return self._view.conn.scalar(select(check_ins.c.at).where(*mine).order_by(check_ins.c.at.desc()).limit(1))

    def recorded(self, request: str) -> bool:
        """Whether the submission `request` was kept already."""
        return bool(self._view.rows(check_ins, id=request))

    def check_ins(self, session: str) -> Sequence[CheckIn]:
        """Every answer about the actions of `session`, oldest first."""
        query = (
            select(check_ins)
            .join(actions, and_(actions.c.workspace == check_ins.c.workspace, actions.c.id == check_ins.c.action_id))
            .where(self._of(actions), actions.c.session_id == session)
            .order_by(check_ins.c.at, check_ins.c.id)
        )
        rows = self._view.conn.execute(query)
        return [CheckIn(row.action_id, row.person, Status(row.status), row.note, row.at) for row in rows]

    def note(self, change: Change) -> None:
        """Write down what was changed about an action; what is written down stays."""
        self._view.insert(
            changes,
            {
                "id": new_id(),
                "action_id": change.action,
                "person": change.person,
                "at": change.at,
                "fields": [[one.field, one.old, one.new] for one in change.fields],
                "why": change.why,
            },
        )

    def history(self, action: str) -> Sequence[Change]:
        """Everything that was changed about `action` since the commit, newest first."""
        query = select(changes).where(self._of(changes), changes.c.action_id == action)
        rows = self._view.conn.execute(query.order_by(changes.c.at.desc(), changes.c.id))
        return [
            Change(row.action_id, row.person, row.at, tuple(Changed(*one) for one in row.fields), row.why)
            for row in rows
        ]

    def close(self, closing: Closing) -> None:
        """Write down what the team said about a priority; what is written down stays."""
        self._view.insert(
            closings,
            {
                "id": new_id(),
                "priority_id": closing.priority,
                "person": closing.person,
                "at": closing.at,
                "in_place": closing.in_place,
                "text": closing.text,
            },
        )

    def closings(self, priority: str) -> Sequence[Closing]:
        """What the team has said about `priority`, oldest first."""
        rows = self._view.rows(closings, priority_id=priority, order="at, id")
        return [Closing(row.priority_id, row.person, row.at, row.in_place, row.text) for row in rows]

    def _hold_session(self, table: Any, of: str) -> None:
        """Every verb holds the session before anything in it: two that held them in turn would wait for each other."""
        if self._view.writing and not self._view.embedded:
            self._view.conn.execute(_session_of(table), {"workspace": self._view.workspace, "of": of})

    def _of(self, table: Any) -> Any:
        return table.c.workspace == self._view.workspace

    def _one(self, by: str, value: str) -> Plan | None:
        row = self._view.conn.execute(_PLANS[by], {"workspace": self._view.workspace, "value": value}).one_or_none()
        if row is None:
            return None
        return Plan(
            row.id,
            row.school_id,
            row.session_id,
            row.review_id,
            row.channel,
            row.committed_by,
            row.committed_at,
            self.priorities(row.session_id),
            self.actions(row.session_id),
            row.ended_at is not None,
        )
