"""Reading a document back as text, the way somebody sees it who opens it."""

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import as_file
from typing import Any

import typst
from icalendar import Calendar
from openpyxl import load_workbook

from bot.documents.content import Document
from bot.documents.forms import Form
from bot.documents.pages import content as laid_out
from bot.documents.ratings_picture import content as drawn
from bot.documents.typesetting import inputs
from bot.documents.wording import TEMPLATES


def read_back(document: Document, form: Form, content: bytes) -> str:
    """The text of `content`; that of a PDF or a picture, whose bytes hold no letters, is what its layout was given."""
    if form is Form.PDF:
        return _laid_out(document)
    if form is Form.PNG:
        return json.dumps(drawn(document), ensure_ascii=False)
    if form is Form.XLSX:
        book = load_workbook(io.BytesIO(content))
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        return "\n".join(str(cell) for cell in cells if cell is not None)
    text = content.decode("utf-8-sig")
    if form is Form.HTML:
        return html_text(text)
    if form is Form.CSV:
        return "\n".join(cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
    calendar = Calendar.from_ical(content)
    parts = (str(part.get(name, "")) for part in calendar.walk() for name in ("X-WR-CALDESC", "SUMMARY", "DESCRIPTION"))
    return "\n".join(parts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def html_text(page: str) -> str:
    """The text between the tags of `page`."""
    reader = _Text()
    reader.feed(page)
    return "".join(reader.parts)


def _laid_out(document: Document) -> str:
    with as_file(TEMPLATES.joinpath("pages.typ")) as template:
        found = [
            json.loads(typst.query(str(template), element, sys_inputs=inputs(laid_out(document))))
            for element in ("heading", "par", "terms", "table", "list")
        ]
        source = template.read_text(encoding="utf-8")
    # The footer is made anew on each page, where no query reaches; its sentence is the wording's.
    footer = json.loads(inputs(laid_out(document))["words"])["trust"] if "#words.trust" in source else ""
    return "\n".join([*(text for one in found for text in _texts(one)), footer])


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for one in content:
            yield from _texts(one)
    elif isinstance(content, dict):
        if content.get("func") == "text":
            yield str(content["text"])
        for value in content.values():
            yield from _texts(value)
