"""Placing the leading indicators on impact and feasibility, as privately as a ballot, where the discussion needs it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from planning.grid import MOST_PLACED, Grid, PlacementError, Placements, checked, grid
from planning.ledger import Books, Ledger
from planning.phases import Phase
from planning.session import Session
from planning.verbs.guard import entered, in_phase, show
from planning.verbs.vote import revealed, with_dots
from rubric.rubric import IndicatorId

Filled = Callable[[Sequence[IndicatorId]], Placements]
"""A window as somebody filled it in, to be read once the leading indicators are known."""


def leading(ledger: Ledger, session: Session) -> tuple[IndicatorId, ...]:
    """The indicators with the most dots, as many as a team places; none where the totals stay hidden."""
    first = session.first_round
    if not revealed(ledger, first):
        return ()
    return tuple(indicator for indicator, dots in ledger.ballots.tally(first).totals[:MOST_PLACED] if dots)


def team_grid(ledger: Ledger, session: Session) -> Grid:
    """Where the team sees the leading indicators, as far as enough people placed them."""
    known = leading(ledger, session)
    found = grid(ledger.ballots.placements(session.first_round))
    return {indicator: found[indicator] for indicator in known if indicator in found}


def place(
    books: Books, who: str, session_id: str, round_: int, placements: Placements | Filled, now: datetime
) -> Session:
    """Set where `who` sees the leading indicators, in the round the window was opened in, replacing what was before.

    Raises NoVoteError for who has no dots, PlacementError, and WrongPhaseError outside of Choose.
    """
    with books.write() as ledger:
        session, viewer = entered(ledger, session_id, who)
        in_phase(session, Phase.CHOOSE)
        with_dots(session, viewer)
        if round_ != session.first_round.round:
            raise PlacementError("", "A fresh ballot was held since you opened this. Close it and open it again.")
        known = leading(ledger, session)
        placed = placements(known) if callable(placements) else placements
        ledger.ballots.place(session.first_round, who, checked(placed, known))
        show(ledger, session, now)
        return session
