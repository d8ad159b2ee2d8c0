"""A school's findings and plan as a file, for whoever asks, in their direct messages."""

from typing import Any

from slack_sdk.models.views import View

from bot.documents.forms import Form
from bot.handlers.requests import Click, Desk, Submission
from bot.sentences import say
from bot.views import answers
from bot.views import documents as views
from planning.people import OutsiderError
from planning.verbs.document_file import want
from planning.verbs.start import at_channel
from storage.tables.base import new_id


def window(desk: Desk, who: str, channel: str) -> View:
    """The window for the channel's school, else for the only school that `who` knows."""
    with desk.books.read() as ledger:
        known = ledger.schools.known_to(who)
        elsewhere = ledger.schools.of_channel(channel) is None and len(known) == 1
        school = known[0] if elsewhere else at_channel(ledger, channel, who)[0]
    return views.window(school.id, school.name, new_id())


def _open(click: Click) -> None:
    """`value` is the plan."""
    with click.desk.books.read() as ledger:
        school = ledger.schools.load(ledger.plans.load(click.value).school)
        if not ledger.people.viewer(click.who, school.id).knows_school:
            raise OutsiderError
    click.open(views.window(school.id, school.name, new_id()))


def _want(sent: Submission) -> dict[str, Any] | None:
    form, request = Form(sent.chosen("form")), str(sent.about["request"])
    want(sent.desk.books, sent.who, str(sent.about["school"]), form.value, request, sent.desk.clock())
    return {"response_action": "update", "view": answers.done(say("report.file_wanted"))}


WINDOWS = {"document.open": _open}
SUBMISSIONS = {"document": _want}
