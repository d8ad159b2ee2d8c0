"""Casting a ballot in secret, adding paper ballots, and reminding those who have not voted."""

from dataclasses import replace
from datetime import datetime, timedelta

from planning.ballot import BallotError, Dots, checked
from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.people import NotAllowedError, Role
from planning.phases import Phase
from planning.session import FEWEST_VOTERS, Session
from planning.verbs.guard import entered, facilitated, in_phase, show

AFTER_THE_CARD = timedelta(seconds=1)
"""The picture comes after the card that it belongs to; a channel takes about one message a second."""


class NoVoteError(NotAllowedError):
    """The person has no dots in this session."""

    def __init__(self) -> None:
        super().__init__(
            "You have no dots in this session: the facilitator and reviewers do not vote, unless the team wants it."
        )


def voters(ledger: Ledger, session: Session) -> tuple[str, ...]:
    """The people here who have dots."""
    return session.voters(_outside(ledger, session))


def would_vote(ledger: Ledger, session: Session, who: str) -> bool:
    """Whether `who` has dots once they are here: late-comers do, until the reveal."""
    return who in replace(session, here=(*session.here, who)).voters(_outside(ledger, session))


def _outside(ledger: Ledger, session: Session) -> frozenset[str]:
    roles = (Role.REVIEWER, Role.DISTRICT)
    return frozenset(person for role in roles for person in ledger.people.with_role(session.school, role))


def revealed(ledger: Ledger, session: Session) -> bool:
    """Whether the totals may be shown: the few who voted in Slack could else be told from them.

    Paper alone is anonymous already; beside it the facilitator, who typed it in, could subtract it.
    """
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
    return len(voters(ledger, session)) + len(session.guests) < FEWEST_VOTERS


def cast(books: Books, who: str, session_id: str, round_: int, dots: Dots, now: datetime) -> Session:
    """Set the whole ballot of `who` in the round it was opened in, replacing the one before.

    A late-comer's ballot counts them as here.
    Raises BallotError, NoVoteError, and WrongPhaseError after the reveal.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        in_phase(session, Phase.VOTE)
        if not would_vote(ledger, session, who):
            raise NoVoteError
        if round_ != session.round:
            raise BallotError("A fresh ballot has begun since you opened this one. Close it and press *Vote* again.")
        kept = checked(dots, session.shortlist, session.rules)
        if not kept:
            raise BallotError("Place at least one dot, or close the ballot to vote later.")
        ledger.ballots.cast(session, who, kept)
        if who not in session.here:
            session = replace(session, here=(*session.here, who))
            ledger.sessions.save(session)
        show(ledger, session, now)
        return session


def add_paper(books: Books, who: str, session_id: str, dots: Dots, ballots: int, now: datetime) -> Session:
    """Add the paper ballots of people without Slack as one anonymous batch, replacing the batch before.

    Raises BallotError where the dots are more than `ballots` people have, or more people than are here without Slack.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        if not 0 < ballots <= len(session.guests):
            raise BallotError(f"{len(session.guests)} people without Slack are here; name them first if more voted.")
        ledger.ballots.add_paper(session, checked(dots, session.shortlist, session.rules, ballots=ballots), ballots)
        show(ledger, session, now)
        return session


def remind(books: Books, who: str, session_id: str, step: int, now: datetime) -> int:
    """Remind in private those who have not voted; returns how many. Who they are is not shown to anybody."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(in_phase(session, Phase.VOTE), who)
        waiting = [p for p in voters(ledger, session) if p not in ledger.ballots.voted(session)]
        for person in waiting:
            ledger.deliveries.want(Wanted(Kind.BALLOT_REMINDER, person, f"{session.id}/{step}", session.id, now))
        return len(waiting)
