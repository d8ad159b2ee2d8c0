"""What a team does in its session: join, read evidence, shape the shortlist, vote, choose."""

from collections.abc import Sequence
from typing import Any

from bot.handlers.requests import Click, Submission
from bot.sentences import say
from bot.views import choosing as views
from planning.ballot import BallotError
from planning.people import OutsiderError
from planning.phases import Phase
from planning.session import Session
from planning.verbs import choose, focus, gather, vote
from planning.verbs.guard import entered, facilitated, in_phase
from rubric.ranking import rank
from rubric.rubric import IndicatorId
from rubric.strengths import strengths
from storage.books import Ledger


def _join(click: Click) -> None:
    session_id, _ = click.at
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
    if click.who in session.here and not session.ended:
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
    window = views.evidence(rating, question, viewer.audiences, f"{session.id}/{place}", page)
    # Turning a page replaces the page; the evidence of one of a list comes over the list.
    if click.body.get("view", {}).get("callback_id") == "evidence":
        click.update(window)
    else:
        click.open(window)


def _open_add(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
        in_phase(session, Phase.FOCUS)
        review = ledger.reviews.load(session.review)
    listed = {entry.indicator for entry in session.shortlist}
    ranked = [one.rating for one in rank(review.rubric, review.review, review.earlier)]
    free = [(review.rubric.order_of(r.indicator), r.indicator, r.level) for r in ranked if r.indicator not in listed]
    click.open(views.add(session, free))


def _add(sent: Submission) -> dict[str, Any] | None:
    with sent.desk.books.read() as ledger:
        session, _ = entered(ledger, sent.about["session"], sent.who)
        rubric = ledger.reviews.load(session.review).rubric
    indicator = rubric.indicators[int(sent.chosen("indicator"))].id
    focus.add(sent.desk.books, sent.who, session.id, indicator, sent.text("reason"), sent.desk.clock())
    return None


def _open_remove(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
    click.open(views.remove(in_phase(session, Phase.FOCUS)))


def _remove(sent: Submission) -> dict[str, Any] | None:
    session, (indicator,) = _listed(sent, [sent.chosen("indicator")])
    focus.remove(sent.desk.books, sent.who, session.id, indicator, sent.text("reason"), sent.desk.clock())
    return None


def _open_word(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, viewer = entered(ledger, click.at[0], click.who)
    in_phase(session, Phase.FOCUS)
    focus.speaks_for_school(viewer)
    click.open(views.word(session))


def _word(sent: Submission) -> dict[str, Any] | None:
    advises = sent.chosen("vote") == "advises"
    focus.give_word(
        sent.desk.books, sent.who, sent.about["session"], sent.text("off_table"), advises, sent.desk.clock()
    )
    return None


def _open_ballot(click: Click) -> None:
    """A late-comer may vote without pressing *I'm here* first: the ballot they send counts them as here."""
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
        in_phase(session, Phase.VOTE)
        if not vote.would_vote(ledger, session, click.who):
            raise vote.NoVoteError
        own = ledger.ballots.own(session, click.who)
    click.open(views.ballot(session, own))


def _ballot(sent: Submission) -> dict[str, Any] | None:
    dots = dots_from(sent)
    session_id, round_ = sent.about["session"], int(sent.about["round"])
    session = vote.cast(sent.desk.books, sent.who, session_id, round_, dots, sent.desk.clock())
    return {"response_action": "update", "view": views.ballot_kept(session, sum(dots.values()))}


def dots_from(sent: Submission) -> dict[IndicatorId, int]:
    """The dots in a ballot's window, by indicator. Raises BallotError where the shortlist is another one by now."""
    with sent.desk.books.read() as ledger:
        session, _ = entered(ledger, sent.about["session"], sent.who)
    if session.round != sent.about["round"]:
        raise BallotError("A fresh ballot has begun since you opened this. Close it and press the button again.")
    return {
        entry.indicator: int(sent.chosen(name := f"dots-{place}") or sent.text(name) or 0)
        for place, entry in enumerate(session.shortlist)
    }


def _open_choice(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
        facilitated(in_phase(session, Phase.CHOOSE), click.who)
        chosen = ledger.plans.priorities(session.id)
        window = views.choice(session, choose.proposal(ledger, session), chosen)
    click.open(window)


def _choice(sent: Submission) -> dict[str, Any] | None:
    session, chosen = _listed(sent, sent.many("chosen"))
    reason, deferred = sent.text("reason"), sent.text("deferred")
    choose.choose(sent.desk.books, sent.who, session.id, chosen, reason, deferred, sent.desk.clock())
    return None


def _listed(sent: Submission, marks: Sequence[str]) -> tuple[Session, list[IndicatorId]]:
    with sent.desk.books.read() as ledger:
        session, _ = entered(ledger, sent.about["session"], sent.who)
    by_mark = {entry.indicator.mark: entry.indicator for entry in session.shortlist}
    if any(mark not in by_mark for mark in marks):
        raise focus.ShortlistError("indicator", "The shortlist has changed since. Close this and open it again.")
    return session, [by_mark[mark] for mark in marks]


CLICKS = {
    "session.join": _join,
    "evidence.open": _evidence,
    "evidence.page": _evidence,
    "evidence.strength": _strength,
    "evidence.strengths": _strengths,
    "evidence.list": _list,
    "shortlist.add": _open_add,
    "shortlist.remove": _open_remove,
    "word.open": _open_word,
    "ballot.open": _open_ballot,
    "choice.open": _open_choice,
}
SUBMISSIONS = {"add": _add, "remove": _remove, "word": _word, "ballot": _ballot, "choice": _choice}
