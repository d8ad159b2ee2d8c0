"""Not being asked for a while: one action snoozed, or a person away with all of theirs."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from planning.errands import What
from planning.ledger import Books, Ledger
from planning.messages import Kind
from planning.plan import Action, CheckIn, NotOwnerError
from planning.verbs.follow import AnswerError
from planning.verbs.kept import RECENT, keep, known
from planning.verbs.turns import anew

LONGEST_SNOOZE = timedelta(days=120)
LONGEST_ABSENCE = timedelta(days=400)


def snooze(books: Books, who: str, action_id: str, until: date | None, now: datetime) -> Action:
    """Leave the owner alone about one action until the local date `until`; its status stays. It is an answer.

    Raises NotOwnerError, and AnswerError for a day that is not to come or too far off.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id)
        if who != action.step.owner or not action.taken_on:
            raise NotOwnerError
        today = ledger.schools.calendar(plan.school).today(now)
        if until is None or until <= today:
            raise AnswerError("until", "Choose a day that is still to come.")
        if until > today + LONGEST_SNOOZE:
            raise AnswerError("until", "That is far away. Choose a day within four months, or hand the action over.")
        if action.snoozed_until == until:
            return action
        ledger.reminders.answer(action.id, now)
        ledger.plans.record(CheckIn(action.id, who, action.status, "", now))
        ledger.reminders.withdraw(action.id, now)
        snoozed = keep(ledger, plan, action, replace(action, snoozed_until=until), who, now)
        ledger.errands.leave(What.GO_ON, who, at=now)
        return snoozed


def go_away(books: Books, who: str, until: date | None, today: date, now: datetime) -> None:
    """Ask `who` about nothing until the local date `until`, whichever school it is for; nobody is told why.

    Raises AnswerError for a day that is not to come.
    """
    if until is None or until <= today:
        raise AnswerError("until", "Choose a day that is still to come.")
    if until > today + LONGEST_ABSENCE:
        raise AnswerError("until", "That is more than a year away. Hand your actions over instead: `/levers mine`.")
    with books.write() as ledger:
        ledger.following.set_away(who, until)
        ledger.errands.leave(What.ANEW, who, at=now)


def away(ledger: Ledger, who: str, now: datetime) -> date | None:
    """The local date until which `who` is away; None where they are not, or are back by now."""
    until = ledger.following.away_until(who)
    return until if until is not None and today_of(ledger, who, now) < until else None


def today_of(ledger: Ledger, who: str, now: datetime) -> date:
    """The local date at a school of `who`; the one in UTC where they have none."""
    known_to = ledger.schools.known_to(who)
    return ledger.schools.calendar(known_to[0].id).today(now) if known_to else now.date()


def come_back(books: Books, who: str, now: datetime) -> None:
    """`who` is back before the day that they had said. Coming back twice changes nothing."""
    with books.write() as ledger:
        if ledger.following.away_until(who) is None:
            return
        ledger.following.set_away(who, None)
        ledger.errands.leave(What.ANEW, who, at=now)


def ask_anew(ledger: Ledger, who: str, now: datetime) -> None:
    """After `who` went away or came back: write what they are to be asked anew, and show it where they were asked."""
    anew(ledger, who, now)
    ledger.deliveries.refresh(Kind.CHECK_IN, who, now, newest=RECENT)
