"""Shaping the shortlist: adding, taking off, undoing either, noting concerns, and the principal's word."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.handlers.requests import Click, Submission
from bot.sentences import say
from bot.views import answers
from bot.views import choosing as views
from planning.phases import Phase
from planning.session import Session
from planning.verbs import focus
from planning.verbs.guard import entered, in_phase
from rubric.ranking import rank
from rubric.rubric import IndicatorId
from storage.tables.base import new_id


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
    return _changed("modal.added", "shortlist.undo_add", session, indicator)


def _open_remove(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
    click.open(views.remove(in_phase(session, Phase.FOCUS)))


def _remove(sent: Submission) -> dict[str, Any] | None:
    session, (indicator,) = listed(sent, [sent.chosen("indicator")])
    focus.remove(sent.desk.books, sent.who, session.id, indicator, sent.text("reason"), sent.desk.clock())
    return _changed("modal.taken_off", "shortlist.put_back", session, indicator)


def _changed(sentence: str, undo: str, session: Session, indicator: IndicatorId) -> dict[str, Any]:
    window = views.changed(say(sentence, indicator=indicator.name), undo, f"{session.id}/{indicator.mark}")
    return {"response_action": "update", "view": window}


def _undoing(verb: Callable[..., Session]) -> Callable[[Click], None]:
    def handle(click: Click) -> None:
        session_id, _, mark = click.value.partition("/")
        with click.desk.books.read() as ledger:
            session, _ = entered(ledger, session_id, click.who)
        here = [entry.indicator for entry in session.shortlist] + [entry.indicator for entry in session.removed]
        indicator = next((one for one in here if one.mark == mark), None)
        if indicator is not None:
            verb(click.desk.books, click.who, session_id, indicator, click.desk.clock())
        click.update(answers.done(say("modal.undone")))

    return handle


def _open_concern(click: Click) -> None:
    """`value` is the session and the indicator's mark."""
    session_id, _, mark = click.value.partition("/")
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
    click.open(views.concern(session, _marked(session, [mark])[0], new_id()))


def _concern(sent: Submission) -> dict[str, Any] | None:
    session, (indicator,) = listed(sent, [str(sent.about["indicator"])])
    named, request = sent.chosen("named") == "named", str(sent.about["request"])
    text, now = sent.text("concern"), sent.desk.clock()
    focus.note_concern(sent.desk.books, sent.who, session.id, indicator, text, named, request, now)
    done = answers.done(say("modal.concern_noted", indicator=indicator.name))
    return {"response_action": "update", "view": done}


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


def listed(sent: Submission, marks: Sequence[str]) -> tuple[Session, list[IndicatorId]]:
    """The session of a window and the indicators behind `marks`. Raises ShortlistError where one is not listed now."""
    with sent.desk.books.read() as ledger:
        session, _ = entered(ledger, sent.about["session"], sent.who)
    return session, _marked(session, marks)


def _marked(session: Session, marks: Sequence[str]) -> list[IndicatorId]:
    by_mark = {entry.indicator.mark: entry.indicator for entry in session.shortlist}
    if any(mark not in by_mark for mark in marks):
        raise focus.ShortlistError("indicator", "The shortlist has changed since. Close this and open it again.")
    return [by_mark[mark] for mark in marks]


CLICKS = {
    "shortlist.put_back": _undoing(focus.put_back),
    "shortlist.undo_add": _undoing(focus.undo_add),
}
WINDOWS = {
    "shortlist.add": _open_add,
    "shortlist.remove": _open_remove,
    "concern.open": _open_concern,
    "word.open": _open_word,
}
SUBMISSIONS = {"add": _add, "remove": _remove, "concern": _concern, "word": _word}
