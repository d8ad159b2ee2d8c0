"""The facilitator's controls: a private window, and what its buttons do."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_sdk.models.views import View

from bot.handlers.requests import Click, Desk, Submission
from bot.handlers.voting import dots_on
from bot.sentences import say
from bot.views import choosing
from bot.views import steer as views
from planning.ballot import BallotError, Way, hides_voters
from planning.phases import Phase
from planning.session import EndedError, Session
from planning.verbs import choose, gather, steer, timing, vote
from planning.verbs.commit import commit
from planning.verbs.guard import entered, facilitated, in_phase
from rubric.rubric import IndicatorId
from storage.books import Ledger

MORE_MINUTES = 5


def window(desk: Desk, who: str, session_id: str, note: str = "") -> View:
    """The controls as `who` may see them. Raises EndedError once the session is over."""
    with desk.books.read() as ledger:
        session, viewer = entered(ledger, session_id, who)
        if session.ended:
            raise EndedError(session)
        school, up = ledger.schools.load(session.school).name, session.time_is_up(desk.clock())
        if session.facilitator != who:
            may = steer.may_take_over(session, viewer)
            return views.not_yours(session, school, may_take_over=may, time_is_up=up)
        waiting, tie, hidden, way, slips = 0, False, False, Way.SLACK, views.NO_SLIPS
        if session.phase is Phase.VOTE and session.guests:
            slips = _slips(ledger, session)
        if session.phase is Phase.VOTE and (way := vote.way_of(ledger, session)) is Way.SLACK:
            voted = ledger.ballots.voted(session)
            waiting = len(set(vote.awaited(ledger, session)) - voted)
            hidden = not hides_voters(len(voted), ledger.ballots.count(session))
        if session.phase is Phase.CHOOSE and not session.runoff:
            tie = bool(vote.proposal(ledger, session).tied)
        lacking = steer.missing(ledger, session)
        return views.controls(
            session, school, lacking, note, waiting, tie=tie, way=way, hidden=hidden, slips=slips, time_is_up=up
        )


def _slips(ledger: Ledger, session: Session) -> views.Slips:
    """None where so few are here that they talk it through; what is counted already can be taken back all the same."""
    counted = ledger.ballots.on_paper(session)
    talks = vote.way_of(ledger, session) is Way.TALK and not counted
    return views.Slips(counted, 0 if talks else vote.most_on_paper(ledger, session))


def _open(click: Click) -> None:
    click.open(window(click.desk, click.who, click.at[0]))


def _advance(sent: Submission) -> dict[str, Any] | None:
    """The window's own button: on to the next phase, or the commit in the last one."""
    session_id, step = str(sent.about["session"]), int(sent.about["step"])
    books, now = sent.desk.books, sent.desk.clock()
    with books.read() as ledger:
        last = ledger.sessions.load(session_id).phase is Phase.COMMIT
    if last:
        commit(books, sent.who, session_id, step, now)
    else:
        steer.advance(books, sent.who, session_id, step, now)
    return None


def _moving(verb: Callable[..., Session]) -> Callable[[Click], None]:
    def handle(click: Click) -> None:
        session, step = click.at
        verb(click.desk.books, click.who, session, step, click.desk.clock())
        click.update(window(click.desk, click.who, session))

    return handle


def _resume(click: Click) -> None:
    session, _ = click.at
    steer.resume(click.desk.books, click.who, session, click.desk.clock())
    click.update(window(click.desk, click.who, session))


def _take_over(click: Click) -> None:
    session, _ = click.at
    steer.take_over(click.desk.books, click.who, session, click.desk.clock())
    click.update(window(click.desk, click.who, session))


def _more_time(click: Click) -> None:
    session, step = click.at
    timing.set_timer(click.desk.books, click.who, session, step, MORE_MINUTES, click.desk.clock())


def _cancel(sent: Submission) -> dict[str, Any] | None:
    reason, now = sent.text("reason"), sent.desk.clock()
    steer.cancel(sent.desk.books, sent.who, str(sent.about["session"]), int(sent.about["step"]), reason, now)
    return {"response_action": "clear"}


def _remind(click: Click) -> None:
    session, step = click.at
    people = vote.remind(click.desk.books, click.who, session, step, click.desk.clock())
    click.update(window(click.desk, click.who, session, say("steer.reminded", people=people)))


def _opening(window_of: Callable[[Session], View]) -> Callable[[Click], None]:
    """A window over the facilitator's controls."""

    def handle(click: Click) -> None:
        with click.desk.books.read() as ledger:
            session, _ = entered(ledger, click.at[0], click.who)
        click.open(window_of(facilitated(session, click.who)))

    return handle


def _open_timer(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
    time_is_up = session.time_is_up(click.desk.clock())
    click.open(views.timer(facilitated(session, click.who), time_is_up=time_is_up))


def _timer(sent: Submission) -> dict[str, Any] | None:
    minutes, now = sent.number("minutes") or None, sent.desk.clock()
    timing.set_timer(sent.desk.books, sent.who, str(sent.about["session"]), int(sent.about["step"]), minutes, now)
    _beneath(sent)
    return None


def _lead(sent: Submission) -> dict[str, Any] | None:
    to, now = sent.person("to"), sent.desk.clock()
    steer.hand_over(sent.desk.books, sent.who, str(sent.about["session"]), int(sent.about["step"]), to, now)
    _beneath(sent)
    return None


def _excuse(sent: Submission) -> dict[str, Any] | None:
    vote.excuse(sent.desk.books, sent.who, str(sent.about["session"]), sent.people("people"), sent.desk.clock())
    _beneath(sent)
    return None


def _deferred(sent: Submission) -> dict[str, Any] | None:
    reasons = {field.removeprefix("why-"): sent.text(field) for field in sent.fields()}
    choose.say_why(sent.desk.books, sent.who, str(sent.about["session"]), reasons, sent.desk.clock())
    return None


def _guests(sent: Submission) -> dict[str, Any] | None:
    names = sent.text("guests").splitlines()
    gather.name_guests(sent.desk.books, sent.who, str(sent.about["session"]), names, sent.desk.clock())
    _beneath(sent)
    return None


def _open_paper(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
        facilitated(in_phase(session, Phase.VOTE), click.who)
        everybody = vote.way_of(ledger, session) is Way.PAPER
        window = views.paper(session, _slips(ledger, session), everybody=everybody)
    click.open(window)


def _paper(sent: Submission) -> dict[str, Any] | None:
    ballots, session = sent.number("ballots"), str(sent.about["session"])
    vote.add_paper(sent.desk.books, sent.who, session, partial(_paper_dots, sent), ballots, sent.desk.clock())
    _beneath(sent, say("steer.paper_kept", ballots=ballots))
    return None


def _paper_dots(sent: Submission, session: Session) -> dict[IndicatorId, int]:
    if session.round != sent.about["round"]:
        raise BallotError("A fresh ballot has begun since you opened this. Close it and press the button again.")
    return dots_on(sent, session)


def _beneath(sent: Submission, note: str = "") -> None:
    """Bring the controls that lie beneath the window up to date."""
    sent.refresh_beneath(lambda: window(sent.desk, sent.who, str(sent.about["session"]), note))


CLICKS = {
    "steer.back": _moving(steer.go_back),
    "steer.pause": _moving(steer.pause),
    "steer.resume": _resume,
    "steer.take_over": _take_over,
    "steer.runoff": _moving(vote.runoff),
    "steer.remind": _remind,
    "timer.more": _more_time,
}
WINDOWS = {
    "steer.open": _open,
    "steer.guests": _opening(views.guests),
    "steer.paper": _open_paper,
    "steer.excuse": _opening(views.excuse),
    "steer.deferred": _opening(choosing.deferred),
    "steer.timer": _open_timer,
    "steer.hand_over": _opening(views.hand_over),
    "steer.cancel": _opening(views.cancel),
}
SUBMISSIONS = {
    "steer": _advance,
    "guests": _guests,
    "paper": _paper,
    "excuse": _excuse,
    "deferred": _deferred,
    "timer": _timer,
    "lead": _lead,
    "cancel": _cancel,
}
