"""The team's word about a priority: it is in place and how it is sustained, or it is taken up again."""

from typing import Any

from bot.handlers.requests import Click, Submission
from bot.views import moved as views
from planning.verbs import sustain


def _open_close(click: Click) -> None:
    """`value` is the priority."""
    with click.desk.books.read() as ledger:
        plan, priority = sustain.of_team(ledger, click.who, click.value)
        calendar = ledger.schools.calendar(plan.school)
        said = [(calendar.today(one.at), one) for one in ledger.plans.closings(priority.id)]
    click.open(views.close(priority, plan.under(priority), said))


def _close(sent: Submission) -> dict[str, Any] | None:
    sustain.close(sent.desk.books, sent.who, str(sent.about["priority"]), sent.text("how"), sent.desk.clock())
    return None


def _reopen(sent: Submission) -> dict[str, Any] | None:
    sustain.reopen(sent.desk.books, sent.who, str(sent.about["priority"]), sent.text("why"), sent.desk.clock())
    return None


WINDOWS = {"priority.close": _open_close}
SUBMISSIONS = {"close_priority": _close, "reopen_priority": _reopen}
