"""Asking owners: whether they take an action on, how it is going, and the leader where nobody took it on."""

from dataclasses import replace
from datetime import date, datetime

from planning.checkins import asked_on, first_check_in, next_check_in, week
from planning.ledger import Ledger
from planning.messages import Delivery, Kind, Reminder, Wanted
from planning.people import Role
from planning.plan import Action, Plan
from planning.verbs.kept import plan_of

SCHOOL_DAYS_TO_ACCEPT = 2
"""After these, an action that nobody took on goes to the leader."""


def leader_of(ledger: Ledger, school: str) -> str | None:
    """Who leads the school: its principal, else its backup leader, else nobody."""
    roles = (Role.PRINCIPAL, Role.BACKUP)
    return next((person for role in roles for person in ledger.people.with_role(school, role)), None)


def ask(ledger: Ledger, plan: Plan, actions: tuple[Action, ...], occasion: str, now: datetime) -> None:
    """Ask in private whoever is to take `actions` on, in their staff hours, in one message a person and occasion.

    What is then not taken on goes to the leader, everything of one day in one message.
    """
    calendar = ledger.schools.calendar(plan.school)
    due = calendar.reachable(now)
    waiting = [action for action in actions if action.asked]
    for action in waiting:
        ledger.plans.save_action(replace(action, asked_at=due))
    for person in dict.fromkeys(action.asked for action in waiting if action.asked):
        ledger.deliveries.want(Wanted(Kind.ACCEPTANCE, person, occasion, plan.id, due))
    leader = leader_of(ledger, plan.school)
    if leader is not None and any(action.waiting for action in waiting):
        late = calendar.later(due, SCHOOL_DAYS_TO_ACCEPT)
        day = f"{plan.id}/{calendar.today(late).isoformat()}"
        ledger.deliveries.want(Wanted(Kind.NOT_ACCEPTED, leader, day, plan.id, late))


def not_accepted(ledger: Ledger, plan: Plan, now: datetime) -> tuple[Action, ...]:
    """The actions of `plan` that somebody was asked to take on two school days ago or more, and did not answer."""
    calendar = ledger.schools.calendar(plan.school)
    return tuple(
        action
        for action in plan.actions
        if action.waiting and action.asked_at and calendar.later(action.asked_at, SCHOOL_DAYS_TO_ACCEPT) <= now
    )


def schedule(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> None:
    """Write the row for an action's first check-in, and the message that will carry it."""
    calendar = ledger.schools.calendar(plan.school)
    _remind(ledger, plan, action, first_check_in(calendar.today(now), action.step.cadence))


def after_check_in(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """Write the next row for every action that a check-in message, sent at `now`, carried; part of marking it sent."""
    for reminder in ledger.reminders.of_day(delivery.wanted.recipient, _day(delivery)):
        action = ledger.plans.action(reminder.action)
        plan = plan_of(ledger, action)
        if not action.status.open or plan.ended:
            continue
        calendar = ledger.schools.calendar(plan.school)
        planned = next_check_in(reminder.planned, action.step.cadence)
        # This week has just been asked, whether a break moved several planned days to it or a stop sent it late.
        while week(asked_on(planned, calendar)) <= week(calendar.today(now)):
            planned = next_check_in(planned, action.step.cadence)
        _remind(ledger, plan, action, planned)


def _remind(ledger: Ledger, plan: Plan, action: Action, planned: date) -> None:
    calendar = ledger.schools.calendar(plan.school)
    day = asked_on(planned, calendar)
    due = calendar.moment(day, calendar.day_ends)
    ledger.reminders.add(Reminder(ledger.new_id(), action.step.owner, action.id, planned, day, calendar.zone, due))
    ledger.deliveries.want(Wanted(Kind.CHECK_IN, action.step.owner, day.isoformat(), action.step.owner, due))


def _day(delivery: Delivery) -> date:
    return date.fromisoformat(delivery.wanted.occasion)
