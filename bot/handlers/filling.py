"""What people fill in for an action, decoded; a due date in words is shown as a date before anything is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from slack_sdk.models.views import View

from bot.handlers.requests import Click, Submission
from bot.sentences import say
from bot.views import answers
from bot.views.drafting import LABEL, Filled
from bot.views.parts import clipped
from planning.due_words import due_from, get_ready
from planning.plan import Action, Cadence, StepError
from storage.books import Ledger
from storage.tables.base import new_id

Answer = dict[str, Any] | None


def filled_in(sent: Submission) -> Filled:
    """What stands in the window's inputs; those it does not have are empty."""
    return Filled(
        text=sent.text("text"),
        owner=sent.person("owner"),
        outside=sent.text("outside"),
        due=sent.date("due"),
        cadence=Cadence(sent.chosen("cadence")),
        supporters=sent.people("supporters"),
        resources=sent.text("resources"),
        shown_by=sent.text("shown_by"),
        why=sent.text("why"),
    )


def moved_under(sent: Submission) -> str:
    """The priority that was chosen instead of the one that the window was opened on, or nothing where none was."""
    chosen = sent.chosen("priority")
    return "" if chosen == sent.about.get("under") else chosen


def as_opened(sent: Submission, action: Action) -> Action:
    """The action under the priority that the window was opened on, wherever it was moved meanwhile."""
    return replace(action, priority=str(sent.about.get("under") or action.priority))


def told_where(sent: Submission, answer: Answer) -> Answer:
    """Whoever made an action of a message reads that it is kept: the plan's card may stand far up the channel."""
    if answer is not None or not sent.about["link"]:
        return answer
    view = answers.done(say("modal.action_added", text=clipped(sent.text("text"), LABEL)))
    return {"response_action": "update", "view": view}


def show(asked: Click, window: View) -> None:
    """Open the window of an action; while it is filled in, what reads a date in words is loaded."""
    asked.open(window)
    asked.later(get_ready)


Again = Callable[[Filled], View]


def kept(
    sent: Submission, around: Callable[[Ledger], tuple[str, Again]], keep: Callable[[Filled, date], Answer]
) -> Answer:
    """Answer with `keep` of what is filled in; a date in words keeps nothing and comes again, to be confirmed.

    `around` reads the school, and what makes the window anew. Raises StepError where the words are not understood,
    or no day is chosen.
    """
    filled, words = filled_in(sent), sent.text("due_words").strip()
    if words:
        with sent.desk.books.read() as ledger:
            school, again = around(ledger)
            calendar = ledger.schools.calendar(school)
        due = due_from(words, calendar.today(sent.desk.clock()), calendar)
        return {"response_action": "update", "view": again(replace(filled, due=due, said=words, fresh=new_id()))}
    if filled.due is None:
        raise StepError("due", "Choose a day, or say it in words below.")
    return keep(filled, filled.due)
