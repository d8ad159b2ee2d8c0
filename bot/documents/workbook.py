"""The plan as an Excel workbook, with the same bytes for the same data."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.content import PlanDocument
from bot.documents.tables import FORMULA_STARTS, OF_PRIORITY, Cell, of_action
from bot.documents.wording import words

ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP entry can carry."""

_TOP = Alignment(vertical="top", wrap_text=True)
_RULE = Border(bottom=Side("thin", "C9D4D2"))
_HEAD = PatternFill("solid", fgColor="1F5F5B")


def xlsx(document: PlanDocument) -> bytes:
    """A workbook of the actions, the priorities, what was deferred and what it all is; text is text in every cell."""
    say, shown = words(), of_action(document)
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(
        book,
        say["actions"],
        [(say["priority"], 26), *((column.heading, column.width) for column in shown)],
        [
            (part.indicator, *(column.cell(line) for column in shown))
            for part in document.priorities
            for line in part.actions
        ],
    )
    _sheet(
        book,
        say["priorities"],
        [(column.heading, column.width) for column in OF_PRIORITY],
        [[column.cell(part) for column in OF_PRIORITY] for part in document.priorities],
    )
    if document.deferred:
        heads = [(say["indicator"], 36), (say["domain"], 36), (say["level"], 18), (say["reason"], 70)]
        _sheet(
            book,
            say["deferred"],
            heads,
            [(one.indicator, one.domain, one.level, one.reason) for one in document.deferred],
        )
    about = ((say["committed"], document.committed), (say["reviewed"], document.reviewed))
    rows: list[Sequence[Cell]] = [(say["school"], document.school), *about, ("", say["trust"])]
    _sheet(book, say["about"], [(say["title"], 24), ("", 70)], rows)
    book.properties.title = f"{say['title']}: {document.school}"
    book.properties.creator = "Levers"
    book.properties.created = document.committed_at.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return _without_moments(out.getvalue(), document)


def _sheet(book: Workbook, title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
    sheet: Worksheet = book.create_sheet(title)
    for column, (heading, width) in enumerate(heads, start=1):
        cell = _put(sheet, 1, column, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(sheet, number, column, value)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


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


def _without_moments(content: bytes, document: PlanDocument) -> bytes:
    """The same workbook with fixed times in it: the library writes the time of saving."""
    moment = document.committed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
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
