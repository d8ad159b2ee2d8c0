"""Moving a session along its phases: on, back, paused, resumed, handed over, taken over, cancelled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from planning.ballot import Way
from planning.ledger import Books, Ledger
from planning.messages import Kind
from planning.people import NotAllowedError, Viewer
from planning.phases import Phase
from planning.remarks import Deed
from planning.session import EndedError, MovedOnError, NotReadyError, Session, State
from planning.verbs.choose import decided
from planning.verbs.guard import current, entered, facilitated, show, tell
from planning.verbs.timing import ask_at_end
from planning.verbs.vote import picture, way_of
from rubric.errors import LeversError


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
            session = replace(session, round=session.round + 1, runoff=(), deferred=(), settled_by="")
        return _move(ledger, session, before, now)


def pause(books: Books, who: str, session_id: str, step: int, now: datetime) -> Session:
    """Stop until somebody resumes, today or another day."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, step), who)
        timer = session.timer.stopped(now) if session.timer else None
        return _keep(ledger, replace(session, state=State.PAUSED, timer=timer), now)


def resume(books: Books, who: str, session_id: str, now: datetime) -> Session:
    """Go on where the session was paused; the card is posted again, since the old one has scrolled away."""
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(session, who)
        if session.ended:
            raise EndedError(session)
        if session.state is not State.PAUSED:
            return session
        timer = session.timer.running(now) if session.timer else None
        resumed = replace(session.moved_to(session.phase, now), state=State.OPEN, timer=timer)
        return _show_moved(ledger, resumed, now)


def take_over(books: Books, who: str, session_id: str, now: datetime) -> Session:
    """Make `who` the facilitator at once; who facilitated before stays a co-facilitator.

    Raises NotAllowedError for anybody but a co-facilitator, and a leader or reviewer of the school.
    """
    with books.write() as ledger:
        session, viewer = entered(ledger, session_id, who)
        if session.ended:
            raise EndedError(session)
        if not may_take_over(session, viewer):
            raise NotAllowedError(
                "A co-facilitator, or a leader or reviewer of the school, can take over. Nothing was changed."
            )
        return _led_by(ledger, session, who, now)


def may_take_over(session: Session, viewer: Viewer) -> bool:
    """Whether this person may take the session over without being handed it."""
    return viewer.leads or viewer.person in session.cofacilitators


def hand_over(books: Books, who: str, session_id: str, step: int, to: str, now: datetime) -> Session:
    """Give the session into the hands of `to`; the one who gives it stays a co-facilitator.

    Raises HandOverError for a person who does not know the school.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(current(session, step), who)
        if not ledger.people.viewer(to, session.school).knows_school:
            raise HandOverError("Choose somebody of the school's team, its leaders or its reviewers.")
        return session if to == who else _led_by(ledger, session, to, now)


def _led_by(ledger: Ledger, session: Session, who: str, now: datetime) -> Session:
    if who == session.facilitator:
        return session
    others = (one for one in (session.facilitator, *session.cofacilitators) if one != who)
    led = replace(session.joined_by(who), facilitator=who, cofacilitators=tuple(dict.fromkeys(others)))
    ask_at_end(ledger, led, now)
    tell(ledger, led, Deed.LEADS, who, session.school, now)
    return _keep(ledger, led, now)


class HandOverError(LeversError):
    """The session cannot go to that person; `field` names the input."""

    field = "to"


class CancelError(LeversError):
    """A session is not cancelled without a reason; `field` names the input."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say in a few words why the session ends without a plan.")


def cancel(books: Books, who: str, session_id: str, step: int, reason: str, now: datetime) -> Session:
    """End the session without a plan, for a reason. What was said stays stored; the school can start another.

    Raises CancelError without a reason.
    """
    if not reason.strip():
        raise CancelError
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(session, who)
        if session.ended:
            raise EndedError(session)
        if session.step != step:
            raise MovedOnError(session)
        ledger.ballots.forget(session)
        ledger.deliveries.refresh(Kind.CONNECTED, session.school, now)
        ended = replace(session, state=State.CANCELLED, cancelled_because=reason.strip(), timer=None)
        return _keep(ledger, ended, now)


def _move(ledger: Ledger, session: Session, phase: Phase, now: datetime) -> Session:
    if session.phase is Phase.VOTE:
        ledger.deliveries.refresh(Kind.BALLOT_REMINDER, session.id, now, newest=len(session.here))
    moved = _show_moved(ledger, session.moved_to(phase, now), now)
    if phase is Phase.CHOOSE:
        picture(ledger, moved, now)
    return moved


def _show_moved(ledger: Ledger, moved: Session, now: datetime) -> Session:
    ledger.sessions.save(moved)
    show(ledger, moved, now)
    ask_at_end(ledger, moved, now)
    return moved


def _keep(ledger: Ledger, session: Session, now: datetime) -> Session:
    ledger.sessions.save(session)
    ledger.deliveries.refresh(Kind.CARD, session.id, now)
    return session


def _needs_people(_ledger: Ledger, session: Session) -> str | None:
    return None if session.attendance > 1 else "Nobody but you is here yet. Wait until somebody has pressed *I'm here*."


def _needs_shortlist(_ledger: Ledger, session: Session) -> str | None:
    return None if session.shortlist else "The shortlist is empty. Add an indicator first."


def _needs_ballots(ledger: Ledger, session: Session) -> str | None:
    if way_of(ledger, session) is not Way.SLACK or ledger.ballots.count(session):
        return None
    return "Nobody has voted yet."


def _needs_choice(ledger: Ledger, session: Session) -> str | None:
    return None if decided(ledger, session) else "No priority is chosen yet. Press *Choose priorities* first."


def _needs_plan(ledger: Ledger, session: Session) -> str | None:
    planned = {action.priority for action in ledger.plans.actions(session.id)}
    for priority in ledger.plans.priorities(session.id):
        name = session.called(priority.indicator)
        if not priority.described:
            return f"*{name}* needs its root cause, goal, target level and measure."
        if priority.id not in planned:
            return f"*{name}* has no action yet. Add at least one."
    return None


_NEEDS: dict[Phase, Callable[[Ledger, Session], str | None]] = {
    Phase.GATHER: _needs_people,
    Phase.FOCUS: _needs_shortlist,
    Phase.VOTE: _needs_ballots,
    Phase.CHOOSE: _needs_choice,
    Phase.PLAN: _needs_plan,
}
