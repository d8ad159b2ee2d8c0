"""What every change of a committed action does: it is kept with its history, and what shows it is made to agree."""

from datetime import datetime

from planning.asking import Asking
from planning.errands import What
from planning.history import Change, differences, tells
from planning.ledger import Ledger
from planning.messages import Kind
from planning.plan import Action, Plan
from rubric.errors import LeversError

RECENT = 3
"""How many messages of one kind still show to a person who looks back."""


class PlanEndedError(LeversError):
    """The action belongs to a plan that a newer one has replaced."""

    def __init__(self) -> None:
        super().__init__("A newer plan has replaced this one. `/levers mine` shows what is yours now.")


class NotCommittedError(LeversError):
    """The action belongs to a plan that is still being written."""

    def __init__(self) -> None:
        super().__init__("The plan is still being written. You are asked once it is committed.")


def known(ledger: Ledger, action_id: str, seen_by: str | None = None) -> tuple[Action, Plan]:
    """The action and the live plan it is part of; who is `seen_by` it is asked about next.

    Raises ActionNotFoundError, NotCommittedError or PlanEndedError.
    """
    plan = ledger.plans.of_action(action_id, seen_by)
    if plan is None:
        raise NotCommittedError
    if plan.ended:
        raise PlanEndedError
    return plan.action(action_id), plan


def plan_of(ledger: Ledger, action: Action) -> Plan:
    """The committed plan that `action` is part of, live or ended. Raises NotCommittedError."""
    plan = ledger.plans.of_session(action.session)
    if plan is None:
        raise NotCommittedError
    return plan


def keep(
    ledger: Ledger, plan: Plan, before: Action | None, after: Action, who: str, now: datetime, why: str = ""
) -> Action:
    """Save a committed action, write down what `who` changed about it, and leave it to be shown where it stands.

    Whoever has taken it on is told of what others change.
    `before` is None for a new one. Where nothing is changed and nothing said, nothing is written down.
    """
    ledger.plans.save_action(after)
    change = Change(after.id, who, now, differences(before, after), why)
    if change.fields or why:
        ledger.plans.note(change)
    if before is not None and before.taken_on and tells(change, before.step.owner):
        ledger.errands.leave(What.CHANGED, before.step.owner, plan.id, at=now)
    to_be_shown(ledger, plan, before or after, after, who, now)
    return after


def to_be_shown(ledger: Ledger, plan: Plan, before: Action, after: Action, who: str, now: datetime) -> None:
    """Leave it to be shown, in the plan's card and in what the people concerned were asked."""
    concerned = (who, before.step.owner, before.asked, after.step.owner, after.asked)
    people = dict.fromkeys(one for one in concerned if one)
    ledger.errands.leave(What.SHOW, plan.id, after.id, *people, at=now)


def show(ledger: Ledger, plan: str, action: str, *concerned: str, now: datetime) -> None:
    """Bring the card of `plan`, and what the people `concerned` were asked about `action`, up to date."""
    ledger.plans.hold_open_of(*concerned)
    ledger.deliveries.refresh(Kind.PLAN, plan, now)
    ledger.deliveries.refresh(Kind.RE_REVIEW, plan, now)
    for person in concerned:
        for asked_in in (Asking(plan), Asking(plan, action)):
            ledger.deliveries.refresh(Kind.ACCEPTANCE, asked_in.subject, now, to=person, newest=RECENT)
        ledger.deliveries.refresh_asking(person, (action,), now, newest=RECENT)
    ledger.deliveries.refresh(Kind.HANDED_BACK, action, now, newest=RECENT)
    ledger.deliveries.refresh(Kind.NOT_ACCEPTED, plan, now, newest=RECENT)
    ledger.deliveries.refresh(Kind.OWNER_LEFT, plan, now, newest=RECENT)
