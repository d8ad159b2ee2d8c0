"""The cards of a session, one a step, and the private reminder to vote."""

from datetime import datetime

from bot.views import asking, cards, drafts
from bot.views.frame import Heading, behind
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery, Kind
from planning.phases import Phase
from planning.plan import Action, Priority
from planning.session import Session, State
from planning.verbs.choose import decided, proposal
from planning.verbs.vote import by_discussion, revealed, voters
from planning.warnings import Warning, warnings
from rubric.ranking import cut, rank
from rubric.strengths import strengths


def card(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """The card of one step: the current one whole, an old one as a link to it; an old one never sent is not wanted."""
    session = ledger.sessions.load(delivery.wanted.subject)
    if delivery.wanted.occasion == session.card and not session.ended:
        return _current(ledger, session, now)
    if delivery.ts is None:
        return None
    phase = Phase(delivery.wanted.occasion.rpartition("/")[2])
    return behind(session, phase, card_link(ledger, session))


def card_link(ledger: Ledger, session: Session) -> str | None:
    """The address of the session's current card, once it is sent."""
    current = ledger.deliveries.find(Kind.CARD, session.channel, session.card)
    return current.link if current else None


def ballot_reminder(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To somebody who had not voted; not wanted once they have, or the vote is over."""
    session = ledger.sessions.load(delivery.wanted.subject)
    school = ledger.schools.load(session.school).name
    voting = session.phase is Phase.VOTE and session.state is State.OPEN
    if voting and delivery.wanted.recipient not in ledger.ballots.voted(session):
        return asking.ballot_reminder(school, card_link(ledger, session), open_still=True)
    return asking.ballot_reminder(school, None, open_still=False) if delivery.ts else None


def _current(ledger: Ledger, session: Session, now: datetime) -> Message:
    review = ledger.reviews.load(session.review)
    heading = Heading(session, ledger.schools.load(session.school).name, review.review.date)
    match session.phase:
        case Phase.GATHER:
            return cards.gather(heading)
        case Phase.CELEBRATE:
            return cards.celebrate(heading, strengths(review.rubric, review.review, review.earlier))
        case Phase.FOCUS:
            ranked = rank(review.rubric, review.review, review.earlier)
            more = cut(ranked, session.rules.shortlist)
            return cards.focus(heading, more, ledger.plans.live(session.school))
        case Phase.VOTE:
            voted, count = len(ledger.ballots.voted(session)), ledger.ballots.count(session)
            talk = by_discussion(ledger, session)
            people = len(voters(ledger, session)) + len(session.guests)
            return cards.vote(heading, people, count, count - voted, talk)
        case Phase.CHOOSE:
            result = ledger.ballots.tally(session)
            chosen = decided(ledger, session)
            hidden = None if revealed(ledger, session) else result.ballots
            return cards.choose(heading, result, proposal(ledger, session), chosen, hidden)
        case Phase.PLAN:
            return drafts.plan(heading, *_drafted(ledger, session, now))
        case Phase.COMMIT:
            return drafts.commit(heading, *_drafted(ledger, session, now))


def _drafted(
    ledger: Ledger, session: Session, now: datetime
) -> tuple[tuple[Priority, ...], tuple[Action, ...], tuple[Warning, ...]]:
    """The plan being written, with the cautions about it."""
    drafted, calendar = ledger.plans.actions(session.id), ledger.schools.calendar(session.school)
    return ledger.plans.priorities(session.id), drafted, warnings(drafted, calendar, calendar.today(now))
