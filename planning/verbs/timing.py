"""The timer of a phase: set, stopped, and asking the facilitator when it ends. It never moves the session by itself."""

from dataclasses import replace
from datetime import datetime, timedelta

from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.pace import Timer
from planning.session import Session
from planning.verbs.guard import current, entered, facilitated, show
from rubric.errors import LeversError

LONGEST = 240
"""Minutes: no phase of a half-day takes longer."""


class TimerError(LeversError):
    """A number of minutes that no timer can run; `field` names the input."""

    field = "minutes"

    def __init__(self) -> None:
        super().__init__(f"Set the timer to 1 to {LONGEST} minutes, or leave the field empty to stop it.")


def set_timer(books: Books, who: str, session_id: str, step: int, minutes: int | None, now: datetime) -> Session:
    """Let the current phase's timer run for `minutes` from now; None stops it.

    Raises TimerError, and MovedOnError where the session is in another phase by now.
    """
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise TimerError
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, step), who)
        timer = Timer(ends_at=now + timedelta(minutes=minutes)) if minutes else None
        timed = replace(session, timer=timer)
        ledger.sessions.save(timed)
        show(ledger, timed, now)
        ask_at_end(ledger, timed, now)
        return timed


def ask_at_end(ledger: Ledger, session: Session, now: datetime) -> None:
    """Want the question to the facilitator for the moment at which the timer ends; earlier ones are done with."""
    ledger.deliveries.refresh(Kind.TIME_UP, session.id, now)
    ask_when_over(ledger, session)


def ask_when_over(ledger: Ledger, session: Session) -> None:
    """The same of the first timer of a session."""
    if session.timer and session.timer.ends_at:
        due = session.timer.ends_at
        ledger.deliveries.want(Wanted(Kind.TIME_UP, session.facilitator, occasion(session), session.id, due))


def occasion(session: Session) -> str:
    """What names the end of this very timer among all messages."""
    ends_at = session.timer.ends_at if session.timer else None
    return f"{session.card}/{ends_at.isoformat() if ends_at else ''}"
