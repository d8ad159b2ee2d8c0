"""Messages before the meeting: the welcome, the connected channel, the held review."""

from datetime import datetime

from bot.views import setup
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery
from planning.verbs.connect import releasers


def welcome(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message:
    """To a channel that Levers was invited to."""
    school = ledger.schools.of_channel(delivery.wanted.recipient)
    return setup.welcome(school.name if school else None)


def connected(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To a connected channel; not wanted where it was connected to another school meanwhile."""
    school = ledger.schools.load(delivery.wanted.subject)
    if school.channel != delivery.wanted.recipient:
        return None
    latest = ledger.reviews.latest(school.id, released=False)
    released = ledger.reviews.latest(school.id, released=True)
    shown = released or latest
    return setup.connected(
        school.name,
        shown.review.date if shown else None,
        released=released is not None,
        running=ledger.sessions.open_at(school.id) is not None,
        planned=ledger.plans.live(school.id) is not None,
        meets=ledger.following.session_day(school.id),
    )


def held_review(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To somebody who may release a review; not wanted where they no longer may."""
    review = ledger.reviews.load(delivery.wanted.subject)
    if delivery.wanted.recipient not in releasers(ledger, review.school):
        return None
    school = ledger.schools.load(review.school).name
    said = review.review
    return setup.held_review(school, said.date, len(said.ratings), review.id, released=review.released)
