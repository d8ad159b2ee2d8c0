"""Casting a ballot in secret, adding paper ballots, reminding and excusing those who have not voted, and a runoff."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planning.ballot import BallotError, Cut, Dots, Way, checked, checked_batch, cut, hides_voters, way
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.people import NotAllowedError, Role, Viewer
from planning.phases import Phase
from planning.session import Session
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
            "You have no vote in this session: the facilitator and reviewers have none, unless the team wants it."
        )


class OnPaperError(LeversError):
    """Fewer than four would vote in Slack, so everybody votes on paper."""

    def __init__(self) -> None:
        super().__init__(
            "This vote is on paper: so few ballots in Slack would tell who chose what. Give yours to the facilitator."
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


def may_vote(ledger: Ledger, session: Session, viewer: Viewer) -> None:
    """Raise NoVoteError or OnPaperError unless the person may fill in a ballot in Slack."""
    with_dots(session, viewer)
    # Nobody votes on paper where everybody has Slack, and sixty who vote at once wait for no needless reading.
    if session.guests and way_of(ledger, session) is Way.PAPER:
        raise OnPaperError


def _outside(ledger: Ledger, session: Session) -> frozenset[str]:
    return frozenset(person for role in OUTSIDE for person in ledger.people.with_role(session.school, role))


def revealed(ledger: Ledger, session: Session) -> bool:
    """Whether the totals may be shown: never while people vote, nor where those who voted could be told from them."""
    if session.phase.number <= Phase.VOTE.number:
        return False
    return hides_voters(len(ledger.ballots.voted(session)), ledger.ballots.count(session))


def picture(ledger: Ledger, session: Session, now: datetime) -> None:
    """Want the picture of the result, once for each ballot and after its card; nothing where the totals stay hidden."""
    if revealed(ledger, session):
        after = now + AFTER_THE_CARD
        occasion = f"{session.id}/{session.round}"
        ledger.deliveries.want(Wanted(Kind.PICTURE, session.channel, occasion, session.id, after))


def way_of(ledger: Ledger, session: Session) -> Way:
    """How the team comes to its choice in this round."""
    return way(len(awaited(ledger, session)), len(session.guests), ledger.ballots.on_paper(session))


def electorate(ledger: Ledger, session: Session) -> int:
    """How many people have dots in this round, those without Slack and those who voted before they left included."""
    return max(len(awaited(ledger, session)) + len(session.guests), ledger.ballots.count(session))


def most_on_paper(ledger: Ledger, session: Session) -> int:
    """How many ballots a batch on paper may stand for: those without Slack, or everybody where all vote on paper."""
    if way_of(ledger, session) is Way.PAPER:
        return electorate(ledger, session)
    return len(session.guests)


def cast(books: Books, who: str, session_id: str, round_: int, dots: Dots | Filled, now: datetime) -> Session:
    """Set the whole ballot of `who` in the round it was opened in, replacing the one before.

    A late-comer's ballot counts them as here, and that of somebody who was excused and is back.
    Raises BallotError, NoVoteError, OnPaperError, and WrongPhaseError after the reveal.
    """
    with books.write() as ledger:
        session = _voting(ledger, session_id, who, round_)
        kept = checked(_read(dots, session), session.contest, session.ballot_rules)
        if not kept:
            raise BallotError("Place at least one dot, or close the ballot to vote later.")
        ledger.ballots.cast(session, who, kept)
        if who not in session.present:
            session = session.joined_by(who)
            ledger.sessions.save(session)
        show(ledger, session, now)
        return session


def begin(books: Books, who: str, session_id: str, round_: int, dots: Dots | Filled) -> Session:
    """Keep what `who` has placed so far, so that a window closed by accident loses nothing. It counts for nothing yet.

    Dots over the budget are kept too: the window says how many to take back. Raises as `cast` does, and
    BallotError only in a later round.
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
    may_vote(ledger, session, viewer)
    if round_ != session.round:
        raise BallotError("A fresh ballot has begun since you opened this one. Close it and press *Vote* again.")
    return session


def _read(dots: Dots | Filled, session: Session) -> Dots:
    return dots(session) if callable(dots) else dots


class ExcuseError(LeversError):
    """Somebody is excused who never joined; `field` names the input."""

    field = "people"

    def __init__(self) -> None:
        super().__init__("Choose people who have pressed *I'm here*: nobody waits for the others.")


def excuse(books: Books, who: str, session_id: str, people: Sequence[str], now: datetime) -> Session:
    """Stop waiting for `people`, who have left; the list replaces the one before. A ballot once cast still counts.

    Raises ExcuseError for somebody who never joined.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        if not set(people) <= set(session.here):
            raise ExcuseError
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
    # With the totals comes what tells whether they may be shown.
    result = ledger.ballots.tally(first)
    if not revealed(ledger, first):
        return Cut((), (), 0)
    by_dots = cut(result, session.rules.priorities)
    if not session.runoff or not revealed(ledger, session):
        return by_dots
    again = cut(ledger.ballots.tally(session), by_dots.places)
    return Cut((*by_dots.clear, *again.clear), again.tied, again.places)


class NoTieError(LeversError):
    """A runoff needs a tie, and there is one runoff at most: a second tie is talked through."""

    def __init__(self) -> None:
        super().__init__("There is no tie that a runoff could settle. Talk it through, and write down how.")


def add_paper(books: Books, who: str, session_id: str, dots: Dots | Filled, ballots: int, now: datetime) -> Session:
    """Add the paper ballots as one anonymous batch, replacing the batch before; of no ballots, it is taken back.

    Where everybody votes on paper, the few ballots cast in Slack before give way to it. Raises BallotError where the
    dots are none or more than `ballots` people have, or those more than may vote on paper.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        most = most_on_paper(ledger, session)
        if not 0 <= ballots <= most:
            raise BallotError(
                f"At most {most} can have voted on paper. Name who else is here without Slack first.", "ballots"
            )
        counted = checked_batch(_read(dots, session), session.contest, session.ballot_rules, ballots)
        if way_of(ledger, session) is Way.PAPER:
            ledger.ballots.take_back(session)
        ledger.ballots.add_paper(session, counted, ballots)
        show(ledger, session, now)
        return session


def remind(books: Books, who: str, session_id: str, step: int, now: datetime) -> int:
    """Remind in private those who have not voted; returns how many. Who they are is not shown to anybody."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        if way_of(ledger, session) is not Way.SLACK:
            return 0
        waiting = [p for p in awaited(ledger, session) if p not in ledger.ballots.voted(session)]
        for person in waiting:
            ledger.deliveries.want(Wanted(Kind.BALLOT_REMINDER, person, f"{session.id}/{step}", session.id, now))
        return len(waiting)
