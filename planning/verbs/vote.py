"""Casting a ballot in secret, adding paper ballots, reminding and excusing those who have not voted, and a runoff."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planning.ballot import BallotError, Cut, Dots, checked, cut
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.people import NotAllowedError, Role, Viewer
from planning.phases import Phase
from planning.session import FEWEST_VOTERS, Session
from planning.verbs.guard import current, entered, facilitated, in_phase, show
from planning.verbs.timing import ask_at_end
from rubric.errors import LeversError

AFTER_THE_CARD = timedelta(seconds=1)
"""A picture or document comes after the card that it belongs to; a channel takes about one message a second."""


OUTSIDE = frozenset({Role.REVIEWER, Role.DISTRICT})
Filled = Callable[[Session], Dots]
"""A ballot as somebody filled it in, to be read once it is known what is voted on."""


class NoVoteError(NotAllowedError):
    """The person has no dots in this session."""

    def __init__(self) -> None:
        super().__init__(
            "You have no dots in this session: the facilitator and reviewers do not vote, unless the team wants it."
        )


def voters(ledger: Ledger, session: Session) -> tuple[str, ...]:
    """The people here who have dots."""
    return session.voters(_outside(ledger, session))


def awaited(ledger: Ledger, session: Session) -> tuple[str, ...]:
    """Whose ballots this round waits for or has: everybody with dots but those who were excused before they voted."""
    voted = ledger.ballots.voted(session)
    waiting = [person for person in voters(ledger, session) if person not in session.excused]
    return tuple(dict.fromkeys((*waiting, *(person for person in session.here if person in voted))))


def with_dots(session: Session, viewer: Viewer) -> None:
    """Raise NoVoteError unless the person has dots once they are here: late-comers do, until the reveal."""
    outside = {viewer.person} if viewer.roles & OUTSIDE else ()
    if viewer.person not in replace(session, here=(*session.here, viewer.person)).voters(frozenset(outside)):
        raise NoVoteError


def _outside(ledger: Ledger, session: Session) -> frozenset[str]:
    return frozenset(person for role in OUTSIDE for person in ledger.people.with_role(session.school, role))


def revealed(ledger: Ledger, session: Session) -> bool:
    """Whether the totals may be shown: never while people vote, nor where the few who voted in Slack could be told.

    Paper alone is anonymous already; beside it the facilitator, who typed it in, could subtract it.
    """
    if session.phase.number <= Phase.VOTE.number:
        return False
    in_slack = len(ledger.ballots.voted(session))
    return in_slack >= FEWEST_VOTERS or (in_slack == 0 and ledger.ballots.count(session) > 0)


def picture(ledger: Ledger, session: Session, now: datetime) -> None:
    """Want the picture of the result, once for each ballot and after its card; nothing where the totals stay hidden."""
    if revealed(ledger, session):
        after = now + AFTER_THE_CARD
        occasion = f"{session.id}/{session.round}"
        ledger.deliveries.want(Wanted(Kind.PICTURE, session.channel, occasion, session.id, after))


def by_discussion(ledger: Ledger, session: Session) -> bool:
    """True when there are too few voters for a secret vote, those without Slack counted."""
    return len(awaited(ledger, session)) + len(session.guests) < FEWEST_VOTERS


def cast(books: Books, who: str, session_id: str, round_: int, dots: Dots | Filled, now: datetime) -> Session:
    """Set the whole ballot of `who` in the round it was opened in, replacing the one before.

    A late-comer's ballot counts them as here.
    Raises BallotError, NoVoteError, and WrongPhaseError after the reveal.
    """
    with books.write() as ledger:
        session = _voting(ledger, session_id, who, round_)
        kept = checked(_read(dots, session), session.contest, session.ballot_rules)
        if not kept:
            raise BallotError("Place at least one dot, or close the ballot to vote later.")
        ledger.ballots.cast(session, who, kept)
        if who not in session.here:
            session = replace(session, here=(*session.here, who))
            ledger.sessions.save(session)
        show(ledger, session, now)
        return session


def begin(books: Books, who: str, session_id: str, round_: int, dots: Dots | Filled) -> Session:
    """Keep what `who` has placed so far, so that a window closed by accident loses nothing. It counts for nothing yet.

    Dots over the budget are kept too: the window says how many to take back. Raises NoVoteError, WrongPhaseError, and
    BallotError in a later round.
    """
    with books.write() as ledger:
        session = _voting(ledger, session_id, who, round_)
        on_ballot = {entry.indicator for entry in session.contest}
        placed = {one: count for one, count in _read(dots, session).items() if one in on_ballot}
        ledger.ballots.begin(session, who, placed)
        return session


def _voting(ledger: Ledger, session_id: str, who: str, round_: int) -> Session:
    session, viewer = entered(ledger, session_id, who)
    in_phase(session, Phase.VOTE)
    with_dots(session, viewer)
    if round_ != session.round:
        raise BallotError("A fresh ballot has begun since you opened this one. Close it and press *Vote* again.")
    return session


def _read(dots: Dots | Filled, session: Session) -> Dots:
    return dots(session) if callable(dots) else dots


def excuse(books: Books, who: str, session_id: str, people: Sequence[str], now: datetime) -> Session:
    """Stop waiting for `people`, who have left; the list replaces the one before. A ballot once cast still counts."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        changed = replace(session, excused=tuple(person for person in session.here if person in people))
        ledger.sessions.save(changed)
        show(ledger, changed, now)
        return changed


def runoff(books: Books, who: str, session_id: str, step: int, now: datetime) -> Session:
    """Vote again between those that are tied at the cut, one dot each. Raises NoTieError where none are."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(in_phase(session, Phase.CHOOSE), step), who)
        tied = () if session.runoff else proposal(ledger, session).tied
        if not tied:
            raise NoTieError
        voting = replace(
            session.moved_to(Phase.VOTE, now), round=session.round + 1, runoff=tied, deferred=(), settled_by=""
        )
        ledger.sessions.save(voting)
        show(ledger, voting, now)
        ask_at_end(ledger, voting, now)
        return voting


def proposal(ledger: Ledger, session: Session) -> Cut:
    """What the revealed dots alone would choose, with a tie at the cut left open; nothing where none are revealed.

    A runoff fills the places that the first vote left open.
    """
    first = session.first_round
    if not revealed(ledger, first):
        return Cut((), (), 0)
    by_dots = cut(ledger.ballots.tally(first), session.rules.priorities)
    if not session.runoff or not revealed(ledger, session):
        return by_dots
    again = cut(ledger.ballots.tally(session), by_dots.places)
    return Cut((*by_dots.clear, *again.clear), again.tied, again.places)


class NoTieError(LeversError):
    """A runoff needs a tie, and there is one runoff at most: a second tie is talked through."""

    def __init__(self) -> None:
        super().__init__("There is no tie that a runoff could settle. Talk it through, and write down how.")


def add_paper(books: Books, who: str, session_id: str, dots: Dots | Filled, ballots: int, now: datetime) -> Session:
    """Add the paper ballots of people without Slack as one anonymous batch, replacing the batch before.

    Raises BallotError where the dots are more than `ballots` people have, or more people than are here without Slack.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        if not 0 < ballots <= len(session.guests):
            raise BallotError(f"{len(session.guests)} people without Slack are here; name them first if more voted.")
        counted = checked(_read(dots, session), session.contest, session.ballot_rules, ballots=ballots)
        ledger.ballots.add_paper(session, counted, ballots)
        show(ledger, session, now)
        return session


def remind(books: Books, who: str, session_id: str, step: int, now: datetime) -> int:
    """Remind in private those who have not voted; returns how many. Who they are is not shown to anybody."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        waiting = [p for p in awaited(ledger, session) if p not in ledger.ballots.voted(session)]
        for person in waiting:
            ledger.deliveries.want(Wanted(Kind.BALLOT_REMINDER, person, f"{session.id}/{step}", session.id, now))
        return len(waiting)
