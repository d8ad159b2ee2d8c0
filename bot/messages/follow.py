"""Messages after commit: the plan in the channel, and the questions to owners and leaders."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.documents.reading import about, committed_document
from bot.sentences import say_plain
from bot.views import asking, telling
from bot.views import plan as views
from bot.views.asking import Named
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery
from planning.plan import Action, CheckIn, Plan, Status
from planning.verbs.ask import not_accepted as not_taken_on


def plan(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message:
    """The committed plan, with counts that are brought up to date."""
    committed = ledger.plans.load(delivery.wanted.subject)
    return views.published(committed, *about(ledger, committed), ledger.sessions.load(committed.session).deferred)


def documents(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """The plan to print and the dates for a calendar, after the commit; not wanted where they stand there already."""
    if delivery.ts is not None:
        return None
    committed = ledger.plans.load(delivery.wanted.subject)
    return Message(say_plain("follow.documents"), attached=committed_document(ledger, committed))


def named(committed: Plan, actions: Iterable[Action]) -> list[Named]:
    """Actions with the names of their priorities' indicators."""
    names = {priority.id: priority.indicator.name for priority in committed.priorities}
    return [(action, names[action.priority]) for action in actions]


def acceptance(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To somebody who is asked to take actions on; once sent, it shows what they answered."""
    person = delivery.wanted.recipient
    committed = ledger.plans.load(delivery.wanted.subject)
    answered = {one.action for one in ledger.plans.check_ins(committed.session) if one.person == person}
    was_asked = answered | {one.id for one in committed.actions if one.step.owner == person}
    mine = [a for a in committed.actions if a.asked == person or (delivery.ts and a.id in was_asked)]
    if not mine or committed.ended:
        return asking.acceptance_over() if delivery.ts else None
    school = ledger.schools.load(committed.school).name
    return asking.acceptance(person, school, named(committed, mine))


def check_in(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To an owner: everything due on one day; not wanted where nothing of it is open and theirs any more."""
    owner, day = delivery.wanted.recipient, date.fromisoformat(delivery.wanted.occasion)
    due: list[Named] = []
    answers: dict[str, CheckIn] = {}
    overdue: set[str] = set()
    # One entry an action, however many planned days a break has moved to this one.
    for reminder in {one.action: one for one in ledger.reminders.of_day(owner, day)}.values():
        action = ledger.plans.action(reminder.action)
        committed = ledger.plans.of_session(action.session)
        if committed is None or committed.ended or action.status is Status.PROPOSED:
            continue
        if reminder.answered:
            answers |= _last_answers(ledger, committed, action, reminder.due)
        elif not delivery.ts and (not action.status.open or action.step.owner != owner):
            continue
        due += named(committed, [action])
        if action.step.due < ledger.schools.calendar(committed.school).today(now):
            overdue.add(action.id)
    return asking.check_in(owner, due, answers, frozenset(overdue)) if due else None


def _last_answers(ledger: Ledger, committed: Plan, action: Action, since: datetime) -> dict[str, CheckIn]:
    said = (c for c in ledger.plans.check_ins(committed.session) if c.action == action.id and c.at >= since)
    given = [c for c in said if c.person == action.step.owner]
    return {action.id: given[-1] if given else CheckIn(action.id, action.step.owner, action.status, "", since)}


def help_wanted(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To whom a blocked owner picked; not wanted where it is no longer blocked."""
    action = ledger.plans.action(delivery.wanted.subject)
    committed = ledger.plans.of_session(action.session)
    if committed is None or (action.status is not Status.BLOCKED and not delivery.ts):
        return None
    return telling.help_wanted(*named(committed, [action])[0], _last_note(ledger, committed, action, action.step.owner))


def handed_back(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the principal: an action needs another owner."""
    action = ledger.plans.action(delivery.wanted.subject)
    committed = ledger.plans.of_session(action.session)
    if committed is None:
        return None
    who = delivery.wanted.occasion.rpartition("/")[2]
    return telling.handed_back(*named(committed, [action])[0], who, _last_note(ledger, committed, action, who))


def declined(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To an owner: the person they wanted to hand an action to cannot take it on; their reason is not told."""
    action = ledger.plans.action(delivery.wanted.subject)
    committed = ledger.plans.of_session(action.session)
    theirs = action.step.owner == delivery.wanted.recipient and action.status.open
    if committed is None or not (theirs or delivery.ts):
        return None
    who = delivery.wanted.occasion.rpartition("/")[2]
    return telling.declined(*named(committed, [action])[0], who)


def not_accepted(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To the leader: what nobody has taken on after two school days; not wanted where everything is by now."""
    committed = ledger.plans.load(delivery.wanted.subject)
    waiting = not_taken_on(ledger, committed, now)
    leads = ledger.people.viewer(delivery.wanted.recipient, committed.school).sees_answers
    if (committed.ended or not waiting or not leads) and delivery.ts is None:
        return None
    return telling.not_accepted(ledger.schools.load(committed.school).name, named(committed, waiting if leads else ()))


def _last_note(ledger: Ledger, committed: Plan, action: Action, of: str) -> str:
    """The last note that `of` wrote about an action."""
    said = (one for one in ledger.plans.check_ins(committed.session) if one.action == action.id and one.person == of)
    return next((one.note for one in reversed(list(said)) if one.note), "")
