"""The regular round: from how every plan stands it follows what leaders, teams and reviewers are owed, and when.

Nothing in it is remembered between two rounds: a round that was missed is made up for by the next, and one that is made
twice changes nothing, because every message is named by its occasion.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import itemgetter

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.people import Role
from planning.plan import Plan
from planning.portfolio import TEAM_CHECKS
from planning.school_year import after_days
from planning.standing import STALE_SCHOOL_DAYS
from planning.verbs.digests import readers, want_digest
from planning.verbs.leadership import hand_on, leader_of
from planning.verbs.pause import tell
from planning.verbs.reach import reachable
from planning.verbs.turns import pass_over_late

STILL_SCHOOL_DAYS = 10
"""After so many school days without an update the leader hears of it, before anybody outside the school does."""
PULSE_DAYS = 182
PULSE_LASTS = timedelta(days=31)
MORNING = time(9, 0)
NEVER = datetime.max.replace(tzinfo=UTC)
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
    calendars = [ledger.schools.calendar(one) for one in theirs]
    waiting = {one.wanted.occasion: one.wanted.due for one in ledger.deliveries.waiting(Kind.MONTHLY, person)}
    for month in waiting:
        if not any(_has_school(calendar, month) for calendar in calendars):
            ledger.deliveries.withdraw(Kind.MONTHLY, month, to=person)
    found = [one for calendar in calendars if (one := _next_month(calendar, now))]
    month, due = min(found, key=itemgetter(1), default=("", now))
    # One that waits for its receiver only, past its moment, is not put off by a school that begins later.
    if month and due < waiting.get(month, NEVER):
        ledger.deliveries.want_unsent(Wanted(Kind.MONTHLY, person, month, person, due))


def _still(ledger: Ledger, plan: Plan, calendar: SchoolCalendar, now: datetime) -> None:
    leader, last = leader_of(ledger, plan.school), last_update(plan)
    due = calendar.later(last, STILL_SCHOOL_DAYS)
    if leader is not None and due <= now + timedelta(days=1) and any(action.status.open for action in plan.actions):
        due = reachable(ledger, leader, plan.school, max(due, now))
        ledger.deliveries.owe(Wanted(Kind.STILL, leader, f"{plan.id}/{last.isoformat()}", plan.id, due))


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


def _has_school(calendar: SchoolCalendar, month: str) -> bool:
    return f"{calendar.school_day(date.fromisoformat(f'{month}-01')):%Y-%m}" == month


def _next_month(calendar: SchoolCalendar, now: datetime) -> tuple[str, datetime] | None:
    first = calendar.today(now).replace(day=1)
    while (day := calendar.school_day(first)) != NOT_YET_KNOWN:
        due = calendar.moment(day, MORNING)
        if due > now:
            # After the summer the first school day is that of several months: it is one message.
            return f"{day:%Y-%m}", due
        first = (first + timedelta(days=32)).replace(day=1)
    return None
