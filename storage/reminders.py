"""Why people are asked, row by row: the action, the planned day, and the day and moment it is asked on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, delete, select, update

from planning.messages import Reminder
from storage.tables.messages import reminders
from storage.tables.plans import actions, plans
from storage.tables.reviews import schools
from storage.view import View


class Reminders:
    """The reminders of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def add(self, reminder: Reminder) -> None:
        """Keep a new reminder; one for the same person, action and planned day is the same one, and stays."""
        self._view.insert_once(
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
            },
        )

    def of_day(self, person: str, day: date) -> Sequence[Reminder]:
        """What `person` is asked about on `day`, in the order of the actions' due dates."""
        query = (
            select(reminders)
            .join(actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id))
            .where(self._mine(), reminders.c.person == person, reminders.c.local_date == day)
            .order_by(actions.c.due, actions.c.place, actions.c.id)
        )
        return [_reminder(row) for row in self._view.conn.execute(query)]

    def answer(self, action: str, at: datetime) -> None:
        """Mark as answered what was asked about `action` up to the moment `at`."""
        asked = (self._mine(), reminders.c.action_id == action, reminders.c.due_at <= at)
        self._view.conn.execute(update(reminders).where(*asked).values(answered=True))

    def withdraw(self, action: str, after: datetime) -> None:
        """Take back what is still to be asked about `action` after the moment `after`."""
        self._view.conn.execute(
            delete(reminders).where(
                self._mine(),
                reminders.c.action_id == action,
                reminders.c.due_at > after,
                reminders.c.answered.is_(False),
            )
        )

    def to_come(self, after: datetime, until: datetime | None = None, school: str | None = None) -> Sequence[Any]:
        """Rows (reminder, action text, status, school code and name) due after `after`, soonest first."""
        query = self._to_come(after)
        if until is not None:
            query = query.where(reminders.c.due_at <= until)
        if school is not None:
            query = query.where(plans.c.school_id == school)
        return self._view.conn.execute(query.order_by(reminders.c.due_at, reminders.c.person, actions.c.place)).all()

    def _to_come(self, after: datetime) -> Select[Any]:
        return (
            select(reminders, actions.c.text, actions.c.status, schools.c.code)
            .join(actions, and_(actions.c.workspace == reminders.c.workspace, actions.c.id == reminders.c.action_id))
            .join(plans, and_(plans.c.workspace == actions.c.workspace, plans.c.session_id == actions.c.session_id))
            .join(schools, and_(schools.c.workspace == plans.c.workspace, schools.c.id == plans.c.school_id))
            .where(self._mine(), plans.c.ended_at.is_(None), reminders.c.due_at > after)
        )

    def _mine(self) -> Any:
        return reminders.c.workspace == self._view.workspace


def _reminder(row: Any) -> Reminder:
    return Reminder(row.id, row.person, row.action_id, row.planned, row.local_date, row.zone, row.due_at, row.answered)
