"""Who is here: joining, excusing, and naming people without Slack."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books
from planning.phases import Phase
from planning.session import Session, WrongPhaseError
from planning.verbs.guard import current, entered, facilitated, show


def join(books: Books, who: str, session_id: str, now: datetime) -> Session:
    """Count `who` as here; late-comers may join in any phase before the reveal. Joining twice changes nothing.

    Raises WrongPhaseError after the reveal.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        current(session, None)
        if who in session.here:
            return session
        if session.phase.number > Phase.VOTE.number:
            raise WrongPhaseError(session, Phase.GATHER)
        joined = replace(session, here=(*session.here, who))
        ledger.sessions.save(joined)
        show(ledger, joined, now)
        return joined


def name_guests(books: Books, who: str, session_id: str, guests: Sequence[str], now: datetime) -> Session:
    """Name the people who are here without Slack; the list replaces the one before."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, None), who)
        named = replace(session, guests=tuple(dict.fromkeys(name.strip() for name in guests if name.strip())))
        ledger.sessions.save(named)
        show(ledger, named, now)
        return named
