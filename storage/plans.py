"""Priorities and actions, drafted in a session and then committed as the school's live plan, with its check-ins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

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
from storage.people import hold_with_viewer
from storage.plan_rows import action_of, action_row, priority_of, priority_row
from storage.plan_statements import (
    CHANGED_SINCE,
    CHECK_INS,
    END,
    HISTORY,
    LAST_ANSWER,
    OPEN_OF,
    PLANS,
    SESSIONS_OF,
    parts_of,
    session_of,
)
from storage.tables.base import new_id
from storage.tables.plans import actions, changes, check_ins, closings, plans, priorities
from storage.view import View


class Plans:
    """The plans of one workspace, and what they are drafted from."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._built: dict[tuple[str, str], tuple[Sequence[Any], Plan]] = {}

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
        kept = {priority.id for priority in chosen}
        for gone in self.priorities(session):
            if gone.id not in kept:
                self._view.delete_rows(actions, session_id=session, priority_id=gone.id)
                self._view.delete_rows(priorities, id=gone.id)
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
        self._view.delete_rows(actions, session_id=session, taken_out=True)

    def commit(self, plan: Plan) -> None:
        """Make `plan` the school's live one, and end the one before."""
        self._view.write(END, {"of_workspace": self._view.workspace, "of_school": plan.school, "at": plan.committed_at})
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

    def of_action(self, action: str, seen_by: str | None = None) -> Plan | None:
        """The plan that the action is part of, or None while it is written; a writing transaction holds its session.

        What makes `seen_by` a viewer of its school is read in the same journey. Raises ActionNotFoundError.
        """
        held = hold_with_viewer(self._view, session_of(actions), seen_by, of=action)
        if not held:
            raise ActionNotFoundError
        return self.of_session(held[0].id)

    def of_priority(self, priority: str, seen_by: str | None = None) -> Plan | None:
        """The same of a priority. Raises PriorityNotFoundError."""
        held = hold_with_viewer(self._view, session_of(priorities), seen_by, of=priority)
        if not held:
            raise PriorityNotFoundError
        return self.of_session(held[0].id)

    def open_of(self, person: str) -> Sequence[tuple[Plan, Action]]:
        """The open actions of live plans that `person` owns or is asked to take, soonest due first."""
        found = [action_of(row) for row in self._view.ask(OPEN_OF, person=person)]
        whole = {session: self.of_session(session) for session in dict.fromkeys(a.session for a in found)}
        return [(plan, action) for action in found if (plan := whole[action.session]) is not None]

    def hold_open_of(self, *people: str) -> None:
        """Hold the sessions of those plans until the end of a writing transaction, as whoever answers there does."""
        if people and self._view.writing and not self._view.embedded:
            self._view.hold(SESSIONS_OF, people=people)

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
        return next((row.at for row in self._view.ask(LAST_ANSWER, person=person)), None)

    def recorded(self, request: str) -> bool:
        """Whether the submission `request` was kept already."""
        return bool(self._view.rows(check_ins, id=request))

    def check_ins(self, session: str) -> Sequence[CheckIn]:
        """Every answer about the actions of `session`, oldest first."""
        rows = self._view.ask(CHECK_INS, session=session)
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
        return [_change(row) for row in self._view.ask(HISTORY, action=action)]

    def changed_since(self, session: str, since: datetime) -> Sequence[Change]:
        """Everything that was changed about the actions of `session` from the moment `since` on, newest first."""
        return [_change(row) for row in self._view.ask(CHANGED_SINCE, session=session, since=since)]

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
            self._view.hold(session_of(table), of=of)

    def _one(self, by: str, value: str) -> Plan | None:
        rows = self._view.ask(PLANS[by], value=value)
        if not rows:
            return None
        # The same rows are the same plan: a message about twenty actions asks for theirs forty times.
        read, plan = self._built.get((by, value), (None, None))
        if read is not rows or plan is None:
            plan = _plan(rows)
            values = {"id": plan.id, "session": plan.session} | ({} if plan.ended else {"live": plan.school})
            for name, its in values.items():
                self._view.know(PLANS[name], rows, value=its)
                self._built[name, its] = rows, plan
        return plan


def _change(row: Any) -> Change:
    return Change(row.action_id, row.person, row.at, tuple(Changed(*one) for one in row.fields), row.why)


def _plan(rows: Sequence[Any]) -> Plan:
    session, parts = rows[0], [parts_of(row) for row in rows]
    plan = parts[0][0]
    chosen = {priority.id: priority_of(priority) for _, priority, _ in parts if priority.id}
    taken_on = [action_of(action) for _, _, action in parts if action.id]
    return Plan(
        plan.id,
        plan.school_id,
        plan.session_id,
        session.review_id,
        session.channel,
        plan.committed_by,
        plan.committed_at,
        tuple(chosen.values()),
        tuple(sorted(taken_on, key=lambda action: (action.place, action.id))),
        plan.ended_at is not None,
    )
