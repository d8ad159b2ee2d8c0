"""A person's own open actions, wherever they are shown: as an answer, in a window, on the Home tab."""

from slack_sdk.models.blocks import Block

from bot.handlers.requests import Desk
from bot.messages.follow import named
from bot.views import asking
from planning.plan import Action
from planning.verbs.year_end import to_settle


def own(desk: Desk, who: str, first: int | None = None) -> list[Block]:
    """The open actions of `who` in every school, with the answers in place; only the `first` so many where given."""
    with desk.books.read() as ledger:
        found = ledger.plans.open_of(who)
        schools = {plan.id: ledger.schools.load(plan.school).name for plan, _ in found}
        owned = [(schools[plan.id], named(plan, [action])[0]) for plan, action in found]
        plans = {plan.id: plan for plan, _ in found}
        settle = frozenset(one for plan in plans.values() for one in to_settle(ledger, plan, desk.clock()))
        shown = any(ledger.people.names_since(plan.school) for plan in plans.values())
        comments = ledger.comments.newest([action.id for _, action in found])
        away = ledger.following.away_until(who)
    return asking.mine(owned, who, away, settle, first=first, shown=shown, comments=comments)


def shows_names(desk: Desk, action: Action) -> bool:
    """Whether the school of `action` shows its district and reviewers who said what: every question says so."""
    with desk.books.read() as ledger:
        plan = ledger.plans.of_session(action.session)
        return plan is not None and ledger.people.names_since(plan.school) is not None
