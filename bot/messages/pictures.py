"""Pictures in the channel: the result of the vote, and the levels of the next review with those before."""

from datetime import datetime
from hashlib import blake2s

from bot.documents.ratings_picture import RatingsPicture
from bot.documents.reading import released_findings
from bot.documents.vote_picture import VotePicture
from bot.sentences import say_plain
from bot.views.parts import Message
from planning.ballot import cut
from planning.ledger import Ledger
from planning.messages import Delivery
from planning.phases import Phase
from planning.verbs.vote import proposal, revealed

_AFTER_THE_REVEAL = (Phase.CHOOSE, Phase.PLAN, Phase.COMMIT)


def vote(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """How the dots of one ballot fell.

    Not wanted where it stands there already, the session has stepped back or ended, or the totals stay hidden.
    """
    session = ledger.sessions.load(delivery.wanted.subject)
    occasion = delivery.wanted.occasion
    if delivery.ts is not None or session.ended or occasion != f"{session.id}/{session.round}":
        return None
    if session.phase not in _AFTER_THE_REVEAL or not revealed(ledger, session):
        return None
    school, result = ledger.schools.load(session.school), ledger.ballots.tally(session)
    by_dots, places = proposal(ledger, session), session.rules.priorities
    if session.runoff:
        places = proposal(ledger, session.first_round).places
        by_dots = cut(result, places)
    shown = VotePicture(
        school.name,
        school.code,
        ledger.schools.calendar(session.school).today(delivery.wanted.due),
        blake2s(occasion.encode(), digest_size=5).hexdigest(),
        result,
        by_dots,
        places,
        runoff=bool(session.runoff),
    )
    return Message(say_plain("picture.vote_comment", runoff=shown.runoff), attached=shown)


def ratings(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """The levels of the review that came in, by domain; not wanted where they stand there already."""
    plan_id, _, review_id = delivery.wanted.occasion.partition("/")
    if delivery.ts is not None or ledger.plans.load(plan_id).ended:
        return None
    mark = blake2s(review_id.encode(), digest_size=5).hexdigest()
    picture = RatingsPicture(released_findings(ledger, ledger.reviews.load(review_id)), mark)
    return Message(say_plain("picture.ratings_comment"), attached=picture)
