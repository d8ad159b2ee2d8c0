"""Shaping the shortlist: adding, taking off, undoing either, noting concerns, and the principal's word."""

from collections.abc import Callable
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
from storage.tables.base import new_id


def _open_add(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
        in_phase(session, Phase.FOCUS)
        review = ledger.reviews.load(session.review)
    listed = {entry.indicator for entry in session.shortlist}
    ranked = [one.rating for one in rank(review.rubric, review.review, review.earlier)]
    click.open(views.add(session, [(one.indicator, one.level) for one in ranked if one.indicator not in listed]))


def _add(sent: Submission) -> dict[str, Any] | None:
    mark, reason = sent.chosen("indicator"), sent.text("reason")
    session = focus.add(sent.desk.books, sent.who, str(sent.about["session"]), mark, reason, sent.desk.clock())
    return _changed("modal.added", "shortlist.undo_add", session, mark)


def _open_remove(click: Click) -> None:
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, click.at[0], click.who)
    click.open(views.remove(in_phase(session, Phase.FOCUS)))


def _remove(sent: Submission) -> dict[str, Any] | None:
    mark, reason = sent.chosen("indicator"), sent.text("reason")
    session = focus.remove(sent.desk.books, sent.who, str(sent.about["session"]), mark, reason, sent.desk.clock())
    return _changed("modal.taken_off", "shortlist.put_back", session, mark)


def _changed(sentence: str, undo: str, session: Session, mark: str) -> dict[str, Any]:
    window = views.changed(say(sentence, indicator=_called(session, mark)), undo, f"{session.id}/{mark}")
    return {"response_action": "update", "view": window}


def _undoing(verb: Callable[..., Session]) -> Callable[[Click], None]:
    def handle(click: Click) -> None:
        """`value` is the session and the indicator's mark."""
        session_id, _, mark = click.value.partition("/")
        verb(click.desk.books, click.who, session_id, mark, click.desk.clock())
        click.update(answers.done(say("modal.undone")))

    return handle


def _open_concern(click: Click) -> None:
    """`value` is the session and the indicator's mark."""
    session_id, _, mark = click.value.partition("/")
    with click.desk.books.read() as ledger:
        session, _ = entered(ledger, session_id, click.who)
    entry = session.listed(mark)
    if entry is None:
        raise focus.ShortlistError("indicator", "The shortlist has changed since. Close this and open it again.")
    click.open(views.concern(session, entry.indicator, new_id()))


def _concern(sent: Submission) -> dict[str, Any] | None:
    about, mark, request = (str(sent.about[name]) for name in ("session", "indicator", "request"))
    text, named, now = sent.text("concern"), sent.chosen("named") == "named", sent.desk.clock()
    session = focus.note_concern(sent.desk.books, sent.who, about, mark, text, named, request, now)
    done = answers.done(say("modal.concern_noted", indicator=_called(session, mark)))
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


def _called(session: Session, mark: str) -> str:
    return next((session.called(one) for one in session.spoken_of if one.mark == mark), "")


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
