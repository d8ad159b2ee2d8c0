"""The last month of school: every open action is carried into the next year, finished, dropped or handed over."""

from dataclasses import replace
from datetime import datetime

from planning.errands import What
from planning.hours import next_allowed
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.plan import Action, CheckIn, NotOwnerError, Plan
from planning.school_year import LAST_MONTH, SchoolYear, ending, year_of
from planning.verbs.kept import keep, known
from planning.verbs.leadership import leader_of
from rubric.errors import LeversError

SUMMARY_DAYS = LAST_MONTH / 2
"""So long before the last day of school the leader gets the list: owners have been asked by then."""


class NotEndingError(LeversError):
    """The school year is not in its last month, or nobody said when it ends."""

    def __init__(self) -> None:
        super().__init__("Actions are carried over in the last month of school. It is not here yet.")


class NothingToCarryError(LeversError):
    """The action is done or dropped, or nobody has taken it on."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"This action is {action.status.value}: there is nothing to carry over.")


def carry(books: Books, who: str, action_id: str, now: datetime) -> Action:
    """Carry an action into the next school year: its owner does, or a leader of the school. Twice is once.

    Raises NotOwnerError for anybody else, NotEndingError outside of the last month, NothingToCarryError.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        if who != action.step.owner and not ledger.people.viewer(who, plan.school).sees_answers:
            raise NotOwnerError
        calendar = ledger.schools.calendar(plan.school)
        year = ending(calendar, calendar.today(now))
        if year is None:
            raise NotEndingError
        if not action.status.open or action.waiting:
            raise NothingToCarryError(action)
        if carried(ledger, plan, action, year):
            return action
        ledger.reminders.answer(action.id, now)
        ledger.plans.record(CheckIn(action.id, who, action.status, "", now))
        ledger.deliveries.refresh(Kind.YEAR_END, plan.id, now)
        ledger.errands.leave(What.GO_ON, who, at=now)
        return keep(ledger, plan, action, replace(action, carried_at=now, updated_at=now), who, now)


def carried(ledger: Ledger, plan: Plan, action: Action, year: SchoolYear) -> bool:
    """Whether the action was carried over at the end of `year`."""
    calendar = ledger.schools.calendar(plan.school)
    return action.carried_at is not None and ending(calendar, calendar.today(action.carried_at)) == year


def to_settle(ledger: Ledger, plan: Plan, now: datetime) -> frozenset[str]:
    """The ids of the open actions that are still to be carried, finished, dropped or handed over at the moment `now`.

    Empty outside of the last month of school.
    """
    calendar = ledger.schools.calendar(plan.school)
    year = ending(calendar, calendar.today(now))
    if year is None:
        return frozenset()
    return frozenset(one.id for one in plan.actions if one.status.open and not carried(ledger, plan, one, year))


def want_year_end(ledger: Ledger, school: str, now: datetime) -> None:
    """Want the leader's list for the middle of the last month of this school year, or of the next that is known."""
    plan = ledger.plans.live(school)
    if plan is None:
        return
    ledger.deliveries.withdraw(Kind.YEAR_END, "", subject=plan.id)
    calendar = ledger.schools.calendar(school)
    today = calendar.today(now)
    year = year_of(calendar, today) or min(
        (one for one in calendar.years if one.first > today), default=None, key=lambda one: one.first
    )
    leader = leader_of(ledger, school)
    if year is None or leader is None:
        return
    day = calendar.free_day(max(year.last - SUMMARY_DAYS, today))
    due = next_allowed(max(now, calendar.moment(day, calendar.day_ends)), ledger.people.time_of(leader), calendar)
    if due <= calendar.moment(year.last, calendar.staff_until):
        ledger.deliveries.want(Wanted(Kind.YEAR_END, leader, f"{plan.id}/{year.last.isoformat()}", plan.id, due))
