"""Tables from files: the same rows whatever the kind of file, and a clear word about files that are none."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from rubric.rows import MissingColumnError, Table, UnreadableFileError, read_table

ROWS = [["School code", "Summary"], ["JUNIPER", "Señora's 9% “naïve”\nplan, twice"], ["K614", "7"]]


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def all_of(table: Table) -> list[list[str]]:
    return [list(table.header), *([str(cell) for cell in row] for _, row in table.rows)]


def csv_of(delimiter: str) -> str:
    return "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)


@pytest.mark.parametrize(
    "content",
    [
        csv_of(",").encode(),
        csv_of(",").encode("utf-8-sig"),
        csv_of(";").encode(),
        csv_of("\t").encode("utf-16"),
        csv_of(",").replace("\n", "\r\n").encode(),
        csv_of(",").encode("cp1252"),
    ],
)
def test_a_csv_file_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    rows = all_of(read_table(write(tmp_path, "r.csv", content)))
    assert [[cell.replace("\r\n", "\n") for cell in row] for row in rows] == ROWS


def test_a_file_that_is_not_utf8_is_read_with_a_note(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "r.csv", csv_of(",").encode("cp1252")))
    assert table.notes == (
        "r.csv: this is not UTF-8, so it was read as Windows-1252; check that accents came out right.",
    )
    assert read_table(write(tmp_path, "u.csv", csv_of(",").encode())).notes == ()


def test_a_workbook_and_a_json_file_give_the_same_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["something", "else"])
    sheet = book.create_sheet("Review")
    for row in ROWS[:2]:
        sheet.append(row)
    sheet.append(["K614", 7])
    book.save(tmp_path / "r.xlsx")
    items = [dict(zip(ROWS[0], ROWS[1], strict=True)), {ROWS[0][0]: "K614", ROWS[0][1]: 7}]
    assert all_of(read_table(tmp_path / "r.xlsx")) == ROWS
    assert all_of(read_table(write(tmp_path, "r.json", json.dumps(items).encode()))) == ROWS


def test_rows_carry_the_number_that_a_spreadsheet_shows_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "r.csv", b"\na,b\n1,2\n,\n\n3,4\n"))
    assert table.header == ("a", "b")
    assert [number for number, _ in table.rows] == [3, 6]


def test_a_column_is_found_whatever_its_case_spaces_hyphens_and_underscores(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "r.csv", b"Review Date,evidence-source\n1,2\n"))
    assert table.places_of(["review_date", "Evidence Source"]) == {"review_date": 0, "Evidence Source": 1}


def test_missing_columns_are_named_beside_those_that_are_there(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "r.csv", b"a,b\n1,2\n"))
    with pytest.raises(MissingColumnError, match=r"r.csv, row 1: the columns c, d cannot be found; .* holds a, b\."):
        table.places_of(["a", "c", "d"])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", b"", "r.csv: the file is empty"),
        ("r.csv", b"\n , \n", "r.csv: the file is empty"),
        ("r.csv", b"a,A\n1,2\n", "r.csv, row 1: these columns have the same name: a, A"),
        ("r.csv", b'a,b\n"1"x,2\n', "r.csv, line 2: this is not readable CSV"),
        ("r.xls", b"x", "r.xls: a review file ends in .csv, .xlsx or .json"),
        ("r.xlsx", b"not a workbook", "r.xlsx: this is not a readable XLSX workbook"),
        ("r.json", b"{", "r.json: this is not readable JSON"),
        ("r.json", b'{"a": 1}', "r.json: a review file in JSON is one array of objects"),
        ("r.json", b"[1]", "r.json, item 1: every item of the array must be an object"),
        ("r.json", b'[{"a": [1]}]', "r.json, item 1: a must be text, not a list or an object"),
        ("r.json", b"[" * 100_000, "r.json: this is not readable JSON"),
        ("r.json", b"[]", "r.json: the file is empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_place(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        list(read_table(write(tmp_path, name, content)).rows)
    assert str(caught.value).startswith(said)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No such file"):
        read_table(tmp_path / "none.csv")


def test_letters_that_no_database_keeps_are_replaced(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "r.json", b'[{"a": "x\\u0000y\\ud800z"}]'))
    assert [row for _, row in table.rows] == [["x\ufffdy?z"]]
    assert [row for _, row in read_table(write(tmp_path, "r.csv", b"a\nx\0y\n")).rows] == [["x\ufffdy"]]
