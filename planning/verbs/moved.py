"""When the next review of a school with a plan is released: the plan beside it, wanted for the team's channel."""

from datetime import datetime

from planning.ledger import Ledger, ReviewHere
from planning.messages import Kind, Wanted
from planning.plan import NoPlanError, Plan
from planning.rereview import ReReview, follows, rereview
from planning.verbs.vote import AFTER_THE_CARD
from rubric.errors import LeversError


class NoReReviewError(LeversError):
    """No review has come in since the plan was made, or none that the person may see."""

    def __init__(self) -> None:
        super().__init__("No review has come in since the plan was made. What moved is shown once one is released.")


def want_re_review(ledger: Ledger, school: str, now: datetime) -> None:
    """Want the card and the picture where the newest released review is later than the one the live plan rests on."""
    plan, here = ledger.plans.live(school), ledger.schools.load(school)
    review = ledger.reviews.latest(school, released=True)
    if plan is None or review is None or here.channel is None or not _moves(ledger, plan, review):
        return
    occasion = f"{plan.id}/{review.id}"
    ledger.deliveries.want(Wanted(Kind.RE_REVIEW, here.channel, occasion, plan.id, now))
    ledger.deliveries.want(Wanted(Kind.RATINGS, here.channel, occasion, plan.id, now + AFTER_THE_CARD))


def moved(ledger: Ledger, school: str) -> ReReview:
    """The live plan of `school` beside its newest released review. Raises NoPlanError or NoReReviewError."""
    plan = ledger.plans.live(school)
    if plan is None:
        raise NoPlanError
    review = ledger.reviews.latest(school, released=True)
    if review is None or not _moves(ledger, plan, review):
        raise NoReReviewError
    return beside(ledger, plan, review)


def beside(ledger: Ledger, plan: Plan, review: ReviewHere) -> ReReview:
    """`plan`, with what its session deferred, beside `review`."""
    return rereview(plan, ledger.sessions.load(plan.session).deferred, ledger.reviews.load(plan.review), review)


def _moves(ledger: Ledger, plan: Plan, review: ReviewHere) -> bool:
    return follows(review, ledger.reviews.load(plan.review))
