"""What every session verb checks first: that the person belongs, and that the card they used is the current one."""

from datetime import datetime

from planning.ledger import Ledger
from planning.messages import Kind, Wanted
from planning.people import NotFacilitatorError, OutsiderError, Viewer
from planning.phases import Phase
from planning.remarks import Deed, Remark
from planning.session import EndedError, MovedOnError, PausedError, Session, State, WrongPhaseError


def entered(ledger: Ledger, session_id: str, who: str) -> tuple[Session, Viewer]:
    """The session and the person as its school knows them. Raises SessionNotFoundError or OutsiderError."""
    session = ledger.sessions.load(session_id, seen_by=who)
    viewer = ledger.people.viewer(who, session.school)
    if not viewer.knows_school:
        raise OutsiderError
    return session, viewer


def current(session: Session, step: int | None) -> Session:
    """The session, if it goes on and `step` (None: whatever it is) is where it stands.

    Raises EndedError, PausedError or MovedOnError.
    """
    if session.ended:
        raise EndedError(session)
    if session.state is State.PAUSED:
        raise PausedError
    if step is not None and step != session.step:
        raise MovedOnError(session)
    return session


def in_phase(session: Session, phase: Phase) -> Session:
    """The session, if it is in `phase`. Raises EndedError, PausedError or WrongPhaseError."""
    current(session, None)
    if session.phase is not phase:
        raise WrongPhaseError(session, phase)
    return session


def facilitated(session: Session, who: str) -> Session:
    """The session, if `who` facilitates it. Raises NotFacilitatorError."""
    if session.facilitator != who:
        raise NotFacilitatorError(session.facilitator)
    return session


def tell(
    ledger: Ledger, session: Session, deed: Deed, who: str | None, about: str, now: datetime, why: str = ""
) -> None:
    """Keep what `who` did, and want it said in the thread of the session's current card."""
    ledger.sessions.remark(session, Remark(session.step, deed, who, about, why, now))
    ledger.deliveries.want(Wanted(Kind.DETAILS, session.channel, session.card, session.id, now))


def show(ledger: Ledger, session: Session, now: datetime) -> None:
    """Want the card of the session's current step: posted once, brought up to date after that."""
    ledger.deliveries.want(Wanted(Kind.CARD, session.channel, session.card, session.id, now))
