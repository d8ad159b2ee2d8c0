"""A document as an Excel workbook, with the same bytes for the same data."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.content import Document
from bot.documents.csv_file import FORMULA_STARTS
from bot.documents.findings import Findings
from bot.documents.plan_part import PlanPart
from bot.documents.tables import OF_CONSIDERED, OF_FINDING, OF_GOAL, OF_PRIORITY, Cell, Column, Row, of_action
from bot.documents.wording import words

ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP entry can carry."""

_TOP = Alignment(vertical="top", wrap_text=True)
_RULE = Border(bottom=Side("thin", "C9D4D2"))
_HEAD = PatternFill("solid", fgColor="1F5F5B")


def xlsx(document: Document) -> bytes:
    """A workbook of the plan, the findings and what it all is, a sheet each; text is text in every cell."""
    say = words()
    book = Workbook()
    book.remove(book.worksheets[0])
    if document.plan is not None:
        _plan(book, document.plan)
    if document.findings is not None:
        _findings(book, document.findings)
    _sheet(book, say["about"], [(say[document.title], 24), ("", 70)], list(_about(document)))
    book.properties.title = f"{say[document.title]}: {document.school}"
    book.properties.creator = "Levers"
    book.properties.created = document.made_at.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return _without_moments(out.getvalue(), document)


def _plan(book: Workbook, plan: PlanPart) -> None:
    say, shown = words(), of_action(plan)
    _sheet(
        book,
        say["actions"],
        [(say["priority"], 26), *((column.heading, column.width) for column in shown)],
        [
            (part.indicator, *(column.cell(line) for column in shown))
            for part in plan.priorities
            for line in part.actions
        ],
    )
    _table(book, say["priorities"], OF_PRIORITY, plan.priorities)
    _table(book, say["considered"], OF_CONSIDERED, plan.considered)


def _findings(book: Workbook, found: Findings) -> None:
    say = words()
    all_of_them = [one for domain in found.domains for one in domain.findings]
    _table(book, say["findings"], OF_FINDING, all_of_them)
    statements = [
        (one.domain, one.indicator, kind.source, statement)
        for one in all_of_them
        for kind in one.evidence
        for statement in kind.statements
    ]
    if statements:
        heads = [(say["domain"], 36), (say["indicator"], 36), (say["kind"], 26), (say["statement"], 90)]
        _sheet(book, say["evidence"], heads, statements)
    if found.goals:
        _table(book, say["goals"], OF_GOAL, found.goals)


def _about(document: Document) -> Iterator[Sequence[Cell]]:
    say, found, plan = words(), document.findings, document.plan
    yield say["school"], document.school
    if plan is not None:
        yield say["committed"], plan.committed
    if found is not None:
        yield say["reviewed"], found.reviewed
        yield say["rubric"], found.rubric
        yield say["rated_in_all"], found.rated
        if found.held:
            yield "", say["held"]
    elif plan is not None:
        yield say["reviewed"], plan.reviewed
    if plan is not None and plan.settled:
        yield say["settled"], plan.settled
    yield "", say["trust"]


def _table(book: Workbook, title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> None:
    heads = [(column.heading, column.width) for column in columns]
    _sheet(book, title, heads, [[column.cell(row) for column in columns] for row in rows])


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


def _without_moments(content: bytes, document: Document) -> bytes:
    """The same workbook with fixed times in it: the library writes the time of saving."""
    moment = document.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
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
