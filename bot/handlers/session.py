"""What a team does in its session: join, read evidence, choose."""

from typing import Any

from bot.handlers.requests import Click, Submission
from bot.sentences import say
from bot.views import choosing as views
from bot.views.cards import why
from planning.people import OutsiderError
from planning.phases import Phase
from planning.session import Session
from planning.verbs import choose, focus, gather, vote
from planning.verbs.guard import entered, facilitated, in_phase
from rubric.rubric import IndicatorId
from rubric.strengths import strengths
from storage.books import Ledger


def _join(click: Click) -> None:
    session_id, _ = click.at
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
    if click.who in session.present and not session.ended:
        click.tell(say("help.here_already"))
        return
    gather.join(click.desk.books, click.who, session_id, click.desk.clock())


def _evidence(click: Click) -> None:
    """`value` is session/place on the shortlist, and /page after the first."""
    session_id, place, *page = click.value.split("/")
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
        indicators = [entry.indicator for entry in session.shortlist]
        _show_evidence(click, ledger, session, indicators, int(place), int(page[0]) if page else 1)


def _strength(click: Click) -> None:
    session_id, _, place = click.value.partition("/")
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
        here = ledger.reviews.load(session.review)
        found = strengths(here.rubric, here.review, here.earlier)
        _show_evidence(click, ledger, session, [rating.indicator for rating in found.highest], int(place))


def _list(click: Click) -> None:
    """All of a long shortlist."""
    session_id = click.value.partition("/")[0]
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
    entries = [(e.indicator, e.level, f"{session.id}/{place}") for place, e in enumerate(session.shortlist)]
    click.open(views.evidence_list(entries, "evidence.open", session.id))


def _strengths(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.value, click.who)
        here = ledger.reviews.load(session.review)
    highest = strengths(here.rubric, here.review, here.earlier).highest
    entries = [(one.indicator, one.level, f"{session.id}/{place}") for place, one in enumerate(highest)]
    click.open(views.evidence_list(entries, "evidence.strength", session.id))


def _show_evidence(
    click: Click, ledger: Ledger, session: Session, indicators: list[IndicatorId], place: int, page: int = 1
) -> None:
    review = ledger.reviews.load(session.review)
    viewer = ledger.people.viewer(click.who, session.school)
    if not review.released and not viewer.sees_held_review:
        raise OutsiderError
    if place >= len(indicators):
        raise focus.ShortlistError("indicator", "The shortlist has changed since. Press the button on the newer card.")
    rating = next(one for one in review.review.ratings if one.indicator == indicators[place])
    question = review.rubric.indicators[review.rubric.order_of(rating.indicator)].question
    weighable = session.phase in (Phase.FOCUS, Phase.VOTE, Phase.CHOOSE) and session.listed(rating.indicator)
    concern = f"{session.id}/{rating.indicator.mark}" if weighable else None
    weighed = session.weighed(rating.indicator)
    entry = session.listed(rating.indicator)
    stands = why(entry) if entry else ""
    where = f"{session.id}/{place}"
    window = views.evidence(rating, question, viewer.audiences, where, page, concern, weighed, stands)
    # Turning a page replaces the page; the evidence of one of a list comes over the list.
    if click.body.get("view", {}).get("callback_id") == "evidence":
        click.update(window)
    else:
        click.open(window)


def _open_choice(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
        facilitated(in_phase(session, Phase.CHOOSE), click.who)
        chosen = ledger.plans.priorities(session.id)
        window = views.choice(session, vote.proposal(ledger, session), chosen)
    click.open(window)


def _choice(sent: Submission) -> dict[str, Any] | None:
    session, chosen = str(sent.about["session"]), sent.many("chosen")
    reason, deferred = sent.text("reason"), sent.text("deferred")
    choose.choose(sent.desk.books, sent.who, session, chosen, reason, deferred, sent.desk.clock())
    return None


CLICKS = {
    "session.join": _join,
}
WINDOWS = {
    "evidence.open": _evidence,
    "evidence.page": _evidence,
    "evidence.strength": _strength,
    "evidence.strengths": _strengths,
    "evidence.list": _list,
    "choice.open": _open_choice,
}
SUBMISSIONS = {"choice": _choice}
