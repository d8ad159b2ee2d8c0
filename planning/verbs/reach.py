"""When a message may reach the person it goes to: in their school's staff hours, and outside of their quiet hours."""

from collections.abc import Callable
from datetime import datetime

from planning.hours import next_allowed
from planning.ledger import Ledger
from planning.messages import Delivery, Kind

ANYTIME = frozenset(
    {
        Kind.WELCOME,
        Kind.CONNECTED,
        Kind.CARD,
        Kind.DETAILS,
        Kind.PLAN,
        Kind.DOCUMENTS,
        Kind.PICTURE,
        Kind.BALLOT_REMINDER,
        Kind.TIME_UP,
    }
)
"""What stands in a channel, or belongs to the meeting that is going on."""


def reachable(ledger: Ledger, person: str, school: str, now: datetime) -> datetime:
    """`now` where `person` may be reached about `school`, else the next UTC moment at which they may."""
    return next_allowed(now, ledger.people.time_of(person), ledger.schools.calendar(school))


def next_push(ledger: Ledger, delivery: Delivery, now: datetime) -> datetime:
    """`now` where `delivery` may be sent, else the next UTC moment at which its receiver may be reached.

    Only a message that notifies somebody waits: bringing one up to date does not, nor does a channel's. Whoever
    belongs to several schools may be reached in the hours of any, unless the message is about one of them.
    """
    if delivery.ts is not None or delivery.wanted.kind in ANYTIME:
        return now
    about = school_of(ledger, delivery)
    person = delivery.wanted.recipient
    schools = [about] if about else [school.id for school in ledger.schools.known_to(person)]
    return min((reachable(ledger, person, school, now) for school in schools), default=now)


def school_of(ledger: Ledger, delivery: Delivery) -> str | None:
    """The id of the school that a message is about; None where its kind is about a person, whatever their schools."""
    known = _SCHOOL.get(delivery.wanted.kind)
    return known(ledger, delivery.wanted.subject) if known else None


def _of_plan(ledger: Ledger, plan: str) -> str:
    return ledger.plans.load(plan).school


def _of_action(ledger: Ledger, action: str) -> str:
    return ledger.sessions.load(ledger.plans.action(action).session).school


_SCHOOL: dict[Kind, Callable[[Ledger, str], str]] = {
    Kind.HELD_REVIEW: lambda ledger, review: ledger.reviews.load(review).school,
    Kind.ACCEPTANCE: _of_plan,
    Kind.NOT_ACCEPTED: _of_plan,
    Kind.YEAR_END: _of_plan,
    Kind.TEAM_CHECK: _of_plan,
    Kind.STILL: _of_plan,
    Kind.OWNER_LEFT: _of_plan,
    Kind.HELP_WANTED: _of_action,
    Kind.HANDED_BACK: _of_action,
    Kind.DECLINED: _of_action,
    Kind.HELP_COMING: _of_action,
    Kind.THANKS: _of_action,
}
