"""Asking whether somebody takes an action on, and the leader where nobody did."""

from dataclasses import replace
from datetime import datetime

from planning.calendar import SchoolCalendar
from planning.ledger import Ledger
from planning.messages import Kind, Wanted
from planning.people import Role
from planning.plan import Action, Plan
from planning.verbs.reach import reachable

SCHOOL_DAYS_TO_ACCEPT = 2
"""After these, an action that nobody took on goes to the leader."""


def leader_of(ledger: Ledger, school: str) -> str | None:
    """Who leads the school: its principal, else its backup leader, else nobody; whoever has left is passed by."""
    roles = (Role.PRINCIPAL, Role.BACKUP)
    found = (person for role in roles for person in ledger.people.with_role(school, role))
    return next((person for person in found if not ledger.following.departed(person)), None)


def ask(ledger: Ledger, plan: Plan, actions: tuple[Action, ...], occasion: str, now: datetime) -> None:
    """Ask in private whoever is to take `actions` on, in their staff hours, in one message a person and occasion.

    What is then not taken on goes to the leader, everything of one day in one message.
    """
    calendar = ledger.schools.calendar(plan.school)
    waiting = [action for action in actions if action.asked]
    due = {who: reachable(ledger, who, plan.school, now) for who in dict.fromkeys(a.asked for a in waiting) if who}
    asked = [replace(action, asked_at=due[action.asked]) for action in waiting if action.asked]
    for action in asked:
        ledger.plans.save_action(action)
    for person, moment in due.items():
        ledger.deliveries.want(Wanted(Kind.ACCEPTANCE, person, occasion, plan.id, moment))
    leader = leader_of(ledger, plan.school)
    for late in sorted({not_taken_on_at(action, calendar) for action in asked if action.waiting}):
        if leader is not None:
            day = f"{plan.id}/{calendar.today(late).isoformat()}"
            ledger.deliveries.want(Wanted(Kind.NOT_ACCEPTED, leader, day, plan.id, late))


def not_taken_on_at(action: Action, calendar: SchoolCalendar) -> datetime:
    """When the leader hears that nobody has taken on an action that somebody was asked to take on."""
    assert action.asked_at is not None
    return calendar.later(action.asked_at, SCHOOL_DAYS_TO_ACCEPT)


def not_accepted(ledger: Ledger, plan: Plan, now: datetime) -> tuple[Action, ...]:
    """The actions of `plan` that somebody was asked to take on two school days ago or more, and did not answer."""
    calendar = ledger.schools.calendar(plan.school)
    return tuple(
        action
        for action in plan.actions
        if action.waiting and action.asked_at and not_taken_on_at(action, calendar) <= now
    )
