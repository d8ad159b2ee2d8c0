"""Moving a session along its phases: on, back, paused, resumed, taken over, cancelled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.messages import Kind
from planning.people import NotAllowedError
from planning.phases import Phase
from planning.session import EndedError, MovedOnError, NotReadyError, Session, State
from planning.verbs.choose import decided
from planning.verbs.guard import current, entered, facilitated, show
from planning.verbs.vote import by_discussion, picture


def missing(ledger: Ledger, session: Session) -> str | None:
    """What the session needs before its next phase can open, as a sentence; None when it may go on."""
    need = _NEEDS.get(session.phase)
    return need(ledger, session) if need else None


def advance(books: Books, who: str, session_id: str, step: int, now: datetime) -> Session:
    """Open the next phase. Raises NotReadyError that says what is missing, MovedOnError when somebody was faster."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, step), who)
        lacking, following = missing(ledger, session), session.phase.next
        if lacking or following is None:
            raise NotReadyError(lacking or "Commit is the last phase. Commit the plan to end the session.")
        return _move(ledger, session, following, now)


def go_back(books: Books, who: str, session_id: str, step: int, now: datetime) -> Session:
    """Step back one phase. Going back to Vote, or out of it, starts a fresh ballot: nobody votes knowing the totals.

    The choice is made anew after it; what was written about priorities that are chosen again stays.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, step), who)
        before = session.phase.previous
        if before is None:
            raise NotReadyError("Gather is the first phase.")
        if Phase.VOTE in (before, session.phase):
            session = replace(session, round=session.round + 1, deferred=(), settled_by="")
        return _move(ledger, session, before, now)


def pause(books: Books, who: str, session_id: str, step: int, now: datetime) -> Session:
    """Stop until somebody resumes, today or another day."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, step), who)
        return _keep(ledger, replace(session, state=State.PAUSED), now)


def resume(books: Books, who: str, session_id: str, now: datetime) -> Session:
    """Go on where the session was paused; the card is posted again, since the old one has scrolled away."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(session, who)
        if session.ended:
            raise EndedError(session)
        if session.state is not State.PAUSED:
            return session
        return _move(ledger, replace(session, state=State.OPEN), session.phase, now)


def take_over(books: Books, who: str, session_id: str, now: datetime) -> Session:
    """Make `who` the facilitator at once. Raises NotAllowedError for anybody but a leader or reviewer of the school."""
    with books.write() as ledger:
        session, viewer = entered(ledger, session_id, who)
        if session.ended:
            raise EndedError(session)
        if not viewer.leads:
            raise NotAllowedError("A leader or reviewer of the school can take over. Nothing was changed.")
        here = session.here if who in session.here else (*session.here, who)
        return _keep(ledger, replace(session, facilitator=who, here=here), now)


def cancel(books: Books, who: str, session_id: str, step: int, now: datetime) -> Session:
    """End the session without a plan. What was said stays stored; the school can start another."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(session, who)
        if session.ended:
            raise EndedError(session)
        if session.step != step:
            raise MovedOnError(session)
        ledger.ballots.forget(session)
        ledger.deliveries.refresh(Kind.CONNECTED, session.school, now)
        return _keep(ledger, replace(session, state=State.CANCELLED), now)


def _move(ledger: Ledger, session: Session, phase: Phase, now: datetime) -> Session:
    if session.phase is Phase.VOTE:
        ledger.deliveries.refresh(Kind.BALLOT_REMINDER, session.id, now, newest=len(session.here))
    moved = session.moved_to(phase)
    ledger.sessions.save(moved)
    show(ledger, moved, now)
    if phase is Phase.CHOOSE:
        picture(ledger, moved, now)
    return moved


def _keep(ledger: Ledger, session: Session, now: datetime) -> Session:
    ledger.sessions.save(session)
    ledger.deliveries.refresh(Kind.CARD, session.id, now)
    return session


def _needs_people(_ledger: Ledger, session: Session) -> str | None:
    return (
        None
        if len(session.here) + len(session.guests) > 1
        else "Nobody but you is here yet. Wait until somebody has pressed *I'm here*."
    )


def _needs_shortlist(_ledger: Ledger, session: Session) -> str | None:
    return None if session.shortlist else "The shortlist is empty. Add an indicator first."


def _needs_ballots(ledger: Ledger, session: Session) -> str | None:
    if by_discussion(ledger, session) or ledger.ballots.count(session):
        return None
    return "Nobody has voted yet."


def _needs_choice(ledger: Ledger, session: Session) -> str | None:
    return None if decided(ledger, session) else "No priority is chosen yet. Press *Choose priorities* first."


def _needs_plan(ledger: Ledger, session: Session) -> str | None:
    planned = {action.priority for action in ledger.plans.actions(session.id)}
    for priority in ledger.plans.priorities(session.id):
        if not priority.described:
            return f"*{priority.indicator.name}* needs its root cause, goal, target level and measure."
        if priority.id not in planned:
            return f"*{priority.indicator.name}* has no action yet. Add at least one."
    return None


_NEEDS: dict[Phase, Callable[[Ledger, Session], str | None]] = {
    Phase.GATHER: _needs_people,
    Phase.FOCUS: _needs_shortlist,
    Phase.VOTE: _needs_ballots,
    Phase.CHOOSE: _needs_choice,
    Phase.PLAN: _needs_plan,
}
