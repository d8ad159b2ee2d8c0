"""Pictures in the channel: the result of the vote."""

from datetime import datetime
from hashlib import blake2s

from bot.documents.vote_picture import VotePicture
from bot.sentences import say_plain
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery
from planning.phases import Phase
from planning.verbs.choose import proposal
from planning.verbs.vote import revealed

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
    school = ledger.schools.load(session.school)
    shown = VotePicture(
        school.name,
        school.code,
        ledger.schools.calendar(session.school).today(delivery.wanted.due),
        blake2s(occasion.encode(), digest_size=5).hexdigest(),
        ledger.ballots.tally(session),
        proposal(ledger, session),
        session.rules.priorities,
    )
    return Message(say_plain("picture.vote_comment"), attached=shown)
