"""When a message may reach the person it goes to: in their school's staff hours, and outside of their quiet hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from planning.asking import Asking
from planning.calendar import NOT_YET_KNOWN, Closure
from planning.hours import next_allowed
from planning.ledger import Ledger
from planning.messages import IN_CHANNELS, Delivery, Kind, Wanted

ANYTIME = (IN_CHANNELS - {Kind.TEAM_CHECK}) | {
    Kind.PORTFOLIO_FILE,
    Kind.DOCUMENT_FILE,
    Kind.STATUS_FILE,
    Kind.BALLOT_REMINDER,
    Kind.TIME_UP,
}
"""What stands in a channel, belongs to the meeting that is going on, or answers whoever has just asked for it."""

ASKS = frozenset({Kind.ACCEPTANCE, Kind.CHECK_IN, Kind.UPDATE_WANTED})
"""What asks something of its receiver, and so keeps away from busy days."""

GIVES_WAY: dict[Kind, tuple[Kind, ...]] = {Kind.STILL: (Kind.DIGEST,), Kind.YEAR_END: (Kind.DIGEST, Kind.STILL)}
"""What waits a school day where its receiver hears of the same plan that day: the digest tells most of it."""


def reachable(ledger: Ledger, person: str, school: str, now: datetime) -> datetime:
    """`now` where `person` may be reached about `school`, else the next UTC moment at which they may."""
    return next_allowed(now, ledger.people.time_of(person), ledger.schools.calendar(school))


def to_ask_at(ledger: Ledger, person: str, school: str, now: datetime) -> datetime:
    """`now` where `person` may be asked something about `school`, else the next UTC moment: on no busy day.

    Where all that is known are busy days, they serve.
    """
    calendar = ledger.schools.calendar(school)
    busy = (Closure(one.first, one.last, one.name) for one in calendar.busy)
    quiet = replace(calendar, closures=(*calendar.closures, *busy))
    found = next_allowed(now, ledger.people.time_of(person), quiet)
    return found if calendar.today(found) < NOT_YET_KNOWN else reachable(ledger, person, school, now)


def next_push(ledger: Ledger, delivery: Delivery, now: datetime) -> datetime:
    """`now` where `delivery` may be sent, else the next UTC moment at which its receiver may be reached.

    Only a message that notifies somebody waits: bringing one up to date does not, nor does a channel's. Whoever
    belongs to several schools may be reached in the hours of any, unless the message is about one of them. What gives
    way to another message waits for the first school day without it.
    """
    if delivery.ts is not None or delivery.wanted.kind in ANYTIME:
        return now
    about = school_of(ledger, delivery)
    person = delivery.wanted.recipient
    schools = [about] if about else [school.id for school in ledger.schools.known_to(person)]
    allowed = to_ask_at if delivery.wanted.kind in ASKS else reachable
    found = min((allowed(ledger, person, school, now) for school in schools), default=now)
    return _given_way(ledger, delivery.wanted, about, found) if about else found


def _given_way(ledger: Ledger, wanted: Wanted, school: str, at: datetime) -> datetime:
    """The moment `at`, or the same time of a later school day where something that it gives way to goes that day."""
    calendar = ledger.schools.calendar(school)
    today = calendar.today(at)
    first, until = (calendar.moment(today + timedelta(days), time()) for days in (0, 1))
    before = GIVES_WAY.get(wanted.kind, ())
    if not any(ledger.deliveries.comes_within(kind, wanted.recipient, first, until) for kind in before):
        return at
    later = calendar.school_day(today + timedelta(days=1))
    if later == NOT_YET_KNOWN:
        return at
    moment = calendar.moment(later, at.astimezone(ZoneInfo(calendar.zone)).time())
    return _given_way(ledger, wanted, school, reachable(ledger, wanted.recipient, school, moment))


def school_of(ledger: Ledger, delivery: Delivery) -> str | None:
    """The id of the school that a message is about; None where its kind is about a person, whatever their schools."""
    if delivery.wanted.kind is Kind.PAUSED:
        return delivery.wanted.occasion.partition("/")[0]
    known = _SCHOOL.get(delivery.wanted.kind)
    return known(ledger, delivery.wanted.subject) if known else None


def _of_plan(ledger: Ledger, plan: str) -> str:
    return ledger.plans.load(Asking.of(plan).plan).school


def _of_action(ledger: Ledger, action: str) -> str:
    return ledger.sessions.load(ledger.plans.action(action).session).school


_SCHOOL: dict[Kind, Callable[[Ledger, str], str]] = {
    Kind.HELD_REVIEW: lambda ledger, review: ledger.reviews.load(review).school,
    Kind.ACCEPTANCE: _of_plan,
    Kind.NOT_ACCEPTED: _of_plan,
    Kind.CHANGED: _of_plan,
    Kind.YEAR_END: _of_plan,
    Kind.TEAM_CHECK: _of_plan,
    Kind.STILL: _of_plan,
    Kind.OWNER_LEFT: _of_plan,
    Kind.HELP_WANTED: _of_action,
    Kind.HANDED_BACK: _of_action,
    Kind.DECLINED: _of_action,
    Kind.HELP_COMING: _of_action,
    Kind.THANKS: _of_action,
    Kind.COMMENT: _of_action,
    Kind.UPDATE_WANTED: lambda _ledger, school: school,
    Kind.REPLY: lambda _ledger, school: school,
}
