"""The cards of a session, one a step, and the private reminder to vote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.views import ballot, cards, drafts, reveal, steer, thread
from bot.views.frame import Heading, behind
from bot.views.parts import Message
from planning.ledger import Ledger
from planning.messages import Delivery, Kind
from planning.phases import Phase
from planning.plan import Action, Priority
from planning.session import Session, State
from planning.verbs import timing
from planning.verbs.choose import decided
from planning.verbs.vote import electorate, proposal, revealed, way_of
from planning.verbs.weigh import team_grid
from planning.warnings import Warning, warnings
from rubric.ranking import Ranked, Shortlist, cut, rank
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
        return ballot.reminder(school, card_link(ledger, session), open_still=True)
    return ballot.reminder(school, None, open_still=False) if delivery.ts else None


def time_up(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """To the facilitator when a phase's timer ends; not wanted where the session went on or the timer was set anew.

    Once sent it says what came of it.
    """
    session = ledger.sessions.load(delivery.wanted.subject)
    school = ledger.schools.load(session.school).name
    phase = Phase(delivery.wanted.occasion.split("/")[2])
    asks = delivery.wanted.occasion == timing.occasion(session) and session.state is State.OPEN
    if asks and delivery.wanted.recipient == session.facilitator:
        return steer.time_up(session, school)
    if delivery.ts is None:
        return None
    same = delivery.wanted.occasion.startswith(f"{session.card}/") and session.state is State.OPEN
    return steer.time_was_set(session, school) if same and not asks else steer.time_was_up(phase, school)


def details(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """In the thread of a card: who did what in its phase. It waits for a card that is to come; else not wanted."""
    session = ledger.sessions.load(delivery.wanted.subject)
    _, step, phase = delivery.wanted.occasion.split("/")
    remarks = ledger.sessions.remarks(session, int(step))
    if not remarks:
        return None
    card = ledger.deliveries.find(Kind.CARD, session.channel, delivery.wanted.occasion)
    under = card.ts if card else None
    if under is None and not _is_coming(ledger, session, delivery.wanted.occasion):
        return None
    return replace(thread.details(Phase(phase), remarks), under=under, waits=under is None)


def _is_coming(ledger: Ledger, session: Session, occasion: str) -> bool:
    # A step that was left before its card was sent has none.
    return any(one.wanted.occasion == occasion for one in ledger.deliveries.waiting(Kind.CARD, session.channel))


def _vote(ledger: Ledger, session: Session) -> reveal.Vote:
    return reveal.Vote(ledger.ballots.tally(session), hidden=not revealed(ledger, session))


def _current(ledger: Ledger, session: Session, now: datetime) -> Message:
    review = ledger.reviews.load(session.review)
    school, time_is_up = ledger.schools.load(session.school).name, session.time_is_up(now)
    heading = Heading(session, school, review.review.date, time_is_up)
    match session.phase:
        case Phase.GATHER:
            return cards.gather(heading)
        case Phase.CELEBRATE:
            return cards.celebrate(heading, strengths(review.rubric, review.review, review.earlier))
        case Phase.FOCUS:
            ranked = rank(review.rubric, review.review, review.earlier)
            more = _not_yet_listed(session, ranked, cut(ranked, session.rules.shortlist))
            earlier = ledger.plans.live(session.school)
            waited = ledger.sessions.load(earlier.session).deferred if earlier else ()
            return cards.focus(heading, more, earlier, waited)
        case Phase.VOTE:
            voted, count = len(ledger.ballots.voted(session)), ledger.ballots.count(session)
            return cards.vote(heading, electorate(ledger, session), count, count - voted, way_of(ledger, session))
        case Phase.CHOOSE:
            again = _vote(ledger, session) if session.runoff else None
            chosen = decided(ledger, session)
            first, by_dots = _vote(ledger, session.first_round), proposal(ledger, session)
            return reveal.choose(heading, first, by_dots, chosen, again, team_grid(ledger, session))
        case Phase.PLAN:
            return drafts.plan(heading, *_drafted(ledger, session, now))
        case Phase.COMMIT:
            return drafts.commit(heading, *_drafted(ledger, session, now))


def _drafted(
    ledger: Ledger, session: Session, now: datetime
) -> tuple[tuple[Priority, ...], tuple[Action, ...], tuple[Warning, ...]]:
    """The plan being written, action by action in the order of their priorities, with the cautions about it."""
    priorities, calendar = ledger.plans.priorities(session.id), ledger.schools.calendar(session.school)
    places = {one.id: one.place for one in priorities}
    drafted = tuple(sorted(ledger.plans.actions(session.id), key=lambda one: places.get(one.priority, 0)))
    return priorities, drafted, warnings(drafted, calendar, calendar.today(now))


def _not_yet_listed(session: Session, ranked: Sequence[Ranked], more: Shortlist) -> Shortlist:
    """`more` without those that the team has put on its shortlist meanwhile."""
    beyond = [one.rating for one in ranked[len(more.shown) :]][: more.more_at_this_level]
    return replace(more, more_at_this_level=sum(not session.listed(rating.indicator) for rating in beyond))
