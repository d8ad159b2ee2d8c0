"""A person's own open actions, wherever they are shown: as an answer, in a window, on the Home tab."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.handlers.requests import Desk
from bot.messages.follow import late, named
from bot.views import asking
from planning.ledger import Ledger
from planning.plan import Action
from planning.verbs.rest import away
from planning.verbs.year_end import to_settle


def own(desk: Desk, who: str) -> list[Block]:
    """The open actions of `who` in every school, with the answers in place."""
    with desk.books.read() as ledger:
        return own_of(ledger, who, desk.clock())


def own_of(ledger: Ledger, who: str, now: datetime, first: int | None = None) -> list[Block]:
    """The same out of an open ledger; only the `first` so many where given."""
    found = ledger.plans.open_of(who)
    plans = {plan.id: plan for plan, _ in found}
    schools = {plan.school: ledger.schools.load(plan.school).name for plan in plans.values()}
    owned = [(schools[plan.school], named(plan, [action])[0]) for plan, action in found]
    settle = frozenset(one for plan in plans.values() for one in to_settle(ledger, plan, now))
    past = frozenset(one for plan, action in found for one in late(ledger, plan, [action], now))
    shown = any(ledger.people.names_since(school) for school in schools)
    comments = ledger.comments.newest([action.id for _, action in found])
    resting = away(ledger, who, now)
    return asking.mine(owned, who, resting, settle, past=past, first=first, shown=shown, comments=comments)


def shows_names(desk: Desk, action: Action) -> bool:
    """Whether the school of `action` shows its district and reviewers who said what: every question says so."""
    with desk.books.read() as ledger:
        plan = ledger.plans.of_session(action.session)
        return plan is not None and ledger.people.names_since(plan.school) is not None
