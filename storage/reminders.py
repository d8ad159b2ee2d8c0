"""Why people are asked, row by row: the action, the reason, and the day and moment it is asked on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from planning.messages import Reason, Reminder, ToCome
from storage import reminder_statements as asking
from storage.tables.messages import reminders
from storage.tables.plans import actions, plans
from storage.tables.reviews import schools
from storage.view import View


class Reminders:
    """The reminders of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def add(self, *new: Reminder) -> Sequence[Reminder]:
        """Keep new reminders; the same person, action, reason and planned day is the same one, and stays.

        Returns those that are new.
        """
        people, about = (tuple(sorted({getattr(one, name) for one in new})) for name in ("person", "action"))
        rows = self._view.ask(asking.ABOUT, people=people, actions=about)
        known = {(row.person, row.action_id, row.reason, row.planned) for row in rows}
        added: dict[tuple[str, str, str, date], Reminder] = {}
        for one in new:
            what = (one.person, one.action, one.reason.value, one.planned)
            if what not in known:
                added.setdefault(what, one)
        self._view.insert(reminders, *map(_row, added.values()))
        return tuple(added.values())

    def to_carry(self, person: str, until: date) -> Sequence[Reminder]:
        """What `person` is still to be asked about up to the local date `until`, soonest due action first."""
        return [reminder_of(row) for row in self._view.ask(asking.TO_CARRY, person=person, until=until)]

    def carried_by(self, delivery: str) -> Sequence[Reminder]:
        """What the message with the id `delivery` asked about, soonest due action first."""
        return [reminder_of(row) for row in self._view.ask(asking.CARRIED_BY, delivery=delivery)]

    def carry(self, person: str, until: date, delivery: str, at: datetime) -> None:
        """Mark what `person` was to be asked about up to `until` as asked by `delivery` at the moment `at`."""
        sent = {"delivery": delivery, "at": at}
        self._view.write(asking.CARRY, {**self._of(), "of_person": person, "until": until, **sent})

    def move(self, reminder: Reminder) -> None:
        """Keep a known reminder's new local date, zone and moment."""
        when = {"day": reminder.local_date, "clock": reminder.zone, "due": reminder.due}
        self._view.write(asking.MOVE, {**self._of(), "of_id": reminder.id, **when})

    def to_come_of(self, person: str) -> Sequence[ToCome]:
        """What `person` is still to be asked, soonest planned first."""
        rows = self._view.ask(asking.TO_COME_OF, person=person)
        return [ToCome(reminder_of(row), row.school_id, row.snoozed_until) for row in rows]

    def whom_to_ask(self, school: str) -> tuple[str, ...]:
        """Who is still to be asked something about the plan of `school`."""
        return tuple(row.person for row in self._view.ask(asking.WHOM_TO_ASK, school=school))

    def zones(self) -> Sequence[tuple[str, str]]:
        """Every (school, zone) for which rows that are still to come are kept."""
        query = self._live().with_only_columns(plans.c.school_id, reminders.c.zone).distinct()
        return [(row.school_id, row.zone) for row in self._view.conn.execute(query)]

    def forget(self, action: str, reason: Reason) -> None:
        """Take back what is still to be asked about `action` for one reason."""
        self._view.write(asking.FORGET, {**self._of(), "of_action": action, "of_reason": reason.value})

    def pass_over(self, reminder: str) -> None:
        """It is too late to be sent: it never is."""
        self._view.write(asking.PASS_OVER, {**self._of(), "of_id": reminder})

    def late(self, before: date, limit: int) -> Sequence[Reminder]:
        """What was to be asked before the local date `before` and was not, at most `limit` of it, oldest first."""
        query = select(reminders).where(self._mine(), asking.NOT_CARRIED, reminders.c.local_date < before)
        rows = self._view.conn.execute(query.order_by(reminders.c.local_date, reminders.c.id).limit(limit))
        return [reminder_of(row) for row in rows]

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
        rows = self._view.ask(asking.DAYS, person=person, first=first, last=last)
        return [(row.local_date, bool(row.sent)) for row in rows]

    def asked_at(self, person: str, since: datetime) -> Sequence[datetime]:
        """When `person` was asked by a message after the moment `since`, oldest first."""
        return sorted(row.carried_at for row in self._view.ask(asking.ASKED_AT, person=person, since=since))

    def asked_after(self, action: str, person: str, delivery: str) -> bool:
        """Whether a message after `delivery` asked `person` about `action` again."""
        mine = (self._mine(), reminders.c.action_id == action, reminders.c.person == person)
        then = select(func.max(reminders.c.carried_at)).where(self._mine(), reminders.c.carried_by == delivery)
        later = select(reminders.c.id).where(*mine, reminders.c.carried_at > then.scalar_subquery()).limit(1)
        return self._view.conn.scalar(later) is not None

    def to_check_in(self, person: str) -> frozenset[str]:
        """The ids of the actions about which a check-in of `person` is still to come."""
        rows = self._view.ask(asking.TO_CHECK_IN, person=person, reason=Reason.CHECK_IN.value)
        return frozenset(row.action_id for row in rows)

    def coming(self, action: str, reason: Reason = Reason.CHECK_IN) -> Sequence[Reminder]:
        """What is still to be asked about `action` for one reason, soonest first."""
        return [reminder_of(row) for row in self._view.ask(asking.COMING, action=action, reason=reason.value)]

    def asked(self, action: str, at: datetime) -> bool:
        """Whether anything was asked about `action` up to the moment `at` that is not answered yet."""
        return bool(self._view.ask(asking.ASKED, action=action, at=at))

    def answer(self, action: str, at: datetime) -> None:
        """Mark as answered what was asked about `action` up to the moment `at`."""
        self._view.write(asking.ANSWER, {**self._of(), "of_action": action, "at": at})

    def withdraw(self, action: str, after: datetime, but: Reason | None = None) -> None:
        """Take back what is still to be asked about `action` after the moment `after`, except for the reason `but`."""
        kept = "" if but is None else but.value
        self._view.write(asking.WITHDRAW, {**self._of(), "of_action": action, "after": after, "but": kept})

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
            .where(self._mine(), plans.c.ended_at.is_(None), asking.NOT_CARRIED)
        )

    def _of(self) -> dict[str, str]:
        return {"of_workspace": self._view.workspace}

    def _mine(self) -> Any:
        return reminders.c.workspace == self._view.workspace


def _row(reminder: Reminder) -> dict[str, Any]:
    return {
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
    }


def reminder_of(row: Any) -> Reminder:
    """The reminder that stands in a row of their table."""
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
