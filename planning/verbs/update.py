"""A leader wants to know how it goes: of one owner, of everybody who is overdue, or, from outside, of the leader.

An owner is asked once a week at the most, whoever wants to know: the question joins the message of the week, or the
next one's where they have had this week's.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planning.ledger import Books, Ledger
from planning.messages import Kind, Reason, Reminder, Wanted
from planning.people import NotAllowedError, OutsiderError
from planning.plan import Action, NoPlanError, Plan
from planning.preferences import Topic
from planning.verbs.kept import known
from planning.verbs.leadership import leader_of
from planning.verbs.placing import place_soon
from planning.verbs.reach import to_ask_at
from rubric.errors import LeversError


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, and on which local date at the school."""

    owner: str
    day: date


class NotToAskError(LeversError):
    """Nobody can be asked about the action as it stands now."""


class AsksLeaderError(NotAllowedError):
    """Whoever looks on from outside of a school asks its leader."""

    def __init__(self) -> None:
        super().__init__("Only the school's own leaders ask its owners. You can ask its principal.")


class NobodyToAskError(LeversError):
    """There is nobody who could answer."""


class AskedAlreadyError(LeversError):
    """The principal was asked this week, by whoever it was."""

    def __init__(self) -> None:
        super().__init__("The school's leader has been asked this week already. Once a week is enough for everybody.")


def ask_owner(books: Books, who: str, action_id: str, now: datetime) -> Asked:
    """Ask the owner of an action for an update, with the message of this week or the next; asked already, it stays.

    Raises OutsiderError, AsksLeaderError for those who ask the principal instead, and NotToAskError for an action that
    is closed, snoozed, or that nobody has taken on.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id)
        _may_ask(ledger, who, plan.school)
        if not action.status.open:
            raise NotToAskError(f"This action is {action.status.value}: there is nothing to ask about.")
        if not action.taken_on:
            raise NotToAskError("Nobody has taken this action on yet. Find an owner for it first.")
        if _snoozed(ledger, plan, action, now):
            raise NotToAskError("Its owner has snoozed this action. They are asked again once that is over.")
        asked = _ask(ledger, who, plan, action, now)
        ledger.deliveries.refresh(Kind.DIGEST, who, now, to=who)
        return asked


def ask_overdue(books: Books, who: str, school: str, now: datetime) -> tuple[Asked, ...]:
    """Ask everybody who owns an overdue action of the live plan of `school`, once each, about all of theirs.

    Raises OutsiderError, AsksLeaderError, NoPlanError, and NotToAskError where nothing is overdue.
    """
    with books.write() as ledger:
        _may_ask(ledger, who, school)
        plan = ledger.plans.live(school)
        if plan is None:
            raise NoPlanError
        today = ledger.schools.calendar(school).today(now)
        late = [action for action in plan.actions if action.overdue(today)]
        asked = [_ask(ledger, who, plan, one, now) for one in late if not _snoozed(ledger, plan, one, now)]
        if not asked:
            raise NotToAskError("Nothing is overdue that anybody could be asked about.")
        ledger.deliveries.refresh(Kind.DIGEST, who, now, to=who)
        return tuple(dict.fromkeys(asked))


def ask_leader(books: Books, who: str, school: str, now: datetime) -> str:
    """Ask whoever leads `school` how its plan goes, for the district or a reviewer; returns whom.

    Raises OutsiderError, NoPlanError, NobodyToAskError, and AskedAlreadyError where anybody did so this week.
    """
    with books.write() as ledger:
        if not ledger.people.viewer(who, school).may_ask_leader:
            raise OutsiderError
        plan, leader = ledger.plans.live(school), leader_of(ledger, school)
        if plan is None:
            raise NoPlanError
        if leader is None or leader == who:
            raise NobodyToAskError("The school has no leader in Slack whom you could ask.")
        if not ledger.following.preferences(leader).wants(Topic.UPDATES):
            raise NobodyToAskError("The school's leader takes no such questions here. Ask them in person.")
        today = ledger.schools.calendar(school).today(now)
        monday = (today - timedelta(days=today.weekday())).isoformat()
        before = ledger.deliveries.about(Kind.UPDATE_WANTED, school)
        if any(one.wanted.occasion.startswith(monday) for one in before):
            raise AskedAlreadyError
        due = to_ask_at(ledger, leader, school, now)
        ledger.deliveries.want(Wanted(Kind.UPDATE_WANTED, leader, f"{monday}/{school}/{who}", school, due))
        return leader


def _may_ask(ledger: Ledger, who: str, school: str) -> None:
    viewer = ledger.people.viewer(who, school)
    if not viewer.knows_school:
        raise OutsiderError
    if not viewer.may_ask_owners:
        raise AsksLeaderError if viewer.may_ask_leader else OutsiderError


def _snoozed(ledger: Ledger, plan: Plan, action: Action, now: datetime) -> bool:
    until = action.snoozed_until
    return until is not None and ledger.schools.calendar(plan.school).today(now) < until


def _ask(ledger: Ledger, who: str, plan: Plan, action: Action, now: datetime) -> Asked:
    owner = action.step.owner
    if waiting := ledger.reminders.coming(action.id, Reason.WANTED):
        return Asked(owner, waiting[0].local_date)
    planned, day, due = place_soon(ledger, owner, plan.school, now)
    zone = ledger.schools.calendar(plan.school).zone
    ledger.reminders.add(
        Reminder(ledger.new_id(), owner, action.id, planned, day, zone, due, reason=Reason.WANTED, asked_by=who)
    )
    ledger.deliveries.want(Wanted(Kind.CHECK_IN, owner, day.isoformat(), owner, due))
    return Asked(owner, day)
