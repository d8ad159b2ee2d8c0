"""A workbook that a reviewer fills in: the long form, with drop-downs and a sheet of instructions."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from rubric.long_row import COLUMNS, NOT_RATED
from rubric.review import Audience, GoalResult, Source
from rubric.rubric import Rubric

_ROWS = 1000
_WIDTHS = {
    "summary": 60,
    "evidence": 60,
    "goal": 50,
    "domain": 38,
    "indicator": 44,
    "rubric": 26,
    "evidence_source": 26,
}
_INSTRUCTIONS = (
    "How to fill in the sheet “review”",
    "One row stands for one indicator. Every indicator of the rubric has a row already; use what the review rated.",
    "school: the school's code, the same in every row of a review. review_date: the day of the visit. Copy both down.",
    "level: choose from the list. Leave it empty, or choose Not rated, where the review gave no level: "
    "not rated is never treated as low.",
    "summary: two or three sentences. The school's team reads them once the review is released.",
    "evidence and evidence_source: one statement and where it comes from. For more statements about the same indicator "
    "add rows below with the same school, date, rubric, domain and indicator; level and summary may stay empty there.",
    "audience: who may read the statement: team, leader or reviewer. Left empty, observations and documents reach the "
    "team, and what was said in interviews and focus groups stays with the reviewers.",
    "goal and goal_result: a goal the school had set itself, and whether it was met. Give each goal a row of its own, "
    "with school, date and rubric, and with domain and indicator left empty.",
    "label: a name for the review, such as its school year; it may stay empty.",
    "Leave out the names of students, and of people who were promised confidentiality.",
    "Rows below the last indicator are for more evidence and for goals. Rows in which nothing was filled in are passed "
    "over.",
    "Then: levers import THIS-FILE.xlsx",
)


def template_workbook(rubric: Rubric) -> bytes:
    """The workbook (XLSX) for a review under `rubric`."""
    book = Workbook()
    review, instructions, lists = book.worksheets[0], book.create_sheet("instructions"), book.create_sheet("lists")
    review.title = "review"
    _fill_lists(lists, rubric)
    _fill_instructions(instructions, rubric)
    _fill_review(review, rubric)
    _add_drop_downs(review, rubric)
    lists.sheet_state = "hidden"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _fill_review(sheet: Any, rubric: Rubric) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        cell = _write(sheet, 1, place, column)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column, 16)
    for number, indicator in enumerate(rubric.indicators, start=2):
        values = {"rubric": rubric.key, "domain": indicator.id.domain, "indicator": indicator.id.name}
        for column, value in values.items():
            _write(sheet, number, COLUMNS.index(column) + 1, value)
    for number in range(2, _ROWS + 1):
        sheet.cell(number, COLUMNS.index("review_date") + 1).number_format = "yyyy-mm-dd"
        for column in ("summary", "evidence", "goal"):
            sheet.cell(number, COLUMNS.index(column) + 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _fill_instructions(sheet: Any, rubric: Rubric) -> None:
    sheet.column_dimensions["A"].width = 110
    lines = (*_INSTRUCTIONS, f"The rubric is {rubric.name} ({rubric.key}); its levels, lowest first: "
             f"{', '.join(rubric.levels)}.")  # fmt: skip
    for number, line in enumerate(lines, start=1):
        cell = _write(sheet, number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1)


def _fill_lists(sheet: Any, rubric: Rubric) -> None:
    """Column A has the domains, B and C each indicator's domain and name in rubric order, D to G the other choices."""
    columns: tuple[tuple[str, ...], ...] = (
        tuple(domain.name for domain in rubric.domains),
        tuple(indicator.id.domain for indicator in rubric.indicators),
        tuple(indicator.id.name for indicator in rubric.indicators),
        (*rubric.levels, NOT_RATED),
        tuple(Source),
        tuple(Audience),
        tuple(GoalResult),
    )
    for place, column in enumerate(columns, start=1):
        for number, value in enumerate(column, start=1):
            _write(sheet, number, place, str(value))


def _add_drop_downs(sheet: Any, rubric: Rubric) -> None:
    domain = f"${get_column_letter(COLUMNS.index('domain') + 1)}2"
    # The indicators of a domain stand together in the lists, so the choice is a stretch of column C.
    of_domain = f"OFFSET(lists!$C$1,MATCH({domain},lists!$B:$B,0)-1,0,COUNTIF(lists!$B:$B,{domain}),1)"
    choices = {
        "domain": f"lists!$A$1:$A${len(rubric.domains)}",
        "indicator": of_domain,
        "level": f"lists!$D$1:$D${len(rubric.levels) + 1}",
        "evidence_source": f"lists!$E$1:$E${len(Source)}",
        "audience": f"lists!$F$1:$F${len(Audience)}",
        "goal_result": f"lists!$G$1:$G${len(GoalResult)}",
    }
    for column, formula in choices.items():
        letter = get_column_letter(COLUMNS.index(column) + 1)
        drop_down = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
        drop_down.error = f"Choose the {column.replace('_', ' ')} from the list, or leave it empty."
        drop_down.add(f"{letter}2:{letter}{_ROWS}")
        sheet.add_data_validation(drop_down)
    letter = get_column_letter(COLUMNS.index("review_date") + 1)
    date = DataValidation("date", operator="greaterThan", formula1="18264", allow_blank=True, showErrorMessage=True)
    date.error = "Write the day of the visit as a date, such as 2026-10-13."
    date.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(date)


def _write(sheet: Any, row: int, column: int, text: str) -> Cell:
    """Put `text` in as text, even where it looks like a formula."""
    cell: Cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    return cell
