"""The plan in a spreadsheet: a row an action, dates as dates, and no text that becomes a formula."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.documents.content import Document
from bot.documents.forms import Form, made
from tests.bot.documents.plans import HOSTILE, a_document, believable


def book(document: Document) -> Workbook:
    """The workbook, opened again."""
    return load_workbook(io.BytesIO(made(document, Form.XLSX)))


def table(document: Document) -> list[dict[str, str]]:
    """The CSV, row by row under its headings."""
    text = made(document, Form.CSV).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_action_is_a_row_and_so_is_what_was_deferred() -> None:
    rows, plan = table(believable()), believable().plan
    assert plan is not None
    assert [row["Action"] for row in rows if row["Action"]] == [
        line.text for part in plan.priorities for line in part.actions
    ]
    assert [(row["Priority"], row["Why it was deferred"]) for row in rows if not row["Action"]] == [
        (entry.indicator, entry.reason) for entry in plan.deferred
    ]
    sheets = book(believable())
    assert sheets.sheetnames == ["Actions", "Priorities", "Considered in the session", "About"]
    assert [sheet.max_row for sheet in sheets] == [9, 4, 6, 5]
    assert all(sheet.freeze_panes == "A2" for sheet in sheets)


def test_a_due_date_is_a_date() -> None:
    sheet = book(a_document())["Actions"]
    (due,) = [cell for cell in sheet[1] if cell.value == "Due"]
    cell = sheet.cell(2, due.column)
    assert getattr(cell, "is_date", False) and cell.number_format == "yyyy-mm-dd"
    assert table(a_document())[0]["Due"] == "2027-01-29"


@pytest.mark.parametrize("text", [HOSTILE, "+1", "-1", "@SUM(A1)", "#N/A", "=1+1", "'=1", "7", "2027-01-29"])
def test_text_stays_text_in_the_workbook(text: str) -> None:
    cell = book(a_document(text))["Actions"].cell(2, 2)
    assert (cell.data_type, cell.value) == ("s", text)


@given(st.sampled_from("=+-@\t＝"), st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1))
def test_no_cell_of_the_csv_begins_like_a_formula(start: str, rest: str) -> None:
    for row in table(a_document(f"{start}{rest}")):
        assert not any(cell.startswith(tuple("=+-@\t＝")) for cell in row.values())


def test_the_csv_opens_with_a_byte_order_mark() -> None:
    assert made(a_document(), Form.CSV).startswith(b"\xef\xbb\xbfSchool,")


def test_the_workbook_carries_no_moment_but_that_of_the_commit() -> None:
    with zipfile.ZipFile(io.BytesIO(made(a_document(), Form.XLSX))) as content:
        assert {entry.date_time for entry in content.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert content.read("docProps/core.xml").count(b"2026-12-02T20:00:00Z") == 2


def test_every_indicator_of_the_review_is_a_row_and_every_statement_too() -> None:
    findings = book(a_document())["Findings"]
    assert [cell.value for cell in findings["C"]] == ["Level", "Developing", "Mastering", "Not rated"]
    assert book(a_document())["Evidence"].max_row == 3
    rows = table(replace(a_document(), plan=None))
    assert [row["Level"] for row in rows] == ["Developing", "Mastering", "Not rated"]
    assert rows[0]["From classroom observations"] == f"'{HOSTILE} seen"


def test_the_last_update_of_an_action_is_a_date() -> None:
    assert [row["Last update"] for row in table(a_document()) if row["Action"]] == ["2027-01-13", ""]
