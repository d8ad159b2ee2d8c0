"""Files that somebody asked for, in their direct messages, with what they may see at the moment of sending."""

from datetime import datetime

from bot.documents.attached import AskedFor
from bot.documents.forms import Form
from bot.documents.letters import file_name
from bot.documents.portfolio_sheet import PortfolioSheet, Sheet
from bot.documents.reading import NothingToShowError, Sight, school_document
from bot.documents.status_sheet import StatusSheet
from bot.sentences import say_plain
from bot.views.parts import Message
from planning.messages import Delivery
from planning.scope import NotKnownError
from planning.verbs.portfolio_file import wanted
from storage.books import Ledger
from storage.standings import action_lines, narrowed


def portfolio(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """A reviewer's portfolio."""
    if delivery.ts is not None:
        return None
    form, asked = wanted(delivery.wanted.recipient, delivery.wanted.subject)
    rows = ledger.portfolios.page(asked, now).rows
    if not rows:
        return Message(say_plain("portfolio.file_none"))
    stem = file_name("portfolio", now.date().isoformat(), delivery.id[:6])
    return Message(say_plain("portfolio.file_comes"), attached=PortfolioSheet(rows, now, stem, Sheet(form)))


def document(ledger: Ledger, delivery: Delivery, _now: datetime) -> Message | None:
    """A school's findings and plan in one form; whoever sees the school no longer hears only that there is nothing."""
    school, form = delivery.wanted.subject, Form(delivery.wanted.occasion.partition("/")[0])
    if delivery.ts is not None:
        return None
    viewer = ledger.people.viewer(delivery.wanted.recipient, school)
    if not viewer.knows_school:
        return Message(say_plain("report.file_none"))
    try:
        found = school_document(ledger, school, Sight.of(viewer))
    except NothingToShowError:
        return Message(say_plain("report.file_none"))
    if (found.plan is None and form is Form.ICS) or (found.findings is None and form is Form.PNG):
        return Message(say_plain("report.file_none"))
    return Message(say_plain("report.file_comes", school=found.school), attached=AskedFor(found, form))


def status(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """The file that somebody asked for, with what they may see at this moment; not wanted where that is nothing."""
    if delivery.ts is not None:
        return None
    try:
        scope = narrowed(ledger.view, ledger.people.scope(delivery.wanted.recipient), delivery.wanted.subject)
    except NotKnownError:
        return None
    lines = tuple(action_lines(ledger.view, scope))
    if not lines:
        return Message(say_plain("home.csv_none"))
    stem = file_name("status", now.date().isoformat(), delivery.id[:6])
    return Message(say_plain("home.csv_comes"), attached=StatusSheet(stem, lines))
