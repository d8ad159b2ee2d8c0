"""`levers template`: a workbook that is filled in by hand and imported."""

import datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.bot.cli.command_line import levers


def column_of(sheet: Worksheet, name: str) -> int:
    header = [cell.value for cell in sheet[1]]
    return header.index(name) + 1


def fill(path: Path, rows: dict[int, dict[str, str | datetime.date]]) -> None:
    """Fill in rows of the sheet for the review, as a reviewer would."""
    book = load_workbook(path)
    sheet = book["review"]
    for number, cells in rows.items():
        for name, value in cells.items():
            sheet.cell(number, column_of(sheet, name), value)
    book.save(path)


def test_the_workbook_has_a_row_for_every_indicator_drop_downs_and_instructions(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    assert levers(tmp_path, "template", "-o", path).code == 0
    book = load_workbook(path)
    sheet = book["review"]
    assert len([row for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]) == 31
    lists = {str(one.sqref).split("2:")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    chosen = ("domain", "indicator", "level", "evidence_source", "audience", "goal_result", "review_date")
    letters = {name: get_column_letter(column_of(sheet, name)) for name in chosen}
    assert set(lists) == set(letters.values())
    levels = [book["lists"].cell(row, 4).value for row in range(1, 5)]
    assert levels == ["Developing", "Applying", "Mastering", "Not rated"]
    assert lists[letters["level"]] == "lists!$D$1:$D$4"
    assert "How to fill in" in book["instructions"]["A1"].value
    assert book["lists"].sheet_state == "hidden"


def test_a_filled_in_workbook_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    levers(tmp_path, "template", "-o", path)
    visit: dict[str, str | datetime.date] = {"school": "JUNIPER", "review_date": datetime.date(2026, 10, 13)}
    again = {"rubric": "personalized-learning@1", "domain": "Learner-Centered School Culture"}
    fill(
        path,
        {
            2: {**visit, "level": "Applying", "summary": "=1+1", "evidence_source": "classroom observation",
                "evidence": "In 7 of 11 classrooms."},
            3: {**visit, "level": "Developing"},
            4: {**visit, "level": "Not rated"},
            33: {**visit, **again, "indicator": "High Expectations", "evidence_source": "interview or focus group",
                 "evidence": "Learners said so."},
            34: {**visit, "rubric": "personalized-learning@1", "goal": "Advisory meets.", "goal_result": "partly met"},
        },
    )  # fmt: skip
    answer = levers(tmp_path, "import", path)
    assert answer.err == ""
    assert answer.out.startswith("1 review imported, 0 unchanged, 0 replaced, 0 refused, 0 skipped; 2 ratings stored.")
    rows = levers(tmp_path, "lowest", "JUNIPER", "--json").json()
    assert [(row["indicator"], row["level"], row["evidence_kinds"]) for row in rows] == [
        ("Shift Towards Learner-Centered Learning", "Developing", 0),
        ("High Expectations", "Applying", 2),
    ]
    assert levers(tmp_path, "import", path).out.startswith("0 reviews imported, 1 unchanged")


def test_an_empty_template_brings_nothing_in_and_complains_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    levers(tmp_path, "template", "-o", path)
    answer = levers(tmp_path, "import", path)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("0 reviews imported")


def test_names_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    rubric = tmp_path / "mine.yaml"
    rubric.write_text(
        'id: odd\nversion: "1"\nname: Odd\nlevels:\n  - "=1+1"\n  - "@SUM(A1)"\n'
        'domains:\n  - name: "=HYPERLINK(1)"\n    indicators:\n      - name: "+cmd"\n'
    )
    levers(tmp_path, "rubric", "add", rubric)
    path = tmp_path / "odd.xlsx"
    assert levers(tmp_path, "template", "--rubric", "odd", "-o", path).code == 0
    book = load_workbook(path)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    fill(path, {2: {"school": "OAK", "review_date": datetime.date(2026, 10, 13)}})
    sheet = load_workbook(path)["review"]
    assert sheet.cell(2, column_of(sheet, "domain")).value == "=HYPERLINK(1)"


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    path.write_text("a reviewer's work")
    answer = levers(tmp_path, "template", "-o", path)
    assert answer.code == 1
    assert "is there already; choose another name, so that nothing is lost." in answer.err
    assert path.read_text() == "a reviewer's work"
    assert levers(tmp_path, "template", "-o", tmp_path / "review.csv").code == 2
    assert levers(tmp_path, "template", "-o", tmp_path / "x.xlsx", "--rubric", "none").code == 1
    assert levers(tmp_path, "template", "-o", tmp_path / "no" / "x.xlsx").code == 1
