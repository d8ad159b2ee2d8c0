"""Messages to leaders, teams and reviewers about plans, and what leaders and helpers say to owners."""

from datetime import date, datetime, timedelta

from bot.messages.follow import named
from bot.views import leading as views
from bot.views import refused
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery, Kind, Reason
from planning.people import Role
from planning.verbs.digests import TOO_LATE, weeks_for
from planning.verbs.leadership import leader_of
from planning.verbs.rounds import TEAM_CHECK_TOO_LATE, last_update, pulse, stale


def digest(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """A leader's week; not wanted where nothing moved and nothing is due, nor where the next one will say it soon."""
    if delivery.ts is None and now > delivery.wanted.due + TOO_LATE:
        return None
    weeks = [(school.name, week) for school, week in weeks_for(ledger, delivery, now)]
    told = [(school, week) for school, week in weeks if week.worth_telling or delivery.ts]
    if not told:
        return views.digest_over() if delivery.ts else None
    person = delivery.wanted.recipient
    could = [week.could[1].id for _, week in told if week.could]
    monday = date.fromisoformat(delivery.wanted.occasion).isoformat()
    done = frozenset(one for one in could if _done_since(ledger, one, person, monday) or _is_asked(ledger, one))
    owns = any(action.step.owner == person for _, action in ledger.plans.open_of(person))
    return views.digest(told, done, owns=owns)


def _is_asked(ledger: Ledger, action: str) -> bool:
    return bool(ledger.reminders.coming(action, Reason.WANTED))


def _done_since(ledger: Ledger, action: str, person: str, monday: str) -> bool:
    for kind in (Kind.HELP_COMING, Kind.THANKS):
        for one in ledger.deliveries.about(kind, action):
            _, who, day = one.wanted.occasion.split("/")
            if who == person and day >= monday:
                return True
    return False


def team_check(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """Where a plan stands, in its channel; not wanted where the plan has ended or a stop made it too late."""
    plan = ledger.plans.load(delivery.wanted.subject)
    too_late = now > delivery.wanted.due + TEAM_CHECK_TOO_LATE
    if delivery.ts is None and (plan.ended or too_late or not plan.actions):
        return None
    days = int(delivery.wanted.occasion.rpartition("/")[2])
    return views.team_check(plan, ledger.schools.load(plan.school).name, days)


def still(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the leader: nothing was said for two school weeks; not wanted where something was meanwhile."""
    plan, leader = ledger.plans.load(delivery.wanted.subject), delivery.wanted.recipient
    moved = plan.ended or last_update(plan).isoformat() != delivery.wanted.occasion.partition("/")[2]
    if delivery.ts is None and (moved or leader != leader_of(ledger, plan.school)):
        return None
    return views.still(plan, ledger.schools.load(plan.school).name, moved=moved)


def monthly(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """To a reviewer: every school they reviewed that has a plan; not wanted where none has."""
    reviewer = delivery.wanted.recipient
    late = now > delivery.wanted.due + timedelta(days=21)
    if delivery.ts is not None or late:
        return None
    reviewed: list[views.Reviewed] = []
    for school in ledger.schools.known_to(reviewer):
        plan = ledger.plans.live(school.id)
        if plan is not None and Role.REVIEWER in ledger.people.viewer(reviewer, school.id).roles:
            calendar = ledger.schools.calendar(school.id)
            reviewed.append((school.name, plan, stale(ledger, plan, now), pulse(plan, calendar, now)))
    return views.monthly(reviewed) if reviewed else None


def owner_left(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the leader: what somebody who left had owned and nobody has taken on yet."""
    plan = ledger.plans.load(delivery.wanted.subject)
    person = delivery.wanted.occasion.split("/")[1]
    left = [one for one in plan.actions if one.step.owner == person and one.refused and one.status.open]
    if not ledger.people.viewer(delivery.wanted.recipient, plan.school).sees_answers:
        return views.digest_over() if delivery.ts else None
    if delivery.ts is None and (plan.ended or all(one.offered_to for one in left)):
        return None
    return views.owner_left(ledger.schools.load(plan.school).name, person, named(plan, left))


def paused(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the leader: what Slack refuses for good; not wanted where it goes on by now, or is not theirs to know."""
    school_id, at, place = delivery.wanted.occasion.split("/")
    leads = ledger.people.viewer(delivery.wanted.recipient, school_id).sees_answers
    found = next((one for one in ledger.pauses.all() if one.place == place and one.at.isoformat() == at), None)
    school = ledger.schools.load(school_id).name
    if found is None or not leads:
        return refused.paused_no_more(school) if delivery.ts else None
    return refused.paused(found, school)


def help_coming(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To an owner who asked for help: who is on it, with what they said."""
    action = ledger.plans.action(delivery.wanted.subject)
    if delivery.ts is None and action.step.owner != delivery.wanted.recipient:
        return None
    helper = delivery.wanted.occasion.split("/")[1]
    said = (one.why for one in ledger.plans.history(action.id) if one.person == helper and one.why and not one.fields)
    return views.help_coming(action, helper, next(said, ""))


def thanks(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message:
    """To an owner whom a leader thanks."""
    return views.thanks(ledger.plans.action(delivery.wanted.subject), delivery.wanted.occasion.split("/")[1])
