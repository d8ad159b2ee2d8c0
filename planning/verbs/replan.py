"""What is still to come, computed anew from its local dates: after a zone, a calendar or somebody's hours changed."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.hours import next_allowed
from planning.ledger import Ledger
from planning.messages import Delivery, Kind
from planning.people import Role
from planning.verbs.digests import readers, want_digest
from planning.verbs.leadership import chase
from planning.verbs.placing import replan_check_ins
from planning.verbs.reach import school_of, to_ask_at
from planning.verbs.rounds import want_monthly, want_team_checks
from planning.verbs.year_end import want_year_end

AT_ONCE = frozenset(
    {
        Kind.ACCEPTANCE,
        Kind.HELP_WANTED,
        Kind.HELP_COMING,
        Kind.HANDED_BACK,
        Kind.DECLINED,
        Kind.CHANGED,
        Kind.OWNER_LEFT,
        Kind.HELD_REVIEW,
        Kind.PAUSED,
        Kind.STILL,
        Kind.THANKS,
        Kind.COMMENT,
        Kind.UPDATE_WANTED,
        Kind.REPLY,
    }
)
"""Messages that are due as soon as their receiver may be reached; the others keep their local date and wall time."""

ELSEWHERE = frozenset({Kind.CHECK_IN, Kind.NOT_ACCEPTED, Kind.YEAR_END, Kind.DIGEST, Kind.TEAM_CHECK, Kind.MONTHLY})
"""Messages with a day of their own; a check-in that is late, and only waits for its receiver, is moved like others."""


def replan_school(ledger: Ledger, school: str, before: SchoolCalendar, now: datetime) -> None:
    """After the calendar, hours or zone of `school` changed from `before`: move everything that is still to come.

    What was sent stays, nothing is asked twice in a week, and nothing is lost: without a school day left it waits.
    """
    people = ledger.reminders.whom_to_ask(school)
    plan = ledger.plans.live(school)
    asked = {action.asked for action in plan.actions if action.asked} if plan else set()
    # Before anything that belongs to them, as whoever answers meanwhile does.
    ledger.plans.hold_open_of(*people, *asked)
    for person in people:
        replan_check_ins(ledger, person, now)
    _replan_acceptance(ledger, school, now)
    calendar = ledger.schools.calendar(school)
    for person in readers(ledger, school):
        want_digest(ledger, person, now)
    if plan := ledger.plans.live(school):
        want_team_checks(ledger, plan, now)
    for person in ledger.people.with_role(school, Role.REVIEWER):
        want_monthly(ledger, person, now)
    for delivery in ledger.deliveries.held(now):
        about = school_of(ledger, delivery)
        if about == school or (about is None and _belongs(ledger, delivery.wanted.recipient, school)):
            _move(ledger, delivery, before, calendar, now)
    want_year_end(ledger, school, now)


def replan_in_its_zone(ledger: Ledger, school: str, now: datetime) -> None:
    """The same, where its zone stays as it is."""
    replan_school(ledger, school, ledger.schools.calendar(school), now)


def replan_person(ledger: Ledger, person: str, now: datetime) -> None:
    """After the zone or the hours of `person` changed: move everything that is still to come to them."""
    ledger.plans.hold_open_of(person)
    replan_check_ins(ledger, person, now)
    known = [school.id for school in ledger.schools.known_to(person)]
    for delivery in ledger.deliveries.held(now):
        if delivery.wanted.recipient == person and known:
            calendar = ledger.schools.calendar(school_of(ledger, delivery) or known[0])
            _move(ledger, delivery, calendar, calendar, now)


def _move(ledger: Ledger, delivery: Delivery, before: SchoolCalendar, calendar: SchoolCalendar, now: datetime) -> None:
    wanted = delivery.wanted
    late = wanted.kind is Kind.CHECK_IN and date.fromisoformat(wanted.occasion) < calendar.today(now)
    if wanted.kind in ELSEWHERE and not late:
        return
    local = wanted.due.astimezone(ZoneInfo(before.zone))
    when = now
    if wanted.kind not in AT_ONCE and not late and local.date() < NOT_YET_KNOWN:
        when = max(now, calendar.moment(calendar.school_day(local.date()), local.time()))
    due = next_allowed(when, ledger.people.time_of(wanted.recipient), calendar)
    if due != wanted.due:
        ledger.deliveries.put(delivery, due)


def _replan_acceptance(ledger: Ledger, school: str, now: datetime) -> None:
    """Whoever is still to be asked to take something on is asked when they may be reached, and the leader later."""
    plan = ledger.plans.live(school)
    if plan is None:
        return
    for action in plan.actions:
        if action.asked and action.asked_at and action.asked_at > now:
            due = to_ask_at(ledger, action.asked, school, now)
            ledger.plans.save_action(replace(action, asked_at=due))
    ledger.deliveries.withdraw(Kind.NOT_ACCEPTED, "", subject=plan.id)
    chase(ledger, plan, now)


def _belongs(ledger: Ledger, person: str, school: str) -> bool:
    return any(one.id == school for one in ledger.schools.known_to(person))
