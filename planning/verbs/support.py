"""What a leader or a helper does about an owner's action: says that help is coming, or thanks."""

from datetime import datetime

from planning.errands import What
from planning.history import Change
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.people import OutsiderError
from planning.plan import Action
from planning.preferences import Topic
from planning.verbs.kept import RECENT, known
from planning.verbs.reach import reachable


def promise_help(books: Books, who: str, action_id: str, comment: str, now: datetime) -> None:
    """Tell the owner, in their staff hours, that `who` is on it, with a word where one was said.

    Raises OutsiderError for anybody whom the owner did not ask and who does not lead the school.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        if not (ledger.people.viewer(who, plan.school).sees_answers or _asked(ledger, action, who)):
            raise OutsiderError
        if comment.strip():
            ledger.plans.note(Change(action.id, who, now, (), comment.strip()))
        ledger.errands.leave(What.SUPPORT, Kind.HELP_COMING, action.id, who, at=now)
        ledger.deliveries.refresh(Kind.HELP_WANTED, action.id, now, newest=RECENT)
        _refresh_digest(ledger, who, now)


def thank(books: Books, who: str, action_id: str, now: datetime) -> None:
    """Thank the owner of an action, in their staff hours; twice on one day is once.

    Raises OutsiderError for anybody who does not see the answers of the school's owners.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        if not ledger.people.viewer(who, plan.school).sees_answers:
            raise OutsiderError
        if ledger.following.preferences(action.step.owner).wants(Topic.THANKS):
            ledger.errands.leave(What.SUPPORT, Kind.THANKS, action.id, who, at=now)
        _refresh_digest(ledger, who, now)


def _asked(ledger: Ledger, action: Action, who: str) -> bool:
    asked = ledger.deliveries.about(Kind.HELP_WANTED, action.id)
    return any(one.wanted.recipient == who for one in asked)


def tell_owner(ledger: Ledger, kind: str, action_id: str, who: str, now: datetime) -> None:
    """Tell the owner of an action what `who` does about it: once a day for each kind of message."""
    plan = ledger.plans.of_action(action_id)
    if plan is None or plan.ended:
        return
    action, calendar = plan.action(action_id), ledger.schools.calendar(plan.school)
    same = f"{action.id}/{who}/{calendar.today(now).isoformat()}"
    due = reachable(ledger, action.step.owner, plan.school, now)
    ledger.deliveries.owe(Wanted(Kind(kind), action.step.owner, same, action.id, due))


def _refresh_digest(ledger: Ledger, who: str, now: datetime) -> None:
    ledger.deliveries.refresh(Kind.DIGEST, who, now, to=who)
