"""People who leave: what they owned goes to the leader to reassign, and nothing more is sent to them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.plan import Action, Plan
from planning.verbs.kept import keep
from planning.verbs.leadership import hand_on, leader_of
from planning.verbs.reach import reachable


def deactivated(books: Books, person: str, now: datetime) -> None:
    """The account of `person` is deactivated. Hearing it twice changes nothing."""
    with books.write() as ledger:
        if not ledger.following.departed(person):
            led = [school.id for school in ledger.schools.known_to(person)]
            ledger.following.set_departed(person, now)
            give_back(ledger, person, now)
            for school in led:
                hand_on(ledger, school, now)


def active(books: Books, person: str) -> None:
    """The account of `person` is active (again): they may be written to."""
    with books.write() as ledger:
        if ledger.following.departed(person):
            ledger.following.set_departed(person, None)


def reconcile(books: Books, channel: str, present: Iterable[str], now: datetime) -> None:
    """Make `present` the members of `channel`, whatever was heard or missed; who is gone has left."""
    with books.write() as ledger:
        found = frozenset(present)
        before = ledger.people.members(channel)
        if before == found:
            return
        # All of them at once and first of all: one after the other somebody else may hold them in another order.
        ledger.plans.hold_open_of(*sorted(before - found))
        ledger.people.set_members(channel, sorted(found))
        for person in sorted(before - found):
            give_back(ledger, person, now)


def give_back(ledger: Ledger, person: str, now: datetime) -> None:
    """Give what `person` owns, in every school that they no longer belong to, to its leader to reassign."""
    ledger.plans.hold_open_of(person)
    gone: dict[str, tuple[Plan, list[Action]]] = {}
    for plan, action in ledger.plans.open_of(person):
        if not ledger.following.departed(person) and ledger.people.viewer(person, plan.school).knows_school:
            continue
        if action.step.owner != person:
            keep(ledger, plan, action, replace(action, offered_to=None), person, now)
            continue
        ledger.reminders.withdraw(action.id, now)
        if not action.refused:
            keep(ledger, plan, action, replace(action, refused=True, offered_to=None), person, now)
        gone.setdefault(plan.id, (plan, []))[1].append(action)
    for plan, _ in gone.values():
        leader = leader_of(ledger, plan.school)
        if leader is not None:
            calendar = ledger.schools.calendar(plan.school)
            occasion = f"{plan.id}/{person}/{calendar.today(now).isoformat()}"
            due = reachable(ledger, leader, plan.school, now)
            ledger.deliveries.want(Wanted(Kind.OWNER_LEFT, leader, occasion, plan.id, due))
