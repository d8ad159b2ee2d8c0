"""The secret ballot: opened, kept while it is filled in, and cast; and the grid of impact and feasibility."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from bot.handlers.requests import Click, Submission
from bot.sentences import say
from bot.views import answers, grid
from bot.views import ballot as views
from planning.grid import Place
from planning.phases import Phase
from planning.session import Session
from planning.verbs import vote, weigh
from planning.verbs.guard import entered, in_phase
from rubric.rubric import IndicatorId


def _open(click: Click) -> None:
    """A late-comer may vote without pressing *I'm here* first: the ballot they send counts them as here."""
    with click.desk.books.read() as ledger:
        session, viewer = entered(ledger, click.at[0], click.who)
        in_phase(session, Phase.VOTE)
        vote.may_vote(ledger, session, viewer)
        begun, own = ledger.ballots.begun(session, click.who), ledger.ballots.own(session, click.who)
    click.open(views.ballot(session, own if begun is None else begun, unsent=begun is not None))


def _place(click: Click) -> None:
    """Each choice is kept at once, so that a window closed by accident loses nothing; the window says what is left."""
    sent = Submission(click.desk, click.body, click.client)
    about = str(sent.about["session"]), int(sent.about["round"])
    session = vote.begin(click.desk.books, click.who, *about, partial(dots_on, sent))
    click.update(views.ballot(session, dots_on(sent, session)), latest_wins=True)


def _cast(sent: Submission) -> dict[str, Any] | None:
    about = str(sent.about["session"]), int(sent.about["round"])
    session = vote.cast(sent.desk.books, sent.who, *about, partial(dots_on, sent), sent.desk.clock())
    return {"response_action": "update", "view": views.kept(session, sum(dots_on(sent, session).values()))}


def dots_on(sent: Submission, session: Session) -> dict[IndicatorId, int]:
    """The dots in a ballot's window, by indicator."""
    return {
        entry.indicator: int(sent.chosen(name := f"dots-{place}") or sent.text(name) or 0)
        for place, entry in enumerate(session.contest)
    }


def _open_grid(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, viewer = entered(ledger, click.at[0], click.who)
        in_phase(session, Phase.CHOOSE)
        vote.with_dots(session, viewer)
        leading = weigh.leading(ledger, session)
        own = ledger.ballots.placed(session.first_round, click.who)
    click.open(grid.window(session, leading, own))


def _set_grid(sent: Submission) -> dict[str, Any] | None:
    about = str(sent.about["session"]), int(sent.about["round"])
    weigh.place(sent.desk.books, sent.who, *about, partial(_placed_on, sent), sent.desk.clock())
    return {"response_action": "update", "view": answers.done(say("modal.grid_kept"))}


def _placed_on(sent: Submission, leading: Sequence[IndicatorId]) -> dict[IndicatorId, Place]:
    return {
        indicator: Place(int(sent.chosen(f"impact-{number}") or 0), int(sent.chosen(f"feasibility-{number}") or 0))
        for number, indicator in enumerate(leading)
    }


CLICKS = {"ballot.dots": _place}
WINDOWS = {"ballot.open": _open, "grid.open": _open_grid}
SUBMISSIONS = {"ballot": _cast, "grid": _set_grid}
