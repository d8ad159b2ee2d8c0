"""The principal decides whether the district and the reviewers see whose action is whose and what was said.

It holds for what is said from then on: what owners said before stays what was promised to them.
"""

from datetime import datetime

from planning.asking import Asking
from planning.ledger import Books
from planning.messages import Kind
from planning.people import NotAllowedError, OutsiderError
from planning.verbs.kept import RECENT


class NotPrincipalError(NotAllowedError):
    """Only the principal decides it."""

    def __init__(self) -> None:
        super().__init__("Only the school's principal decides who sees names and notes. Nothing was changed.")


def show_names(books: Books, who: str, school: str, shown: bool, now: datetime) -> None:
    """Show names and notes from now on, or no longer; what owners read about who sees their answers says so at once.

    Raises OutsiderError or NotPrincipalError.
    """
    with books.write() as ledger:
        viewer = ledger.people.viewer(who, school)
        if not viewer.knows_school:
            raise OutsiderError
        if not viewer.may_show_names:
            raise NotPrincipalError
        ledger.people.show_names(school, who, now if shown else None)
        plan = ledger.plans.live(school)
        if plan is None:
            return
        owned = [action for action in plan.actions if action.status.open]
        for owner in dict.fromkeys(action.step.owner for action in owned):
            ledger.deliveries.refresh(Kind.CHECK_IN, owner, now, newest=RECENT)
            ledger.deliveries.refresh(Kind.ACCEPTANCE, plan.id, now, to=owner, newest=RECENT)
        for action in owned:
            ledger.deliveries.refresh(Kind.ACCEPTANCE, Asking(plan.id, action.id).subject, now, to=action.asked)
