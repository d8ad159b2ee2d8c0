"""Workbooks as every document makes them: text is text in every cell, and the same data gives the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.csv_file import FORMULA_STARTS
from bot.documents.tables import Cell

ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP entry can carry."""

_TOP = Alignment(vertical="top", wrap_text=True)
_RULE = Border(bottom=Side("thin", "C9D4D2"))
_HEAD = PatternFill("solid", fgColor="1F5F5B")


def empty_book() -> Workbook:
    """A workbook without a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def sheet(book: Workbook, title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
    """Add a sheet: headings (each with its width in letters) that are repeated on every printed page, then rows."""
    page: Worksheet = book.create_sheet(title)
    for column, (heading, width) in enumerate(heads, start=1):
        cell = _put(page, 1, column, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(page, number, column, value)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> SheetCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)
    cell.alignment, cell.border = _TOP, _RULE
    if isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, str) and value:
        cell.value = value
        # The library guesses a formula or an error from the text; a person's words are neither.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    elif value:
        cell.value = value
    return cell


def saved(book: Workbook, title: str, made_at: datetime) -> bytes:
    """The workbook's bytes, the same for the same data: the library would write the time of saving."""
    book.properties.title, book.properties.creator = title, "Levers"
    book.properties.created = made_at.replace(tzinfo=None)
    unfixed = io.BytesIO()
    book.save(unfixed)
    moment = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    out = io.BytesIO()
    with zipfile.ZipFile(unfixed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _with_moment(data, moment)
            target.writestr(zipfile.ZipInfo(entry.filename, ZIP_MOMENT), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_moment(core: bytes, moment: str) -> bytes:
    head, opening, rest = core.partition(b"<dcterms:modified")
    attributes, _, tail = rest.partition(b">")
    _, closing, end = tail.partition(b"</dcterms:modified>")
    return head + opening + attributes + b">" + moment.encode() + closing + end
