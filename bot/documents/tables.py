"""The plan for a spreadsheet and for a calendar: XLSX, CSV and ICS, with the same bytes for the same data."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.content import PlanDocument

HEADINGS = (
    "Priority",
    "Domain",
    "Level",
    "Target level",
    "Goal",
    "Action",
    "Owner",
    "Supporters",
    "Due",
    "Check-in",
    "Done is shown by",
    "Needs",
    "Status",
    "Last note",
)
WIDTHS = (28, 28, 12, 12, 40, 44, 18, 18, 12, 16, 30, 24, 18, 36)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection")."""
ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)


def rows(document: PlanDocument) -> Iterator[tuple[str, ...]]:
    """One row an action, as text, in the order of the headings."""
    for part in document.priorities:
        for line in part.actions:
            yield (
                part.indicator,
                part.domain,
                part.level,
                part.target_level,
                part.goal,
                line.text,
                line.owner,
                ", ".join(line.supporters),
                line.due.isoformat(),
                line.cadence,
                line.shown_by,
                line.resources,
                line.status,
                line.note,
            )


def csv_file(document: PlanDocument) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read names right; formulas are kept from being one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows(document):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx(document: PlanDocument) -> bytes:
    """A workbook with one sheet; every cell is text, whatever it begins with."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Action plan"
    for number, row in enumerate((HEADINGS, *rows(document)), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(FORMULA_STARTS)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    book.properties.creator = "Levers"
    book.properties.created = book.properties.modified = document.committed_at.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return _without_moments(out.getvalue(), document)


def ics(document: PlanDocument) -> bytes:
    """A calendar with each action's due date as a day, under an id that stays when it is exported again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Levers//Action plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Action plan: {document.school}")
    for part in document.priorities:
        for line in part.actions:
            event = Event()
            event.add("uid", f"{line.id}@levers")
            event.add("dtstamp", document.committed_at)
            event.add("dtstart", line.due)
            event.add("dtend", line.due + timedelta(days=1))
            event.add("summary", f"Due: {line.text}")
            event.add("description", f"{part.indicator}. {line.shown_by}".strip())
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


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
