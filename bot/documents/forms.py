"""The forms that a plan comes in, by the name people ask for them with."""

from collections.abc import Callable
from enum import StrEnum

from bot.documents import due_dates, pages, tables, workbook
from bot.documents.content import PlanDocument


class Form(StrEnum):
    """A file's kind."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    ICS = "ics"


_MAKERS: dict[Form, Callable[[PlanDocument], bytes]] = {
    Form.PDF: pages.pdf,
    Form.HTML: pages.html,
    Form.XLSX: workbook.xlsx,
    Form.CSV: tables.csv_file,
    Form.ICS: due_dates.ics,
}


def made(document: PlanDocument, form: Form) -> bytes:
    """The document in `form`."""
    return _MAKERS[form](document)
