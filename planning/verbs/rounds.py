"""The regular round: from how every plan stands it follows what leaders, teams and reviewers are owed, and when.

Nothing in it is remembered between two rounds: a round that was missed is made up for by the next, and one that is made
twice changes nothing, because every message is named by its occasion.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from operator import itemgetter

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.checkins import week
from planning.digest import Week, week_of
from planning.ledger import Books, Ledger, SchoolHere
from planning.messages import Delivery, Kind, Wanted
from planning.people import Role
from planning.plan import Plan
from planning.portfolio import TEAM_CHECKS
from planning.preferences import Preferences, Topic
from planning.school_year import after_days
from planning.standing import STALE_SCHOOL_DAYS
from planning.verbs.leadership import hand_on, leader_of
from planning.verbs.pause import tell
from planning.verbs.reach import reachable
from planning.verbs.rest import away
from planning.verbs.turns import pass_over_late, silent

STILL_SCHOOL_DAYS = 10
"""After so many school days without an update the leader hears of it, before anybody outside the school does."""
PULSE_DAYS = 182
PULSE_LASTS = timedelta(days=31)
MORNING = time(9, 0)
TOO_LATE = timedelta(days=3)
"""A digest that could not be sent for so long leaves it to the next one."""
TEAM_CHECK_TOO_LATE = timedelta(days=14)


def make(books: Books, now: datetime) -> None:
    """Make one round: a transaction a batch, a school and a reviewer, so that nobody waits for it long.

    Where it fails for one it holds up none of the others; raises ExceptionGroup with what went wrong.
    """
    failed: list[Exception] = []

    def in_its_own(work: Callable[[Ledger], int | None]) -> int | None:
        try:
            with books.write() as ledger:
                return work(ledger)
        except Exception as error:
            failed.append(error)
            return None

    while in_its_own(partial(pass_over_late, now=now)):
        pass
    with books.read() as ledger:
        schools = [school.id for school in ledger.schools.connected()]
        reviewers = {person for school in schools for person in ledger.people.with_role(school, Role.REVIEWER)}
    for school in schools:
        in_its_own(partial(_of_school, school=school, now=now))
    for person in sorted(reviewers):
        in_its_own(partial(want_monthly, person=person, now=now))
    if failed:
        raise ExceptionGroup("The round could not be made everywhere.", failed)


def _of_school(ledger: Ledger, school: str, now: datetime) -> None:
    tell(ledger, ledger.schools.load(school), now)
    hand_on(ledger, school, now)
    plan = ledger.plans.live(school)
    if plan is None:
        return
    for person in readers(ledger, school):
        want_digest(ledger, person, now)
    want_team_checks(ledger, plan, now)
    _still(ledger, plan, ledger.schools.calendar(school), now)


def want_team_checks(ledger: Ledger, plan: Plan, now: datetime) -> None:
    """Want the team checks of `plan` that are still to come, and let go of those whose day is not known any more."""
    calendar = ledger.schools.calendar(plan.school)
    for days in TEAM_CHECKS:
        occasion = f"{plan.id}/{days:03}"
        counted = after_days(calendar, calendar.today(plan.committed_at), days)
        day = NOT_YET_KNOWN if counted is None else calendar.school_day(counted)
        due = calendar.moment(day, calendar.day_ends)
        if day == NOT_YET_KNOWN:
            ledger.deliveries.withdraw(Kind.TEAM_CHECK, occasion)
        # One that is past was wanted before it was: a round long ago, or nobody was here yet.
        elif due > now:
            ledger.deliveries.want_unsent(Wanted(Kind.TEAM_CHECK, plan.channel, occasion, plan.id, due))


def want_monthly(ledger: Ledger, person: str, now: datetime) -> None:
    """Want the next monthly message of the reviewer `person`, and let go of those that wait for another month."""
    reviewed = [one.id for one in ledger.schools.known_to(person) if ledger.plans.live(one.id)]
    theirs = [one for one in reviewed if Role.REVIEWER in ledger.people.viewer(person, one).roles]
    found = (_next_month(ledger.schools.calendar(one), now) for one in theirs)
    month, due = min((one for one in found if one), key=itemgetter(1), default=("", now))
    for delivery in ledger.deliveries.waiting(Kind.MONTHLY, person):
        if delivery.wanted.due > now and delivery.wanted.occasion != month:
            ledger.deliveries.withdraw(Kind.MONTHLY, delivery.wanted.occasion, to=person)
    if month:
        ledger.deliveries.want_unsent(Wanted(Kind.MONTHLY, person, month, person, due))


def _still(ledger: Ledger, plan: Plan, calendar: SchoolCalendar, now: datetime) -> None:
    leader, last = leader_of(ledger, plan.school), last_update(plan)
    due = calendar.later(last, STILL_SCHOOL_DAYS)
    if leader is not None and due <= now + timedelta(days=1) and any(action.status.open for action in plan.actions):
        due = reachable(ledger, leader, plan.school, max(due, now))
        ledger.deliveries.owe(Wanted(Kind.STILL, leader, f"{plan.id}/{last.isoformat()}", plan.id, due))


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
        yield school, week_of(plan, said, calendar.today(now), since, end, quiet, late, resting, person)


def stale(ledger: Ledger, plan: Plan, now: datetime) -> bool:
    """Whether a reviewer may hear that `plan` stands still: its leader has known for ten school days."""
    calendar = ledger.schools.calendar(plan.school)
    if not any(action.status.open for action in plan.actions):
        return False
    return calendar.school_days(calendar.today(last_update(plan)), calendar.today(now)) >= STALE_SCHOOL_DAYS


def last_update(plan: Plan) -> datetime:
    """When anything was last said about an action of `plan`, else its commit."""
    return max((one.updated_at for one in plan.actions if one.updated_at), default=plan.committed_at)


def pulse(plan: Plan, calendar: SchoolCalendar, now: datetime) -> bool:
    """Whether `plan` has become six months old in the month before `now`."""
    day = after_days(calendar, calendar.today(plan.committed_at), PULSE_DAYS)
    return day is not None and day <= calendar.today(now) < day + PULSE_LASTS


def _digest_of(monday: date, chosen: Preferences, calendar: SchoolCalendar) -> datetime:
    return calendar.moment(monday + timedelta(days=chosen.digest_weekday), chosen.digest_at)


def _last_asked(ledger: Ledger, person: str, now: datetime) -> datetime:
    return ledger.reminders.asked_at(person, now - timedelta(days=3650))[-1]


def _next_month(calendar: SchoolCalendar, now: datetime) -> tuple[str, datetime] | None:
    first = calendar.today(now).replace(day=1)
    while (day := calendar.school_day(first)) != NOT_YET_KNOWN:
        due = calendar.moment(day, MORNING)
        if due > now:
            # After the summer the first school day is that of several months: it is one message.
            return f"{day:%Y-%m}", due
        first = (first + timedelta(days=32)).replace(day=1)
    return None


def _wants(ledger: Ledger, person: str, topic: Topic) -> bool:
    return ledger.following.preferences(person).wants(topic)
