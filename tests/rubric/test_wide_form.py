"""The wide form: one row a review."""

from pathlib import Path

import pytest

from rubric.library import bundled
from rubric.mapping import read_mapping
from rubric.reading import Found, Outcome, Refused, Skipped, checked_once
from rubric.rows import MissingColumnError, read_table
from rubric.wide import read_wide
from tests.rubric.test_mapping_files import GOOD

HEADER = "BN,School_Year,Start_Date,Indicator_1.1,Indicator_1.2\n"


def outcomes(folder: Path, rows: str, mapping: str = GOOD, header: str = HEADER) -> list[Outcome]:
    path = folder / "r.csv"
    path.write_text(header + rows)
    return list(checked_once(read_wide(read_table(path), read_mapping(mapping, "map.yaml", bundled()))))


def test_a_row_becomes_a_review_and_codes_match_whatever_their_case(tmp_path: Path) -> None:
    (found,) = outcomes(tmp_path, "K614,2012-13,41000,p,UD\n")
    assert isinstance(found, Found)
    assert found.review.school == "K614"
    assert found.review.date.isoformat() == "2012-04-01"
    assert found.review.label == "2012-13"
    assert [(str(one.indicator), one.level) for one in found.review.ratings] == [
        ("Instructional Core/1.1 Curriculum", "Proficient"),
        ("Instructional Core/1.2 Pedagogy", "Underdeveloped"),
    ]


def test_ratings_stand_in_rubric_order_whatever_the_order_of_the_mapping(tmp_path: Path) -> None:
    lines = GOOD.splitlines(keepends=True)
    turned = "".join([*lines[:-2], lines[-1], lines[-2]])
    assert outcomes(tmp_path, "K1,2012-13,41000,P,UD\n", turned) == outcomes(tmp_path, "K1,2012-13,41000,P,UD\n")


def test_what_is_not_rated_is_left_out_and_is_not_low(tmp_path: Path) -> None:
    first, second = outcomes(tmp_path, "K1,2012-13,41000,no data,P\nK2,2012-13,41000,,P\n")
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert [one.level for one in first.review.ratings] == [one.level for one in second.review.ratings] == ["Proficient"]


def test_a_zero_where_a_letter_belongs_refuses_its_review_and_no_other(tmp_path: Path) -> None:
    first, second = outcomes(tmp_path, "K1,2012-13,41000,0,P\nK2,2012-13,41000,P,P\n")
    assert isinstance(first, Refused)
    assert [str(problem) for problem in first.problems] == [
        "row 2, column Indicator_1.1: found “0”, expected one of UD, P, or nothing where it is not rated."
    ]
    assert isinstance(second, Found)


def test_every_problem_of_a_row_is_said(tmp_path: Path) -> None:
    (refused,) = outcomes(tmp_path, ",2012-13,soon,0,X,more\n")
    assert isinstance(refused, Refused)
    assert [problem.column for problem in refused.problems] == [
        "BN",
        "",
        "Start_Date",
        "Indicator_1.1",
        "Indicator_1.2",
    ]


def test_a_row_that_no_entry_speaks_for_or_that_rates_nothing_is_skipped_with_the_reason(tmp_path: Path) -> None:
    rows = "K1,1999-00,41000,P,P\nAll of the ratings,,,,\nK2,2012-13,41000,No Data,\nShort\n"
    skipped = outcomes(tmp_path, rows)
    assert [(one.row, one.reason) for one in skipped if isinstance(one, Skipped)] == [
        (2, "no mapping entry speaks for it"),
        (3, "no mapping entry speaks for it"),
        (4, "it rates nothing"),
        (5, "no mapping entry speaks for it"),
    ]


def test_a_row_that_two_entries_speak_for_is_refused(tmp_path: Path) -> None:
    entry = "- " + GOOD.replace("\n", "\n  ").rstrip() + "\n"
    (refused,) = outcomes(tmp_path, "K1,2012-13,41000,P,P\n", entry + entry)
    assert isinstance(refused, Refused)
    assert "The mapping entries on lines 1 and 18 all speak for this row" in str(refused.problems[0])


def test_the_same_review_twice_is_skipped_and_a_different_one_is_refused_with_both_rows(tmp_path: Path) -> None:
    rows = "K1,2012-13,41000,P,P\nk1,2012-13,41000,P,P\nK1,2012-13,41000,UD,P\nK1,2012-13,41001,UD,P\n"
    first, same, other, another_day = outcomes(tmp_path, rows)
    assert isinstance(first, Found)
    assert isinstance(same, Skipped)
    assert same.reason == "it says the same as row 2"
    assert isinstance(other, Refused)
    assert str(other.problems[0]).startswith("row 4: found “K1, 2012-04-01, nyc-quality-review”, expected one review")
    assert "Row 2 holds another one" in str(other.problems[0])
    assert isinstance(another_day, Found)


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(MissingColumnError, match=r"the column Indicator_1\.2 cannot be found"):
        outcomes(tmp_path, "K1,2012-13,41000,P\n", header="BN,School Year,Start-Date,Indicator_1.1\n")
