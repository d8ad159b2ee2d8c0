"""The weekly digest: who reads that of a school, when the next one is due, and what it tells."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from planning.calendar import SchoolCalendar
from planning.checkins import week
from planning.digest import Week, week_of
from planning.ledger import Ledger, SchoolHere
from planning.messages import Delivery, Kind, Wanted
from planning.people import Role
from planning.preferences import Preferences, Topic
from planning.verbs.leadership import leader_of
from planning.verbs.rest import away
from planning.verbs.turns import silent

TOO_LATE = timedelta(days=3)
"""A digest that could not be sent for so long leaves it to the next one."""


def readers(ledger: Ledger, school: str) -> tuple[str, ...]:
    """Who gets the digest of `school`: its leader, and coaches who asked for it."""
    leader = leader_of(ledger, school)
    asked = (p for p in ledger.people.with_role(school, Role.COACH) if _wants(ledger, p, Topic.COACH_DIGEST))
    found = dict.fromkeys([*([leader] if leader and _wants(ledger, leader, Topic.DIGEST) else []), *asked])
    return tuple(person for person in found if not ledger.following.departed(person))


def want_digest(ledger: Ledger, person: str, now: datetime) -> None:
    """Want the next digest of `person`, and let go of what waits for a week that is closed by now.

    A week that is closed at one of their schools has its digest for the others.
    """
    known = [school.id for school in ledger.schools.known_to(person)]
    read = [one for one in known if ledger.plans.live(one) and person in readers(ledger, one)]
    chosen = ledger.following.preferences(person)
    calendars = [ledger.schools.calendar(school) for school in read]
    for delivery in ledger.deliveries.waiting(Kind.DIGEST, person):
        of = date.fromisoformat(delivery.wanted.occasion)
        if not any(digest_moment(chosen, calendar, of) for calendar in calendars):
            ledger.deliveries.withdraw(Kind.DIGEST, delivery.wanted.occasion, to=person)
    found = [next_digest(chosen, calendar, now) for calendar in calendars]
    monday, due = min((one for one in found if one), default=(None, now))
    if monday is not None:
        ledger.deliveries.want_unsent(Wanted(Kind.DIGEST, person, monday.isoformat(), person, due))


def next_digest(chosen: Preferences, calendar: SchoolCalendar, now: datetime) -> tuple[date, datetime] | None:
    """The Monday that names the week of the next digest, and its moment; None where no school day is known any more."""
    today = calendar.today(now)
    monday = today - timedelta(days=today.weekday())
    weeks = (monday + timedelta(weeks=number) for number in range(60))
    moments = ((one, digest_moment(chosen, calendar, one)) for one in weeks)
    return next(((one, due) for one, due in moments if due is not None and due > now), None)


def digest_moment(chosen: Preferences, calendar: SchoolCalendar, monday: date) -> datetime | None:
    """When the digest of the week of `monday` is due: on the first school day from the day chosen on, in staff hours.

    A week that has none from that day on has no digest: None.
    """
    day = calendar.school_day(monday + timedelta(days=chosen.digest_weekday))
    return calendar.moment(day, calendar.in_staff_hours(chosen.digest_at)) if week(day) == week(monday) else None


def weeks_for(ledger: Ledger, delivery: Delivery, now: datetime) -> Iterator[tuple[SchoolHere, Week]]:
    """What the digest `delivery` tells of each school whose digest its recipient reads."""
    person = delivery.wanted.recipient
    before = ledger.deliveries.last_sent(Kind.DIGEST, person, delivery.wanted.occasion)
    for school in ledger.schools.known_to(person):
        plan = ledger.plans.live(school.id)
        if plan is None or person not in readers(ledger, school.id):
            continue
        calendar, chosen = ledger.schools.calendar(school.id), ledger.following.preferences(person)
        at = _digest_of(date.fromisoformat(delivery.wanted.occasion), chosen, calendar)
        since = _digest_of(date.fromisoformat(before.wanted.occasion), chosen, calendar) if before else None
        since = max(since or plan.committed_at, plan.committed_at)
        owners = dict.fromkeys(action.step.owner for action in plan.actions if action.status.open and action.taken_on)
        quiet = [(one, _last_asked(ledger, one, now)) for one in owners if silent(ledger, one)]
        resting = [(one, until) for one in owners if (until := away(ledger, one, now))]
        late = ledger.reminders.passed_over(plan.session, calendar.today(since) - timedelta(days=7))
        said = ledger.plans.check_ins(plan.session)
        end = max(at, now) if delivery.ts is None else at
        found = week_of(plan, said, calendar.today(now), since, end, quiet, late, resting, person)
        yield school, replace(found, endless=not calendar.years)


def _digest_of(monday: date, chosen: Preferences, calendar: SchoolCalendar) -> datetime:
    return calendar.moment(monday + timedelta(days=chosen.digest_weekday), chosen.digest_at)


def _last_asked(ledger: Ledger, person: str, now: datetime) -> datetime:
    return ledger.reminders.asked_at(person, now - timedelta(days=3650))[-1]


def _wants(ledger: Ledger, person: str, topic: Topic) -> bool:
    return ledger.following.preferences(person).wants(topic)
