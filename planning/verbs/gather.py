"""Who is here: joining, excusing, and naming people without Slack."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.ballot import Way
from planning.ledger import Books
from planning.phases import Phase
from planning.session import Session, WrongPhaseError
from planning.verbs.guard import current, entered, facilitated, show
from planning.verbs.vote import awaited, way_of
from rubric.errors import LeversError


class GuestsError(LeversError):
    """Fewer people than the paper ballots that are counted; `field` names the input."""

    field = "guests"

    def __init__(self, ballots: int) -> None:
        super().__init__(
            f"{ballots} paper ballots are counted, more than there would be people. Send *Paper ballots* again first."
        )


def join(books: Books, who: str, session_id: str, now: datetime) -> Session:
    """Count `who` as here; late-comers may join in any phase before the reveal. Joining twice changes nothing.

    Whoever was excused and is back is awaited again. Raises WrongPhaseError after the reveal.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        current(session, None)
        if who in session.present:
            return session
        if session.phase.number > Phase.VOTE.number:
            raise WrongPhaseError(session, Phase.GATHER)
        joined = session.joined_by(who)
        ledger.sessions.save(joined)
        show(ledger, joined, now)
        return joined


def name_guests(books: Books, who: str, session_id: str, guests: Sequence[str], now: datetime) -> Session:
    """Name the people who are here without Slack, each in a line of their own; the list replaces the one before.

    Two people may have one name, and count as two. Raises GuestsError where more paper ballots are counted than there
    would be people to cast them.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, None), who)
        named = replace(session, guests=tuple(" ".join(name.split()) for name in guests if name.strip()))
        counted, people = ledger.ballots.on_paper(session), len(named.guests)
        if way_of(ledger, session) is Way.PAPER:
            people += len(awaited(ledger, session))
        if len(named.guests) < len(session.guests) and counted > people:
            raise GuestsError(counted)
        ledger.sessions.save(named)
        show(ledger, named, now)
        return named
