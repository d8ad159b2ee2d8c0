"""The forms that a plan comes in, by the name people ask for them with."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

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
    Form.HTML: pages.html,
    Form.XLSX: workbook.xlsx,
    Form.CSV: tables.csv_file,
    Form.ICS: due_dates.ics,
}


def made(document: PlanDocument, form: Form, fonts: Sequence[Path] = ()) -> bytes:
    """The document in `form`; `fonts` are more fonts (files or folders) for what is set in print."""
    return pages.pdf(document, fonts) if form is Form.PDF else _MAKERS[form](document)
