"""Changing a committed plan, action by action: what is changed, added or dropped is in its history."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from planning.asking import Asking
from planning.errands import What
from planning.history import concerns
from planning.ledger import Books, Ledger
from planning.messages import Reason
from planning.people import NotAllowedError
from planning.plan import (
    Action,
    ChangedMeanwhileError,
    CheckIn,
    NoPlanError,
    Plan,
    Status,
    Step,
    StepError,
    checked_step,
)
from planning.verbs.draft import filled_in, next_place, not_twice, of_school, put_under
from planning.verbs.kept import PlanEndedError, keep, known
from planning.verbs.turns import notices, schedule


class Kept(NamedTuple):
    """An action as it is kept, and why there is no school on the due date that it was given, if there is none."""

    action: Action
    closed: str | None = None


class NotLeaderError(NotAllowedError):
    """The person may not change that of a committed plan."""

    def __init__(self) -> None:
        super().__init__(
            "The principal, the backup leader and coaches change a committed plan; an owner changes their own action."
        )


def change(
    books: Books,
    who: str,
    action_id: str,
    step: Step,
    why: str,
    now: datetime,
    *,
    seen: str = "",
    owned_only: bool,
    priority: str = "",
) -> Kept:
    """Change an action of the live plan; its owner stays, a hand-over changes that.

    A leader changes all of it, and may move it under another `priority`. Its owner changes the due date, the cadence
    and the supporters, and says why: that answers the question how it goes as well.
    `seen` is the mark of what the person had before them; `owned_only` says that they saw only an owner's fields.
    Raises NotLeaderError, ChangedMeanwhileError, StepError.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        viewer = ledger.people.viewer(who, plan.school)
        if not concerns(viewer, action):
            raise NotLeaderError
        if not action.status.open:
            raise StepError("due", f"This action is {action.status.value}: there is nothing to change.")
        said = why.strip()
        wanted = replace(step, owner=action.step.owner, outside="")
        if owned_only or not viewer.sees_answers:
            wanted = replace(action.step, outside="", due=step.due, cadence=step.cadence, supporters=step.supporters)
            if not said:
                raise StepError("why", "Say in a few words why, so that the team can follow it.")
        # What stands already may stay: a date that has passed meanwhile, or somebody who has left.
        today = min(ledger.schools.calendar(plan.school).today(now), action.step.due)
        kept = replace(checked_step(wanted, today), outside=action.step.outside)
        of_school(ledger, plan.school, "supporters", set(kept.supporters) - set(action.step.supporters))
        moved = action
        if priority not in ("", action.priority) and viewer.sees_answers:
            moved = put_under(action, priority, plan.priorities, plan.actions)
        if kept == action.step and moved is action:
            return Kept(action)
        if seen and seen != action.step.mark and kept != action.step:
            raise ChangedMeanwhileError
        asked_about = not action.waiting and not action.refused
        answers = asked_about and who == action.step.owner and bool(said)
        updated = now if answers else action.updated_at
        if answers:
            # An owner who says why they change what is theirs has said how it goes: nobody asks them for it again.
            ledger.reminders.answer(action.id, now)
            ledger.plans.record(CheckIn(action.id, who, action.status, said, now))
        changed = keep(ledger, plan, action, replace(moved, step=kept, updated_at=updated), who, now, said)
        if kept.cadence is not action.step.cadence and asked_about:
            ledger.reminders.withdraw(action.id, now)
            ledger.errands.leave(What.SCHEDULE, action.id, at=now)
        elif kept.due != action.step.due and asked_about:
            ledger.reminders.withdraw(action.id, now, Reason.CHECK_IN)
            ledger.errands.leave(What.NOTICES, action.id, at=now)
        if answers:
            ledger.errands.leave(What.GO_ON, who, at=now)
        return Kept(changed, _closed(ledger, plan, changed) if kept.due != action.step.due else None)


def cadence_changed(ledger: Ledger, action_id: str, now: datetime) -> None:
    """After the cadence of an action was changed: write what its owner is to be asked about it."""
    for plan, action in _still_owned(ledger, action_id):
        schedule(ledger, plan, action, now)


def due_date_changed(ledger: Ledger, action_id: str, now: datetime) -> None:
    """After the due date of an action was changed: write when notice is given of it."""
    for plan, action in _still_owned(ledger, action_id):
        notices(ledger, plan, action, now)


def _still_owned(ledger: Ledger, action_id: str) -> Iterator[tuple[Plan, Action]]:
    plan = ledger.plans.of_action(action_id)
    if plan is not None and not plan.ended:
        action = plan.action(action_id)
        if action.status.open and action.taken_on:
            yield plan, action


def drop(books: Books, who: str, action_id: str, why: str, now: datetime) -> Action:
    """Drop an action of the live plan, with a reason: a leader of the school does, whoever owns it. Twice is once.

    Raises NotLeaderError, and StepError without a reason or for an action that is done.
    """
    said = why.strip()
    if not said:
        raise StepError("why", "Say in a few words why it is dropped.")
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        if not ledger.people.viewer(who, plan.school).sees_answers:
            raise NotLeaderError
        if action.status is Status.DROPPED:
            return action
        if action.status is Status.DONE:
            raise StepError("why", "This action is done: there is nothing to drop.")
        ledger.reminders.withdraw(action.id, now)
        ledger.plans.record(CheckIn(action.id, who, Status.DROPPED, said, now))
        dropped = replace(action, status=Status.DROPPED, offered_to=None, updated_at=now)
        return keep(ledger, plan, action, dropped, who, now, said)


def take_up(books: Books, who: str, action_id: str, now: datetime) -> Action:
    """Take a dropped action up again: a leader of the school does, and its owner is asked anew. Twice is once.

    Where its owner is not of the school any more, it waits for one that a leader finds. Raises NotLeaderError.
    """
    with books.write() as ledger:
        action, plan = known(ledger, action_id, seen_by=who)
        if not ledger.people.viewer(who, plan.school).sees_answers:
            raise NotLeaderError
        if action.status is not Status.DROPPED:
            return action
        gone = not ledger.people.viewer(action.step.owner, plan.school).knows_school
        again = replace(action, status=Status.PROPOSED, refused=gone, updated_at=now)
        kept = keep(ledger, plan, action, again, who, now)
        if kept.asked:
            asking = Asking.once_more(plan.id, action.id, now)
            ledger.errands.leave(What.ASK, action.id, kept.asked, asking.occasion, at=now)
        return kept


def add(books: Books, who: str, priority_id: str, step: Step, request: str, now: datetime, link: str = "") -> Kept:
    """Add an action to the live plan: a leader of the school does, and its owner is asked to take it on.

    `request` identifies the submission, so that a retried one adds nothing twice. Raises NotLeaderError, StepError.
    """
    with books.write() as ledger:
        plan = _live(ledger, priority_id, who)
        if not ledger.people.viewer(who, plan.school).sees_answers:
            raise NotLeaderError
        same = next((action for action in plan.actions if action.id == request), None)
        if same is not None:
            return Kept(same)
        kept = filled_in(ledger, plan.school, plan.committed_by, step, now)
        not_twice(plan.actions, priority_id, kept)
        action = Action(request, priority_id, plan.session, next_place(plan.actions), kept, link=link)
        keep(ledger, plan, None, action, who, now)
        if action.asked:
            ledger.errands.leave(What.ASK, action.id, action.asked, Asking(plan.id, action.id).occasion, at=now)
        return Kept(action, _closed(ledger, plan, action))


def _closed(ledger: Ledger, plan: Plan, action: Action) -> str | None:
    return ledger.schools.calendar(plan.school).closed_for(action.step.due)


def _live(ledger: Ledger, priority_id: str, who: str) -> Plan:
    plan = ledger.plans.of_priority(priority_id, seen_by=who)
    if plan is None:
        raise NoPlanError
    if plan.ended:
        raise PlanEndedError
    return plan
