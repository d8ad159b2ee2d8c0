"""Following up: accepting, handing back, handing over, and saying how an action goes."""

from dataclasses import replace
from datetime import datetime

from planning.asking import Asking
from planning.errands import What
from planning.ledger import Books, Ledger
from planning.messages import Kind
from planning.plan import Action, CheckIn, NotOwnerError, Plan, Status
from planning.verbs.ask import asked_together
from planning.verbs.kept import PlanEndedError, keep, known, to_be_shown
from rubric.errors import LeversError


class AnswerError(LeversError):
    """The answer needs something more; `field` names the input."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class AskedMoreError(LeversError):
    """More waits for the person than they have seen: nobody takes on what they have not read."""

    def __init__(self) -> None:
        super().__init__(
            "Something more has come to you meanwhile, so nothing was taken on. Look once more, and press again."
        )


class OfferedElsewhereError(LeversError):
    """Before its proposed owner answered, the action was offered to somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "This action has meanwhile been offered to somebody else. If you would still like it, tell your principal."
        )


def accept(books: Books, who: str, action_id: str, now: datetime) -> Action:
    """Take an action on: its check-ins begin. Accepting twice changes nothing.

    Raises NotOwnerError for anybody but the one who is asked, OfferedElsewhereError for the one who was asked before.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id)
        if action.asked != who:
            if who != action.step.owner or action.refused:
                raise NotOwnerError
            if action.waiting:
                raise OfferedElsewhereError
            return action
        taken = _taken(ledger, plan, action, who, now)
        ledger.errands.leave(What.GO_ON, who, at=now)
        return taken


def accept_all(books: Books, who: str, plan_id: str, seen: int, now: datetime) -> int:
    """Take on everything that the plan's message asks `who`, who has `seen` so many actions: how many that were.

    Raises PlanEndedError, and AskedMoreError where more wait than that.
    """
    with books.write() as ledger:
        # Read once more when it is held, as by every verb: somebody may have been changing it.
        ledger.sessions.load(ledger.plans.load(plan_id).session)
        plan = ledger.plans.load(plan_id)
        if plan.ended:
            raise PlanEndedError
        waiting = [action for action in asked_together(ledger, plan, who) if action.asked == who]
        if len(waiting) > seen:
            raise AskedMoreError
        for action in waiting:
            _taken(ledger, plan, ledger.plans.action(action.id), who, now)
        ledger.errands.leave(What.GO_ON, who, at=now)
        return len(waiting)


def _taken(ledger: Ledger, plan: Plan, action: Action, who: str, now: datetime) -> Action:
    status = Status.NOT_STARTED if action.status is Status.PROPOSED else action.status
    owned = replace(action, step=replace(action.step, owner=who), offered_to=None, refused=False)
    ledger.reminders.withdraw(action.id, now)
    return _answered(ledger, plan, action, owned, who, status, "", now)


def hand_back(books: Books, who: str, action_id: str, reason: str, now: datetime) -> Action:
    """Give an action back that `who` was asked to take, with a reason; the leader hears of it.

    A hand-over that is refused leaves the action with its owner, who hears of it without the reason.
    Raises AnswerError without a reason, NotOwnerError for anybody but the one who is asked.
    """
    if not reason.strip():
        raise AnswerError("reason", "Say in a few words why, so that somebody else can be found.")
    with books.write() as ledger:
        action, plan = known(ledger, action_id)
        if action.asked != who:
            raise NotOwnerError
        stays = action.taken_on
        returned = replace(action, offered_to=None, refused=not stays)
        if not stays:
            ledger.reminders.withdraw(action.id, now)
        returned = _answered(ledger, plan, action, returned, who, action.status, reason.strip(), now)
        kind, told = (Kind.DECLINED, action.step.owner) if stays else (Kind.HANDED_BACK, "")
        occasion = f"{action.id}/{now.isoformat()}/{who}"
        ledger.errands.leave(What.TELL, kind, told, occasion, action.id, plan.school, at=now)
        return returned


def offer(books: Books, who: str, action_id: str, to: str, now: datetime) -> Action:
    """Ask `to` to take an action over: by its owner as a hand-over, or by a leader of the school.

    The owner stays the owner until `to` accepts. Raises NotOwnerError, or AnswerError for a person outside the team
    and for an action that is done or dropped.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=to)
        if who != action.step.owner and not ledger.people.viewer(who, plan.school).leads:
            raise NotOwnerError
        if to == action.asked:
            raise AnswerError("to", "They are asked already and have not answered yet. Choose somebody else.")
        if to == action.step.owner and not action.refused and not action.waiting:
            whose = "yours" if to == who else "theirs"
            raise AnswerError("to", f"It is {whose} already. Choose somebody else.")
        if not ledger.people.viewer(to, plan.school).knows_school:
            raise AnswerError("to", "Choose somebody of the school's team or its leaders: they need to see the plan.")
        if not action.status.open:
            raise AnswerError("to", f"This action is {action.status.value}: there is nothing to take over.")
        offered = keep(ledger, plan, action, replace(action, offered_to=to), who, now)
        ledger.errands.leave(What.ASK, action.id, to, Asking.once_more(plan.id, action.id, now).occasion, at=now)
        return offered


def check_in(
    books: Books,
    who: str,
    action_id: str,
    status: Status,
    note: str,
    now: datetime,
    helper: str | None = None,
    request: str = "",
) -> Action:
    """Record how an action stands. Saying the same again without a note or a helper changes nothing.

    `helper` is whom a blocked owner wants told; `request` identifies the submission, so that a retried one is one.
    Raises NotOwnerError; AnswerError where *done* lacks what shows it, *dropped* lacks why, the owner did not take the
    action on yet, or handed it back.
    """
    said = note.strip()
    if status is Status.DONE and not said:
        raise AnswerError("note", "Say in a few words, or with a link, what shows that it is done.")
    if status is Status.DROPPED and not said:
        raise AnswerError("note", "Say in a few words why it is dropped.")
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=helper)
        if who != action.step.owner:
            raise NotOwnerError
        if request and ledger.plans.recorded(request):
            return action
        if action.refused:
            raise AnswerError("note", "You handed this action back, so that somebody else can take it on.")
        if action.status is Status.PROPOSED:
            raise AnswerError("note", "Take this action on first. `/levers mine` has the button.")
        if helper == who:
            raise AnswerError("helper", "Choose somebody else who could help.")
        if helper is not None and not ledger.people.viewer(helper, plan.school).knows_school:
            raise AnswerError("helper", "Choose somebody of the school's team or its leaders.")
        same = action.status is status and not said and helper is None and not action.snoozed_until
        if same and not ledger.reminders.asked(action.id, now):
            to_be_shown(ledger, plan, action, action, who, now)
            return action
        ledger.reminders.answer(action.id, now)
        goes_on = replace(action, snoozed_until=None, offered_to=action.offered_to if status.open else None)
        if helper is not None:
            # Before the answer is shown: it names whom it asks.
            occasion = f"{action.id}/{now.isoformat()}"
            ledger.errands.leave(What.TELL, Kind.HELP_WANTED, helper, occasion, action.id, plan.school, at=now)
        answered = _answered(ledger, plan, action, goes_on, who, status, said, now, request)
        if not status.open:
            ledger.reminders.withdraw(action.id, now)
        ledger.errands.leave(What.GO_ON, who, at=now)
        return answered


def _answered(
    ledger: Ledger,
    plan: Plan,
    before: Action,
    after: Action,
    who: str,
    status: Status,
    note: str,
    now: datetime,
    request: str = "",
) -> Action:
    ledger.plans.record(CheckIn(before.id, who, status, note, now, request))
    return keep(ledger, plan, before, replace(after, status=status, updated_at=now), who, now, note)
