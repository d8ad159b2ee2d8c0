"""Who leads a school now, and that what is still open reaches whoever that is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from planning.calendar import SchoolCalendar
from planning.ledger import Ledger
from planning.messages import Delivery, Kind, Wanted
from planning.people import Role
from planning.plan import Action, Plan
from planning.preferences import OF_KIND, Topic
from planning.verbs.kept import RECENT
from planning.verbs.reach import reachable

SCHOOL_DAYS_TO_ACCEPT = 2
"""After these, an action that nobody took on goes to the leader."""


def own_leader_of(ledger: Ledger, school: str, but: str | None = None) -> str | None:
    """The school's principal, else its backup leader, else nobody; whoever has left is passed by, and so is `but`."""
    found = (person for role in (Role.PRINCIPAL, Role.BACKUP) for person in ledger.people.with_role(school, role))
    return first_there(ledger, found, but)


def leader_of(ledger: Ledger, school: str, but: str | None = None) -> str | None:
    """Who is told what a leader is to know: the school's own leader, else whoever stands in for one."""
    return own_leader_of(ledger, school, but) or stand_in(ledger, school, but)


def stand_in(ledger: Ledger, school: str, but: str | None = None) -> str | None:
    """Who stands in for a leader of `school`: an administrator who is neither its reviewer nor of its district, else
    any administrator. Whoever has left is passed by, and so is `but`."""
    outside = {p for role in (Role.REVIEWER, Role.DISTRICT) for p in ledger.people.with_role(school, role)}
    found = sorted(ledger.people.administrators(), key=lambda person: (person in outside, person))
    return first_there(ledger, found, but)


def first_there(ledger: Ledger, people: Iterable[str], but: str | None = None) -> str | None:
    """The first of `people` who has not left, and is not `but`."""
    return next((one for one in people if one != but and not ledger.following.departed(one)), None)


def tell(ledger: Ledger, kind: str, person: str, occasion: str, subject: str, school: str, now: datetime) -> None:
    """Tell `person`, or where that is empty whoever leads `school`, in their staff hours; told before, they are not.

    What the person turned down goes to whoever leads, too: somebody waits for an answer.
    """
    told, topic = person or leader_of(ledger, school), OF_KIND.get(Kind(kind))
    if told and topic and not ledger.following.preferences(told).wants(topic):
        told = leader_of(ledger, school, but=told)
    if told is not None:
        due = reachable(ledger, told, school, now)
        ledger.deliveries.owe(Wanted(Kind(kind), told, occasion, subject, due))


def tell_of_change(ledger: Ledger, owner: str, plan_id: str, now: datetime) -> None:
    """Tell `owner`, unless they want no such word, what others changed today about what is theirs in a plan.

    It is one message a day, with all of it.
    """
    plan = ledger.plans.load(plan_id)
    if not plan.ended and ledger.following.preferences(owner).wants(Topic.CHANGES):
        day = ledger.schools.calendar(plan.school).today(now)
        due = reachable(ledger, owner, plan.school, now)
        ledger.deliveries.want(Wanted(Kind.CHANGED, owner, f"{plan.id}/{day.isoformat()}", plan.id, due))


def not_taken_on_at(action: Action, calendar: SchoolCalendar) -> datetime:
    """When the leader hears that nobody has taken on an action that somebody was asked to take on."""
    assert action.asked_at is not None
    return calendar.later(action.asked_at, SCHOOL_DAYS_TO_ACCEPT)


def chase(ledger: Ledger, plan: Plan, now: datetime) -> None:
    """Want the messages to the leader about what nobody takes on: one a day on which something becomes late.

    Days that are past make one message, so that whoever leads from now on gets one.
    """
    leader, calendar = leader_of(ledger, plan.school), ledger.schools.calendar(plan.school)
    asked = (action for action in ledger.plans.load(plan.id).actions if action.waiting and action.asked_at)
    moments = sorted({not_taken_on_at(action, calendar) for action in asked})
    past = [late for late in moments if late <= now][-1:]
    if leader is None or not ledger.following.preferences(leader).wants(Topic.NOT_ACCEPTED):
        return
    for late in (*past, *(late for late in moments if late > now)):
        due = late if late > now else reachable(ledger, leader, plan.school, now)
        occasion = f"{plan.id}/{calendar.today(late).isoformat()}"
        ledger.deliveries.want_unsent(Wanted(Kind.NOT_ACCEPTED, leader, occasion, plan.id, due))


def hand_on(ledger: Ledger, school: str, now: datetime) -> None:
    """Let what a leader was told, or is to be told, and is still open reach whoever leads `school` now.

    Doing it again changes nothing.
    """
    plan, leader = ledger.plans.live(school), leader_of(ledger, school)
    if plan is None or leader is None:
        return
    chase(ledger, plan, now)
    for one in _told(ledger, plan):
        wanted = one.wanted
        if wanted.recipient == leader:
            continue
        ledger.deliveries.withdraw(wanted.kind, wanted.occasion, to=wanted.recipient)
        if wanted.kind is Kind.NOT_ACCEPTED:
            continue
        due = reachable(ledger, leader, school, max(now, wanted.due))
        ledger.deliveries.want_unsent(replace(wanted, recipient=leader, due=due))


def led_until_now(ledger: Ledger, school: str, person: str, now: datetime) -> None:
    """`person` leads `school` no more: what they were told is not theirs to see any more."""
    plan = ledger.plans.live(school)
    for one in _told(ledger, plan) if plan else ():
        if one.wanted.recipient == person:
            ledger.deliveries.refresh(one.wanted.kind, one.wanted.subject, now, to=person, newest=RECENT)
    ledger.deliveries.refresh(Kind.DIGEST, person, now, newest=RECENT)


def _told(ledger: Ledger, plan: Plan) -> Iterator[Delivery]:
    for kind in (Kind.NOT_ACCEPTED, Kind.OWNER_LEFT, Kind.YEAR_END):
        yield from ledger.deliveries.about(kind, plan.id)
    for action in plan.actions:
        if action.refused:
            yield from ledger.deliveries.about(Kind.HANDED_BACK, action.id)
