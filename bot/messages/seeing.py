"""What somebody gets because a leader or reviewer wants to know how it goes, or has something to say."""

from datetime import date, datetime

from bot.messages.follow import named
from bot.views import updates
from bot.views.parts import Message
from planning.messages import Delivery
from planning.verbs.leadership import leader_of
from storage.books import Ledger


def comment(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the owner of an action: what was said about it; not wanted once it is somebody else's."""
    action = ledger.plans.action(delivery.wanted.subject)
    plan = ledger.plans.of_session(action.session)
    said = ledger.comments.load(delivery.wanted.occasion)
    told = delivery.wanted.recipient
    theirs = action.step.owner == told and action.status.open and not action.refused
    leads = plan is not None and leader_of(ledger, plan.school) == told
    if plan is None or (delivery.ts is None and (plan.ended or not (theirs or leads))):
        return None
    shown = ledger.people.names_since(plan.school) is not None
    return updates.comment(named(plan, [action])[0], said, theirs=theirs, shown=shown)


def update_wanted(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To a school's leader: somebody from outside asks; not wanted once either has lost their role there."""
    school, person = delivery.wanted.subject, delivery.wanted.occasion.rpartition("/")[2]
    here, plan = ledger.schools.load(school), ledger.plans.live(school)
    leads = leader_of(ledger, school) == delivery.wanted.recipient
    asks = ledger.people.viewer(person, school).may_ask_leader
    if plan is None or not leads or not asks:
        return updates.update_over(here.name) if delivery.ts and leads else None
    calendar = ledger.schools.calendar(school)
    today, said = calendar.today(now), ledger.replies.newest(school)
    asked_on = date.fromisoformat(delivery.wanted.occasion.partition("/")[0])
    replied = said if said and calendar.today(said.at) >= asked_on else None
    late = any(action.overdue(today) for action in plan.actions)
    shown = ledger.people.names_since(school) is not None
    return updates.update_wanted(here.name, plan, person, replied, shown=shown, late=late)


def reply(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To whoever asked how a school's plan goes: what its leader replied; not wanted once they look on no more."""
    school = ledger.schools.load(delivery.wanted.subject)
    if delivery.ts is not None or not ledger.people.viewer(delivery.wanted.recipient, school.id).may_ask_leader:
        return None
    return updates.reply(school.name, ledger.replies.load(delivery.wanted.occasion))
