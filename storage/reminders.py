"""Why people are asked, row by row: the action, the reason, and the day and moment it is asked on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update

from planning.messages import Reason, Reminder
from storage.tables.messages import reminders
from storage.tables.plans import actions, plans
from storage.tables.reviews import schools
from storage.view import View


class Reminders:
    """The reminders of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def add(self, reminder: Reminder) -> bool:
        """Keep a new reminder; the same person, action, reason and planned day is the same one, and stays.

        Returns whether it is new.
        """
        known = select(reminders.c.id).where(
            self._mine(),
            reminders.c.person == reminder.person,
            reminders.c.action_id == reminder.action,
            reminders.c.reason == reminder.reason.value,
            reminders.c.planned == reminder.planned,
        )
        if self._view.conn.scalar(known) is not None:
            return False
        self._view.upsert(
            reminders,
            {
                "id": reminder.id,
                "person": reminder.person,
                "action_id": reminder.action,
                "planned": reminder.planned,
                "local_date": reminder.local_date,
                "zone": reminder.zone,
                "due_at": reminder.due,
                "answered": reminder.answered,
                "reason": reminder.reason.value,
                "passed_over": reminder.passed_over,
                "asked_by": reminder.asked_by,
            },
        )
        return True

    def to_carry(self, person: str, until: date) -> Sequence[Reminder]:
        """What `person` is still to be asked about up to the local date `until`, soonest due action first."""
        return self._in_order(reminders.c.person == person, self._not_carried(), reminders.c.local_date <= until)

    def carried_by(self, delivery: str) -> Sequence[Reminder]:
        """What the message with the id `delivery` asked about, soonest due action first."""
        return self._in_order(reminders.c.carried_by == delivery)

    def carry(self, person: str, until: date, delivery: str, at: datetime) -> None:
        """Mark what `person` was to be asked about up to `until` as asked by `delivery` at the moment `at`."""
        carried = (self._mine(), reminders.c.person == person, self._not_carried(), reminders.c.local_date <= until)
        self._view.conn.execute(update(reminders).where(*carried).values(carried_by=delivery, carried_at=at))

    def move(self, reminder: Reminder) -> None:
        """Keep a known reminder's new local date, zone and moment."""
        self._view.conn.execute(
            update(reminders)
            .where(self._mine(), reminders.c.id == reminder.id)
            .values(local_date=reminder.local_date, zone=reminder.zone, due_at=reminder.due)
        )

    def to_come_of(self, person: str) -> Sequence[tuple[Reminder, str]]:
        """What `person` is still to be asked, each with the id of its school, soonest planned first."""
        query = (
            select(reminders, plans.c.school_id)
            .join(actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id))
            .join(plans, and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id))
            .where(self._mine(), reminders.c.person == person, self._not_carried(), reminders.c.answered.is_(False))
            .order_by(reminders.c.planned, reminders.c.id)
        )
        return [(_reminder(row), row.school_id) for row in self._view.conn.execute(query)]

    def whom_to_ask(self, school: str) -> tuple[str, ...]:
        """Who is still to be asked something about the plan of `school`."""
        query = self._live().with_only_columns(reminders.c.person).where(plans.c.school_id == school)
        return tuple(self._view.conn.scalars(query.distinct().order_by(reminders.c.person)))

    def zones(self) -> Sequence[tuple[str, str]]:
        """Every (school, zone) for which rows that are still to come are kept."""
        query = self._live().with_only_columns(plans.c.school_id, reminders.c.zone).distinct()
        return [(row.school_id, row.zone) for row in self._view.conn.execute(query)]

    def forget(self, action: str, reason: Reason) -> None:
        """Take back what is still to be asked about `action` for one reason."""
        gone = (self._mine(), self._not_carried(), reminders.c.action_id == action, reminders.c.reason == reason.value)
        self._view.conn.execute(delete(reminders).where(*gone))

    def pass_over(self, reminder: str) -> None:
        """It is too late to be sent: it never is."""
        self._view.conn.execute(
            update(reminders).where(self._mine(), reminders.c.id == reminder).values(passed_over=True)
        )

    def late(self, before: date, limit: int) -> Sequence[Reminder]:
        """What was to be asked before the local date `before` and was not, at most `limit` of it, oldest first."""
        query = select(reminders).where(self._mine(), self._not_carried(), reminders.c.local_date < before)
        rows = self._view.conn.execute(query.order_by(reminders.c.local_date, reminders.c.id).limit(limit))
        return [_reminder(row) for row in rows]

    def passed_over(self, session: str, since: date) -> frozenset[str]:
        """The ids of the actions of `session` about which something was passed over, from the local date `since` on."""
        query = (
            select(reminders.c.action_id)
            .join(actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id))
            .where(self._mine(), actions.c.session_id == session, reminders.c.passed_over.is_(True))
            .where(reminders.c.local_date >= since)
        )
        return frozenset(self._view.conn.scalars(query.distinct()))

    def days(self, person: str, first: date, last: date) -> Sequence[tuple[date, bool]]:
        """The days from `first` to `last` on which `person` is or was asked, and whether a message was sent on it."""
        sent = func.max(reminders.c.carried_at).is_not(None)
        query = (
            select(reminders.c.local_date, sent.label("sent"))
            .where(self._mine(), reminders.c.person == person, reminders.c.passed_over.is_(False))
            .where(reminders.c.local_date.between(first, last))
            .group_by(reminders.c.local_date)
            .order_by(reminders.c.local_date)
        )
        return [(row.local_date, bool(row.sent)) for row in self._view.conn.execute(query)]

    def asked_at(self, person: str, since: datetime) -> Sequence[datetime]:
        """When `person` was asked by a message after the moment `since`, oldest first."""
        query = (
            select(reminders.c.carried_at)
            .where(self._mine(), reminders.c.person == person, reminders.c.carried_at > since)
            .distinct()
        )
        return sorted(self._view.conn.scalars(query))

    def asked_after(self, action: str, person: str, delivery: str) -> bool:
        """Whether a message after `delivery` asked `person` about `action` again."""
        mine = (self._mine(), reminders.c.action_id == action, reminders.c.person == person)
        then = select(func.max(reminders.c.carried_at)).where(self._mine(), reminders.c.carried_by == delivery)
        later = select(reminders.c.id).where(*mine, reminders.c.carried_at > then.scalar_subquery()).limit(1)
        return self._view.conn.scalar(later) is not None

    def coming(self, action: str, reason: Reason = Reason.CHECK_IN) -> Sequence[Reminder]:
        """What is still to be asked about `action` for one reason, soonest first."""
        query = select(reminders).where(
            self._mine(), self._not_carried(), reminders.c.action_id == action, reminders.c.reason == reason.value
        )
        return [_reminder(row) for row in self._view.conn.execute(query.order_by(reminders.c.local_date))]

    def answer(self, action: str, at: datetime) -> bool:
        """Mark as answered what was asked about `action` up to the moment `at`; returns whether anything was."""
        asked = (self._mine(), reminders.c.action_id == action, reminders.c.answered.is_(False))
        until = or_(reminders.c.carried_at <= at, reminders.c.due_at <= at)
        return self._view.conn.execute(update(reminders).where(*asked, until).values(answered=True)).rowcount > 0

    def withdraw(self, action: str, after: datetime, but: Reason | None = None) -> None:
        """Take back what is still to be asked about `action` after the moment `after`, except for the reason `but`."""
        coming = (reminders.c.due_at > after, reminders.c.answered.is_(False), self._not_carried())
        kept = () if but is None else (reminders.c.reason != but.value,)
        self._view.conn.execute(delete(reminders).where(self._mine(), reminders.c.action_id == action, *coming, *kept))

    def to_come(self, after: datetime, until: datetime | None = None, school: str | None = None) -> Sequence[Any]:
        """Rows (reminder, action text, status, school code and name) due after `after`, soonest first."""
        query = self._live().where(reminders.c.due_at > after)
        if until is not None:
            query = query.where(reminders.c.due_at <= until)
        if school is not None:
            query = query.where(plans.c.school_id == school)
        return self._view.conn.execute(query.order_by(reminders.c.due_at, reminders.c.person, actions.c.place)).all()

    def _live(self) -> Select[Any]:
        return (
            select(reminders, actions.c.text, actions.c.status, schools.c.code)
            .join(actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id))
            .join(plans, and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id))
            .join(schools, and_(schools.c.workspace == plans.c.workspace, schools.c.id == plans.c.school_id))
            .where(self._mine(), plans.c.ended_at.is_(None), self._not_carried())
        )

    def _in_order(self, *conditions: Any) -> Sequence[Reminder]:
        query = (
            select(reminders)
            .join(actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id))
            .where(self._mine(), *conditions)
            .order_by(actions.c.due, actions.c.place, actions.c.id)
        )
        return [_reminder(row) for row in self._view.conn.execute(query)]

    def _not_carried(self) -> Any:
        return and_(reminders.c.carried_at.is_(None), reminders.c.passed_over.is_(False))

    def _mine(self) -> Any:
        return reminders.c.workspace == self._view.workspace


def _reminder(row: Any) -> Reminder:
    return Reminder(
        row.id,
        row.person,
        row.action_id,
        row.planned,
        row.local_date,
        row.zone,
        row.due_at,
        row.answered,
        Reason(row.reason),
        row.carried_by,
        row.passed_over,
        row.asked_by,
    )
