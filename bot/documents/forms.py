"""The forms that a school's document comes in, by the name people ask for them with."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from bot.documents import csv_file, due_dates, pages, ratings_picture, workbook
from bot.documents.content import Document

Fonts = Sequence[Path]


class Form(StrEnum):
    """A file's kind."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    ICS = "ics"
    PNG = "png"


_MAKERS: dict[Form, Callable[[Document, Fonts], bytes]] = {
    Form.PDF: pages.pdf,
    Form.HTML: lambda document, _: pages.html(document),
    Form.XLSX: lambda document, _: workbook.xlsx(document),
    Form.CSV: lambda document, _: csv_file.csv_file(document),
    Form.ICS: lambda document, _: due_dates.ics(document),
    Form.PNG: ratings_picture.png,
}


def made(document: Document, form: Form, fonts: Fonts = ()) -> bytes:
    """The document in `form`; `fonts` are more fonts (files or folders) for what is set in print.

    Raises NoPlanError for dates without a plan, NoFindingsError for a picture without findings.
    """
    return _MAKERS[form](document, fonts)
