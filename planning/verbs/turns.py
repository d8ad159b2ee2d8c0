"""Whose turn it is to be asked: one message a person a week, in which everything that is due rides along."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planning.calendar import SchoolCalendar
from planning.checkins import (
    asked_on,
    check_in_day,
    first_check_in,
    heads_up_day,
    next_check_in,
    overdue_day,
    week,
)
from planning.hours import asking_moment
from planning.ledger import Ledger
from planning.messages import Delivery, Kind, Reason, Reminder, Wanted
from planning.plan import Action, Plan
from planning.verbs.kept import RECENT
from planning.verbs.placing import places, weeks_asked

UNANSWERED = 2
"""After so many messages in a row without any answer their owner hears nothing more until they say something."""
LATE = timedelta(days=7)
"""What should have been asked longer ago is not asked any more: its next turn comes instead."""
LATE_AT_ONCE = 500
"""How many late reminders one transaction passes over."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Turn(NamedTuple):
    """What an owner is to be asked about one action: the check-in day it is for, why, and the day it is planned on."""

    plan: Plan
    action: Action
    check_in: date
    reason: Reason
    planned: date


def schedule(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> None:
    """Write the rows for an action's first check-in and its notices, and want the messages that will carry them."""
    _remind(ledger, _turns(ledger, plan, action, now), now)


def _turns(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> list[Turn]:
    today = ledger.schools.calendar(plan.school).today(now)
    snoozed = action.snoozed_until
    first = first_check_in(today, action.step.cadence)
    if snoozed is not None and snoozed > today:
        first = check_in_day(snoozed)
    return [Turn(plan, action, first, Reason.CHECK_IN, first), *_notices(ledger, plan, action, now)]


def notices(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> None:
    """Write the rows for the heads-up before an action's due date, while there is time for one, and for after it."""
    _remind(ledger, _notices(ledger, plan, action, now), now)


def to_ask(ledger: Ledger, delivery: Delivery, now: datetime) -> Sequence[Reminder]:
    """What a check-in message that is not sent yet asks about: nothing where its person has had their message this
    week, or where a newer one of theirs carries it all."""
    person, day = delivery.wanted.recipient, _day(delivery)
    rows = ledger.reminders.to_carry(person, day)
    if not rows or ledger.following.departed(person):
        return ()
    today = now.astimezone(ZoneInfo(rows[0].zone)).date()
    newer = ledger.reminders.days(person, day + timedelta(days=1), _week_of(today)[1])
    if not all(sent for _, sent in newer) or _asked_in(ledger, person, today, rows[0]):
        return ()
    return tuple(row for row in rows if row.local_date >= today - LATE)


def hold_before(ledger: Ledger, delivery: Delivery) -> None:
    """Hold, first of all in a transaction that marks it as sent, what a check-in message or a card is about.

    Every verb holds a session before what belongs to it: who did so in another order would wait for them, and they for
    it.
    """
    if delivery.wanted.kind is Kind.CHECK_IN:
        ledger.plans.hold_open_of(delivery.wanted.recipient)
    if delivery.wanted.kind is Kind.CARD:
        ledger.sessions.load(delivery.wanted.subject)


def after_check_in(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """A check-in message was sent at `now`: mark what it carried and write the next rows; part of marking it sent.

    What it is about is held by then (`hold_before`). Where it was the second in a row without an answer, the owner is
    left alone from now on.
    """
    person = delivery.wanted.recipient
    ledger.reminders.carry(person, _day(delivery), delivery.id, now)
    carried = ledger.reminders.carried_by(delivery.id)
    # What an earlier message still asks is asked by this one now.
    again = dict.fromkeys(one.action for one in carried)
    ledger.deliveries.refresh_asking(person, again, now, newest=RECENT, but=delivery.id)
    if silent(ledger, person):
        for _, action in ledger.plans.open_of(person):
            if action.step.owner == person:
                ledger.reminders.withdraw(action.id, now)
        return
    theirs = _taken_on(ledger, person)
    _go_on(ledger, theirs, carried, now)
    for _, action in (theirs[one.action] for one in carried if one.action in theirs):
        if action.snoozed_until is not None and action.snoozed_until <= _day(delivery):
            ledger.plans.save_action(replace(action, snoozed_until=None))


def silent(ledger: Ledger, person: str) -> bool:
    """Whether the last messages to `person` went unanswered, so that Levers has stopped asking them."""
    return len(ledger.reminders.asked_at(person, ledger.plans.last_answer(person) or _EVER)) >= UNANSWERED


def resume(ledger: Ledger, person: str, now: datetime) -> None:
    """After an answer of any kind: whatever `person` owns and is not to be asked about is asked about again."""
    ledger.plans.hold_open_of(person)
    theirs = _taken_on(ledger, person)
    asked = ledger.reminders.to_check_in(person) if theirs else frozenset()
    unasked = [found for of, found in theirs.items() if of not in asked]
    _remind(ledger, [turn for plan, action in unasked for turn in _turns(ledger, plan, action, now)], now)


def anew(ledger: Ledger, person: str, now: datetime) -> None:
    """Write everything that `person` is to be asked anew: they went away, or are back."""
    ledger.plans.hold_open_of(person)
    for action in _taken_on(ledger, person):
        ledger.reminders.withdraw(action, now)
    if silent(ledger, person):
        return
    resume(ledger, person, now)


def pass_over_late(ledger: Ledger, now: datetime) -> int:
    """After a long stop: what is too late to be asked is passed over, and asked when its next turn comes."""
    late = ledger.reminders.late((now - LATE).date(), LATE_AT_ONCE)
    people = sorted({reminder.person for reminder in late})
    ledger.plans.hold_open_of(*people)
    for reminder in late:
        ledger.reminders.pass_over(reminder.id)
    for person in people:
        if not silent(ledger, person):
            missed = [reminder for reminder in late if reminder.person == person]
            _go_on(ledger, _taken_on(ledger, person), missed, now, missed=True)
    return len(late)


def before_session(ledger: Ledger, plan: Plan, session_day: date, now: datetime) -> None:
    """Ask every owner of an open action the school day before; it is that week's message to them, not a second one."""
    calendar = ledger.schools.calendar(plan.school)
    day = calendar.free_day_before(session_day)
    if day < calendar.today(now):
        return
    owned = [action for action in plan.actions if action.status.open and action.taken_on]
    owners = dict.fromkeys(action.step.owner for action in owned)
    ledger.plans.hold_open_of(*owners)
    for person in owners:
        away = ledger.following.away_until(person)
        had_theirs = week(day) in weeks_asked(ledger, person, calendar, now)
        if silent(ledger, person) or (away and day < away) or had_theirs:
            continue
        due = asking_moment(day, ledger.people.time_of(person), calendar)
        for row in (one.reminder for one in ledger.reminders.to_come_of(person)):
            if week(row.local_date) == week(day):
                ledger.reminders.move(replace(row, local_date=day, due=due))
        for action in (one for one in owned if one.step.owner == person):
            ledger.reminders.forget(action.id, Reason.SESSION)
            if not action.snoozed_until:
                asked = (ledger.new_id(), person, action.id, session_day, day, calendar.zone, due)
                _add(ledger, Reminder(*asked, reason=Reason.SESSION))


def _taken_on(ledger: Ledger, person: str) -> dict[str, tuple[Plan, Action]]:
    """What `person` owns and has taken on, by the action's id."""
    found = ledger.plans.open_of(person)
    return {one.id: (plan, one) for plan, one in found if one.step.owner == person and one.taken_on}


def _go_on(
    ledger: Ledger,
    theirs: Mapping[str, tuple[Plan, Action]],
    asked: Sequence[Reminder],
    now: datetime,
    *,
    missed: bool = False,
) -> None:
    """After what one person was `asked`, or missed: write what is asked next about those that are still `theirs`."""
    turns = []
    for reminder in asked:
        if reminder.reason is Reason.CHECK_IN and reminder.action in theirs:
            plan, action = theirs[reminder.action]
            planned = _planned_next(reminder, action, ledger.schools.calendar(plan.school), now, missed=missed)
            turns.append(Turn(plan, action, planned, Reason.CHECK_IN, planned))
    _remind(ledger, turns, now)


def _planned_next(reminder: Reminder, action: Action, calendar: SchoolCalendar, now: datetime, *, missed: bool) -> date:
    if missed:
        return check_in_day(calendar.today(now) + timedelta(days=1))
    planned = next_check_in(reminder.planned, action.step.cadence)
    # This week has just been asked, whether a break moved several planned days to it or a stop sent it late.
    while week(asked_on(planned, calendar)) <= week(calendar.today(now)):
        planned = next_check_in(planned, action.step.cadence)
    return planned


def _notices(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> list[Turn]:
    calendar, due = ledger.schools.calendar(plan.school), action.step.due
    soonest = check_in_day(max(calendar.today(now) + timedelta(days=1), action.snoozed_until or date.min))
    late = Turn(plan, action, max(overdue_day(due), soonest), Reason.OVERDUE, due)
    before = heads_up_day(due, calendar)
    return [Turn(plan, action, before, Reason.HEADS_UP, due), late] if before >= soonest else [late]


def _remind(ledger: Ledger, turns: Sequence[Turn], now: datetime) -> None:
    """Find the days of `turns`, which are one owner's, and write them."""
    if not turns:
        return
    owner = turns[0].action.step.owner
    new = []
    placed = places(ledger, owner, [(turn.plan.school, turn.check_in) for turn in turns], now)
    for turn, (day, due) in zip(turns, placed, strict=True):
        zone = ledger.schools.calendar(turn.plan.school).zone
        about = (owner, turn.action.id, turn.planned)
        new.append(Reminder(ledger.new_id(), *about, day, zone, due, reason=turn.reason))
    _add(ledger, *new)


def _add(ledger: Ledger, *reminders: Reminder) -> None:
    ledger.deliveries.want_all(
        Wanted(Kind.CHECK_IN, new.person, new.local_date.isoformat(), new.person, new.due)
        for new in ledger.reminders.add(*reminders)
    )


def _asked_in(ledger: Ledger, person: str, today: date, row: Reminder) -> bool:
    zone = ZoneInfo(row.zone)
    asked = ledger.reminders.asked_at(person, datetime.combine(today - timedelta(days=7), row.due.time(), UTC))
    return any(week(at.astimezone(zone).date()) == week(today) for at in asked)


def _week_of(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _day(delivery: Delivery) -> date:
    return date.fromisoformat(delivery.wanted.occasion)
