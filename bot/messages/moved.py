"""The next review beside the plan, in the team's channel."""

from datetime import datetime

from bot.views import moved as views
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery
from planning.verbs.moved import beside


def card(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """The plan beside the review that came in; not wanted where the next plan is there before it was sent."""
    plan_id, _, review_id = delivery.wanted.occasion.partition("/")
    plan = ledger.plans.load(plan_id)
    if delivery.ts is None and plan.ended:
        return None
    found = beside(ledger, plan, ledger.reviews.load(review_id))
    return views.card(ledger.schools.load(plan.school).name, found, closing=not plan.ended)
