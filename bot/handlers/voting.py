"""The secret ballot: opened, kept while it is filled in, and cast."""

from functools import partial
from typing import Any

from bot.handlers.requests import Click, Submission
from bot.views import ballot as views
from planning.phases import Phase
from planning.session import Session
from planning.verbs import vote
from planning.verbs.guard import entered, in_phase
from rubric.rubric import IndicatorId


def _open(click: Click) -> None:
    """A late-comer may vote without pressing *I'm here* first: the ballot they send counts them as here."""
    with click.desk.books.read() as ledger:
        session, viewer = entered(ledger, click.at[0], click.who)
        in_phase(session, Phase.VOTE)
        if not vote.would_vote(session, viewer):
            raise vote.NoVoteError
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


CLICKS = {"ballot.dots": _place}
WINDOWS = {"ballot.open": _open}
SUBMISSIONS = {"ballot": _cast}
