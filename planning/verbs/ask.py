"""Asking whether somebody takes an action on, and the leader where nobody did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.asking import Asking
from planning.ledger import Ledger
from planning.messages import Delivery, Kind, Wanted
from planning.plan import Action, Plan
from planning.verbs.leadership import chase, not_taken_on_at
from planning.verbs.reach import to_ask_at


def ask(ledger: Ledger, plan: Plan, actions: Sequence[Action], occasion: str, now: datetime) -> Sequence[Action]:
    """Ask in private whoever is to take `actions` on, in their staff hours, in one message a person and occasion.

    The `occasion` is that of an Asking. What is then not taken on goes to the leader, everything of one day in one
    message. Returns those that somebody is asked to take on, as they are now.
    """
    waiting = [action for action in actions if action.asked]
    due = {who: to_ask_at(ledger, who, plan.school, now) for who in dict.fromkeys(a.asked for a in waiting) if who}
    asked = [replace(action, asked_at=due[action.asked]) for action in waiting if action.asked]
    for action in asked:
        ledger.plans.save_action(action)
    for person, moment in due.items():
        ledger.deliveries.want(Wanted(Kind.ACCEPTANCE, person, occasion, Asking.of(occasion).subject, moment))
    chase(ledger, plan, now)
    return asked


def ask_to_take_on(ledger: Ledger, action_id: str, person: str, occasion: str, now: datetime) -> None:
    """Ask `person` whether they take on an action of the live plan, unless it waits for somebody else by now."""
    plan = ledger.plans.of_action(action_id)
    action = plan.action(action_id) if plan and not plan.ended else None
    if plan and action and action.asked == person:
        ask(ledger, plan, (action,), occasion, now)


def asked_about(ledger: Ledger, delivery: Delivery) -> tuple[Plan, tuple[Action, ...]]:
    """The plan of a message that asks whether somebody takes actions on, and those of its actions that it asks about.

    One that was asked about in a message of its own is not asked about in the plan's as well.
    """
    asking = Asking.of(delivery.wanted.occasion)
    plan = ledger.plans.load(asking.plan)
    if asking.action:
        return plan, tuple(action for action in plan.actions if action.id == asking.action)
    return plan, asked_together(ledger, plan, delivery.wanted.recipient)


def asked_together(ledger: Ledger, plan: Plan, person: str) -> tuple[Action, ...]:
    """What the message of `plan` itself asks `person`: nothing about which there is a message of its own."""
    every = (Asking.of(one.wanted.occasion) for one in ledger.deliveries.to(Kind.ACCEPTANCE, person))
    alone = {asking.action for asking in every if asking.plan == plan.id}
    in_order = (action for priority in plan.priorities for action in plan.under(priority))
    return tuple(action for action in in_order if action.id not in alone)


def not_accepted(ledger: Ledger, plan: Plan, now: datetime) -> tuple[Action, ...]:
    """The actions of `plan` that somebody was asked to take on two school days ago or more, and did not answer."""
    calendar = ledger.schools.calendar(plan.school)
    return tuple(
        action
        for action in plan.actions
        if action.waiting and action.asked_at and not_taken_on_at(action, calendar) <= now
    )
