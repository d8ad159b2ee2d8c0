"""Messages after commit: the plan in the channel, and the questions to owners and leaders."""

from collections.abc import Iterable
from datetime import date, datetime, time

from bot.documents.reading import about, committed_document
from bot.sentences import Mrkdwn, say, say_plain
from bot.views import asking, telling
from bot.views import plan as views
from bot.views import year_end as settling
from bot.views.asking import Named
from bot.views.leading import digest_over
from bot.views.parts import Message
from planning.history import told_to
from planning.ledger import Ledger
from planning.messages import Delivery, Kind, Reason, Reminder
from planning.plan import Action, CheckIn, Plan
from planning.preferences import Topic
from planning.verbs.ask import asked_about
from planning.verbs.ask import not_accepted as not_taken_on
from planning.verbs.rest import away
from planning.verbs.turns import to_ask
from planning.verbs.year_end import to_settle


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
    names = committed.names
    return [(action, names[action.priority]) for action in actions]


def late(ledger: Ledger, committed: Plan, actions: Iterable[Action], now: datetime) -> frozenset[str]:
    """Which of the plan's `actions` are open past their due date, by the day at their school, whoever owns them."""
    today = ledger.schools.calendar(committed.school).today(now)
    return frozenset(action.id for action in actions if action.status.open and action.step.due < today)


def acceptance(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To somebody who is asked to take actions on; once sent, it shows what they answered."""
    person = delivery.wanted.recipient
    committed, asked = asked_about(ledger, delivery)
    answered = {one.action for one in ledger.plans.check_ins(committed.session) if one.person == person}
    was_asked = answered | {one.id for one in committed.actions if one.step.owner == person}
    mine = [action for action in asked if action.asked == person or (delivery.ts and action.id in was_asked)]
    if not mine or committed.ended:
        return asking.acceptance_over() if delivery.ts else None
    school = ledger.schools.load(committed.school).name
    shown = ledger.people.names_since(committed.school) is not None
    past = late(ledger, committed, mine, now)
    # Who was asked by the plan's message has read there who sees what.
    first = delivery.wanted.occasion == committed.id
    explained = not first and ledger.deliveries.find(Kind.ACCEPTANCE, person, committed.id) is not None
    asked_here = named(committed, mine)
    return asking.acceptance(person, school, asked_here, plan=committed.id, past=past, shown=shown, explained=explained)


def check_in(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To an owner: everything due in one week. Once sent it shows what became of each question."""
    owner = delivery.wanted.recipient
    rows = ledger.reminders.carried_by(delivery.id) if delivery.ts else to_ask(ledger, delivery, now)
    due: dict[str, Named] = {}
    answers: dict[str, CheckIn] = {}
    settled: dict[str, Mrkdwn] = {}
    reasons: dict[str, set[Reason]] = {}
    settle: frozenset[str] = frozenset()
    past: set[str] = set()
    wanted_by: dict[str, str] = {}
    helpers: dict[str, str] = {}
    shown = False
    for reminder in rows:
        action = ledger.plans.action(reminder.action)
        committed = ledger.plans.of_session(action.session)
        if committed is None or not (delivery.ts or still_true(ledger, committed, action, reminder, now)):
            continue
        due |= {action.id: named(committed, [action])[0]}
        past |= late(ledger, committed, [action], now)
        shown |= ledger.people.names_since(committed.school) is not None
        if reminder.asked_by:
            wanted_by[action.id] = reminder.asked_by
        reasons.setdefault(action.id, set()).add(reminder.reason)
        if reminder.answered:
            answers |= _last_answers(ledger, committed, action, reminder.due)
            if helper := _asked_to_help(ledger, answers[action.id]):
                helpers[action.id] = helper
        if delivery.ts and (over := _over(ledger, committed, action, delivery, reminder, now)):
            settled[action.id] = over
        settle |= to_settle(ledger, committed, now)
    if not due:
        return None
    marked = {reason: frozenset(a for a, why in reasons.items() if reason in why) for reason in Reason}
    return asking.check_in(
        owner,
        list(due.values()),
        answers,
        marked[Reason.OVERDUE] & past,
        past=frozenset(past),
        soon=marked[Reason.HEADS_UP],
        settled=settled,
        session=bool(marked[Reason.SESSION]),
        settle=settle,
        wanted_by=wanted_by,
        comments=ledger.comments.newest(list(due)),
        helpers=helpers,
        shown=shown,
    )


def still_true(ledger: Ledger, committed: Plan, action: Action, reminder: Reminder, now: datetime) -> bool:
    """Whether what the reminder would say is so, and wanted, at the moment `now` at which it is sent."""
    theirs = action.step.owner == reminder.person and action.taken_on
    if committed.ended or not action.status.open or not theirs:
        return False
    today, wants = ledger.schools.calendar(committed.school).today(now), ledger.following.preferences(reminder.person)
    if action.snoozed_until is not None and today < action.snoozed_until:
        return False
    if reminder.reason is Reason.HEADS_UP:
        return wants.wants(Topic.HEADS_UP) and reminder.planned == action.step.due >= today
    if reminder.reason is Reason.OVERDUE:
        return wants.wants(Topic.OVERDUE) and reminder.planned == action.step.due < today
    return not reminder.answered


def _over(
    ledger: Ledger, committed: Plan, action: Action, delivery: Delivery, reminder: Reminder, now: datetime
) -> Mrkdwn | None:
    """Why a question that was sent is not asked any more, other than that its owner answered it."""
    owner, text = delivery.wanted.recipient, action.step.text
    if committed.ended:
        return say("rest.plan_ended", text=text)
    if action.step.owner == owner and not action.refused and not action.status.open:
        last = [one for one in ledger.plans.check_ins(committed.session) if one.action == action.id]
        if last and last[-1].person != owner:
            return say("rest.closed_by", text=text, by=last[-1].person, status=action.status.value)
    if action.snoozed_until is not None:
        return say("rest.snoozed", text=text, until=action.snoozed_until)
    if not reminder.answered and (until := away(ledger, owner, now)):
        return say("rest.away_line", text=text, until=until)
    if not reminder.answered and ledger.reminders.asked_after(action.id, owner, delivery.id):
        return say("rest.asked_again", text=text)
    return None


def _last_answers(ledger: Ledger, committed: Plan, action: Action, since: datetime) -> dict[str, CheckIn]:
    said = (c for c in ledger.plans.check_ins(committed.session) if c.action == action.id and c.at >= since)
    given = [c for c in said if c.person == action.step.owner]
    return {action.id: given[-1] if given else CheckIn(action.id, action.step.owner, action.status, "", since)}


def _asked_to_help(ledger: Ledger, answer: CheckIn) -> str | None:
    """Whom `answer` asks for help, where it asks somebody."""
    wanted = (one.wanted for one in ledger.deliveries.about(Kind.HELP_WANTED, answer.action))
    occasion = f"{answer.action}/{answer.at.isoformat()}"
    return next((one.recipient for one in wanted if one.occasion == occasion), None)


def help_wanted(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To whom an owner picked; not wanted where there is nothing to help with any more."""
    action = ledger.plans.action(delivery.wanted.subject)
    committed = ledger.plans.of_session(action.session)
    if committed is None or ((committed.ended or not action.status.open) and not delivery.ts):
        return None
    helper = delivery.wanted.recipient
    said = ledger.deliveries.about(Kind.HELP_COMING, action.id)
    promised = any(one.wanted.occasion.split("/")[1] == helper for one in said)
    note = _last_note(ledger, committed, action, action.step.owner)
    return telling.help_wanted(*named(committed, [action])[0], note, promised=promised)


def handed_back(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the principal: an action needs another owner."""
    action = ledger.plans.action(delivery.wanted.subject)
    committed = ledger.plans.of_session(action.session)
    if committed is None:
        return None
    if not ledger.people.viewer(delivery.wanted.recipient, committed.school).sees_answers:
        return digest_over() if delivery.ts else None
    if delivery.ts is None and (committed.ended or not action.refused or action.offered_to):
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


def changed(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To an owner: what others changed, on one day, about what they had taken on."""
    committed = ledger.plans.load(delivery.wanted.subject)
    calendar = ledger.schools.calendar(committed.school)
    day = date.fromisoformat(delivery.wanted.occasion.rpartition("/")[2])
    since = ledger.plans.changed_since(committed.session, calendar.moment(day, time()))
    found = [
        (action, change)
        for action in committed.actions
        for change in told_to(delivery.wanted.recipient, action, (one for one in since if one.action == action.id))
        if calendar.today(change.at) == day
    ]
    if not found or (committed.ended and delivery.ts is None):
        return None
    return telling.changed(ledger.schools.load(committed.school).name, found, day, committed.names)


def not_accepted(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To the leader: what nobody has taken on after two school days; not wanted where everything is by now."""
    committed = ledger.plans.load(delivery.wanted.subject)
    waiting = not_taken_on(ledger, committed, now)
    if not ledger.people.viewer(delivery.wanted.recipient, committed.school).sees_answers:
        return digest_over() if delivery.ts else None
    if (committed.ended or not waiting) and delivery.ts is None:
        return None
    school, reader = ledger.schools.load(committed.school).name, delivery.wanted.recipient
    return telling.not_accepted(school, named(committed, waiting), reader)


def year_end(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To the leader, in the last month of school: what is still to be settled; not wanted where nothing is."""
    committed = ledger.plans.load(delivery.wanted.subject)
    last = date.fromisoformat(delivery.wanted.occasion.rpartition("/")[2])
    left = to_settle(ledger, committed, now)
    if not ledger.people.viewer(delivery.wanted.recipient, committed.school).sees_answers:
        return digest_over() if delivery.ts else None
    if (committed.ended or not left) and delivery.ts is None:
        return None
    shown = [one for one in committed.actions if one.id in left]
    school, past = ledger.schools.load(committed.school).name, late(ledger, committed, shown, now)
    return settling.summary(school, last, named(committed, shown), past)


def _last_note(ledger: Ledger, committed: Plan, action: Action, of: str) -> str:
    """The last note that `of` wrote about an action."""
    said = (one for one in ledger.plans.check_ins(committed.session) if one.action == action.id and one.person == of)
    return next((one.note for one in reversed(list(said)) if one.note), "")
