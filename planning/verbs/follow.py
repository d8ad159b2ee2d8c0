"""Following up: accepting, handing back, checking in, and the row that says when an owner is asked next."""

from dataclasses import replace
from datetime import date, datetime

from planning.checkins import asked_on, first_check_in, next_check_in, week
from planning.ledger import Books, Ledger
from planning.messages import Delivery, Kind, Reminder, Wanted
from planning.people import Role
from planning.plan import Action, CheckIn, NotOwnerError, Plan, Status
from rubric.errors import LeversError

RECENT = 3
"""How many messages of one kind still show to a person who looks back."""


class AnswerError(LeversError):
    """The answer needs something more; `field` names the input."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def schedule(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> None:
    """Write the row for an action's first check-in, and the message that will carry it."""
    calendar = ledger.schools.calendar(plan.school)
    _remind(ledger, plan, action, first_check_in(calendar.today(now), action.step.cadence))


def _remind(ledger: Ledger, plan: Plan, action: Action, planned: date) -> None:
    calendar = ledger.schools.calendar(plan.school)
    day = asked_on(planned, calendar)
    due = calendar.moment(day, calendar.day_ends)
    ledger.reminders.add(Reminder(ledger.new_id(), action.step.owner, action.id, planned, day, calendar.zone, due))
    ledger.deliveries.want(Wanted(Kind.CHECK_IN, action.step.owner, day.isoformat(), action.step.owner, due))


def accept(books: Books, who: str, action_id: str, now: datetime) -> Action:
    """Take an action on. Accepting twice changes nothing. Raises NotOwnerError for anybody but the one who is asked."""
    with books.write() as ledger:
        action, plan = _known(ledger, action_id)
        if action.asked != who:
            if who == action.step.owner and not action.refused:
                return action
            raise NotOwnerError
        status = Status.NOT_STARTED if action.status is Status.PROPOSED else action.status
        taken = replace(action, step=replace(action.step, owner=who), offered_to=None, refused=False)
        taken = _record(ledger, plan, taken, who, status, "", now)
        ledger.reminders.withdraw(action.id, now)
        schedule(ledger, plan, taken, now)
        return taken


def hand_back(books: Books, who: str, action_id: str, reason: str, now: datetime) -> Action:
    """Give an action back that `who` was asked to take, with a reason; the principal hears of it.

    A hand-over that is refused leaves the action with its owner. Raises AnswerError without a reason, NotOwnerError
    for anybody but the one who is asked.
    """
    if not reason.strip():
        raise AnswerError("reason", "Say in a few words why, so that somebody else can be found.")
    with books.write() as ledger:
        action, plan = _known(ledger, action_id)
        if action.asked != who:
            raise NotOwnerError
        if action.offered_to:
            returned = replace(action, offered_to=None)
        else:
            returned = replace(action, refused=True)
            ledger.reminders.withdraw(action.id, now)
        returned = _record(ledger, plan, returned, who, action.status, reason.strip(), now)
        due = ledger.schools.calendar(plan.school).reachable(now)
        occasion = f"{action.id}/{now.isoformat()}/{who}"
        for leader in ledger.people.with_role(plan.school, Role.PRINCIPAL):
            ledger.deliveries.want(Wanted(Kind.HANDED_BACK, leader, occasion, action.id, due))
        return returned


def offer(books: Books, who: str, action_id: str, to: str, now: datetime) -> Action:
    """Ask `to` to take an action over: by its owner as a hand-over, or by a leader of the school.

    The owner stays the owner until `to` accepts. Raises NotOwnerError, or AnswerError for a person outside the team
    and for an action that is done or dropped.
    """
    with books.write() as ledger:
        action, plan = _known(ledger, action_id)
        if who != action.step.owner and not ledger.people.viewer(who, plan.school).leads:
            raise NotOwnerError
        if to == action.step.owner and not action.refused:
            raise AnswerError("to", "It is theirs already. Choose somebody else.")
        if not ledger.people.viewer(to, plan.school).knows_school:
            raise AnswerError("to", "Choose somebody of the school's team or its leaders: they need to see the plan.")
        if not action.status.open:
            raise AnswerError("to", f"This action is {action.status.value}: there is nothing to take over.")
        offered = replace(action, offered_to=to)
        ledger.plans.save_action(offered)
        due = ledger.schools.calendar(plan.school).reachable(now)
        # A message of its own: bringing an old one up to date would notify nobody.
        occasion = f"{plan.id}/{action.id}/{now.isoformat()}"
        ledger.deliveries.want(Wanted(Kind.ACCEPTANCE, to, occasion, plan.id, due))
        _refresh(ledger, plan, offered, who, now)
        return offered


def check_in(
    books: Books, who: str, action_id: str, status: Status, note: str, now: datetime, helper: str | None = None
) -> Action:
    """Record how an action stands. Saying the same again without a note or a helper changes nothing.

    `helper` is whom a blocked owner wants told. Raises NotOwnerError; AnswerError where *done* lacks what shows it,
    *dropped* lacks why, or the owner handed the action back.
    """
    said = note.strip()
    if status is Status.DONE and not said:
        raise AnswerError("note", "Say in a few words, or with a link, what shows that it is done.")
    if status is Status.DROPPED and not said:
        raise AnswerError("note", "Say in a few words why it is dropped.")
    with books.write() as ledger:
        action, plan = _known(ledger, action_id)
        if who != action.step.owner:
            raise NotOwnerError
        if action.refused:
            raise AnswerError("note", "You handed this action back, so that somebody else can take it on.")
        if helper == who:
            raise AnswerError("helper", "Choose somebody else who could help.")
        if helper is not None and not ledger.people.viewer(helper, plan.school).knows_school:
            raise AnswerError("helper", "Choose somebody of the school's team or its leaders.")
        if action.status is status and not said and helper is None:
            ledger.reminders.answer(action.id, now)
            _refresh(ledger, plan, action, who, now)
            return action
        goes_on = action if status.open else replace(action, offered_to=None)
        answered = _record(ledger, plan, goes_on, who, status, said, now)
        ledger.reminders.answer(action.id, now)
        if status.open and not action.status.open:
            schedule(ledger, plan, answered, now)
        if not status.open:
            ledger.reminders.withdraw(action.id, now)
        if helper is not None:
            due = ledger.schools.calendar(plan.school).reachable(now)
            occasion = f"{action.id}/{now.isoformat()}"
            ledger.deliveries.want(Wanted(Kind.HELP_WANTED, helper, occasion, action.id, due))
        _refresh(ledger, plan, answered, who, now)
        return answered


def after_check_in(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """Write the next row for every action that a check-in message, sent at `now`, carried; part of marking it sent."""
    for reminder in ledger.reminders.of_day(delivery.wanted.recipient, _day(delivery)):
        action = ledger.plans.action(reminder.action)
        plan = _plan_of(ledger, action)
        if not action.status.open or plan.ended:
            continue
        calendar = ledger.schools.calendar(plan.school)
        planned = next_check_in(reminder.planned, action.step.cadence)
        # This week has just been asked, whether a break moved several planned days to it or a stop sent it late.
        while week(asked_on(planned, calendar)) <= week(calendar.today(now)):
            planned = next_check_in(planned, action.step.cadence)
        _remind(ledger, plan, action, planned)


def _day(delivery: Delivery) -> date:
    return date.fromisoformat(delivery.wanted.occasion)


def _known(ledger: Ledger, action_id: str) -> tuple[Action, Plan]:
    action = ledger.plans.action(action_id)
    plan = _plan_of(ledger, action)
    if plan.ended:
        raise PlanEndedError
    return action, plan


def _plan_of(ledger: Ledger, action: Action) -> Plan:
    plan = ledger.plans.of_session(action.session)
    if plan is None:
        raise NotCommittedError
    return plan


class PlanEndedError(LeversError):
    """The action belongs to a plan that a newer one has replaced."""

    def __init__(self) -> None:
        super().__init__("A newer plan has replaced this one. `/levers mine` shows what is yours now.")


class NotCommittedError(LeversError):
    """The action belongs to a plan that is still being written."""

    def __init__(self) -> None:
        super().__init__("The plan is still being written. You are asked once it is committed.")


def _record(ledger: Ledger, plan: Plan, action: Action, who: str, status: Status, note: str, now: datetime) -> Action:
    changed = replace(action, status=status, updated_at=now)
    ledger.plans.save_action(changed)
    ledger.plans.record(CheckIn(action.id, who, status, note, now))
    _refresh(ledger, plan, changed, who, now)
    return changed


def _refresh(ledger: Ledger, plan: Plan, action: Action, who: str, now: datetime) -> None:
    ledger.deliveries.refresh(Kind.PLAN, plan.id, now)
    ledger.deliveries.refresh(Kind.ACCEPTANCE, plan.id, now, to=who, newest=RECENT)
    ledger.deliveries.refresh(Kind.CHECK_IN, who, now, newest=RECENT)
    ledger.deliveries.refresh(Kind.HANDED_BACK, action.id, now, newest=RECENT)
