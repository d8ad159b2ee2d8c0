"""`levers import`: what goes in, what is refused, and what is said about it."""

from pathlib import Path

import pytest

import rubric.data.examples
from tests.bot.cli.command_line import levers

CUT = Path(__file__).parents[2] / "data" / "nyc-quality-review-cut.csv"
MAPPING = Path(next(iter(rubric.data.examples.__path__))) / "nyc-quality-review.mapping.yaml"
LONG = """\
School,Review Date,Rubric,Domain,Indicator,Level,Summary,Evidence Source,Evidence
JUNIPER,2026-10-13,personalized-learning@1,Learner-Centered School Culture,High Expectations,Applying,Good.,interview,\
As Ms. Rivera said.
CEDAR,2026-10-14,personalized-learning@1,Learner-Centered School Culture,High Expectations,Superb,,,
"""


def long_file(folder: Path, text: str = LONG) -> Path:
    path = folder / "long.csv"
    path.write_text(text)
    return path


def test_the_shipped_mapping_brings_in_a_cut_of_the_real_ratings_of_all_nine_years(tmp_path: Path) -> None:
    answer = levers(tmp_path, "import", CUT, "--mapping", MAPPING)
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "32 reviews imported, 0 unchanged, 0 replaced, 2 refused, 3 skipped; 678 ratings stored.",
        "Skipped 2: it rates nothing (rows 8, 9).",
        "Skipped 1: no mapping entry speaks for it (row 38).",
        "Imported reviews are held: their teams see nothing of them until they are released.",
    ]
    assert answer.err.splitlines() == [
        f"refused: {CUT.name}, row {row}, column Indicator_{column}: found “0”, "
        "expected one of U, UPF, P, WD, O, or nothing where it is not rated."
        for row, column in ((12, "1.3"), (13, "1.2"), (13, "1.3"))
    ]
    codes = [one["code"] for one in levers(tmp_path, "schools", "--json").json()]
    assert [code for code in codes if code.casefold() == "k614"] == ["k614"]


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    levers(tmp_path, "import", CUT, "--mapping", MAPPING)
    before = levers(tmp_path, "lowest", "--all", "--json").out
    again = levers(tmp_path, "import", CUT, "--mapping", MAPPING)
    assert again.out.startswith("0 reviews imported, 32 unchanged, 0 replaced, 2 refused, 3 skipped; 0 ratings stored.")
    assert levers(tmp_path, "lowest", "--all", "--json").out == before


def test_json_is_one_flat_array_with_an_object_for_each_review_and_each_skipped_row(tmp_path: Path) -> None:
    rows = levers(tmp_path, "import", CUT, "--mapping", MAPPING, "--json").json()
    assert len(rows) == 37
    assert not [value for row in rows for value in row.values() if isinstance(value, dict | list)]
    refused = next(row for row in rows if row["row"] == 13)
    assert refused == {
        "outcome": "refused",
        "school": "R605",
        "review_date": "2007-10-31",
        "rubric": "nyc-quality-review@2007",
        "row": 13,
        "column": "Indicator_1.2",
        "found": "0",
        "expected": "one of U, UPF, P, WD, O, or nothing where it is not rated",
        "reason": refused["reason"],
        "warning": None,
        "ratings": 0,
    }
    assert refused["reason"].count("\n") == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path: Path) -> None:
    answer = levers(tmp_path, "import", CUT, "--mapping", MAPPING, "--dry-run")
    assert answer.out.startswith("32 reviews would be imported")
    assert "Nothing was written" in answer.out
    assert levers(tmp_path, "schools", "--json").json() == []


def test_a_bad_row_refuses_its_review_and_the_other_goes_in_with_a_warning(tmp_path: Path) -> None:
    answer = levers(tmp_path, "import", long_file(tmp_path))
    assert answer.code == 1
    assert answer.err.splitlines() == [
        "warning: long.csv, row 2, column evidence: “Ms. Rivera” may name a person; "
        "take the name out where that person was promised confidentiality.",
        "refused: long.csv, row 3, column level: found “Superb”, "
        "expected one of Developing, Applying, Mastering, or nothing where it is not rated.",
    ]
    assert [one["school"] for one in levers(tmp_path, "lowest", "--all", "--json").json()] == ["JUNIPER"]


def test_skipped_rows_alone_are_no_failure(tmp_path: Path) -> None:
    kept = [line for number, line in enumerate(CUT.read_text().splitlines(keepends=True), 1) if number not in (12, 13)]
    answer = levers(tmp_path, "import", long_file(tmp_path, "".join(kept)), "--mapping", MAPPING)
    assert (answer.code, answer.err) == (0, "")
    assert "3 skipped" in answer.out


def test_a_changed_review_is_refused_and_replace_keeps_it(tmp_path: Path) -> None:
    levers(tmp_path, "import", long_file(tmp_path))
    changed = long_file(tmp_path, LONG.replace("Applying", "Mastering").replace("Superb", "Developing"))
    refused = levers(tmp_path, "import", changed)
    assert refused.code == 1
    assert "refused: long.csv, row 2: Another version of this review is stored. With --replace" in refused.err
    assert refused.out.startswith("1 review imported, 0 unchanged, 0 replaced, 1 refused")
    replaced = levers(tmp_path, "import", changed, "--replace")
    assert replaced.code == 0
    assert replaced.out.startswith(
        "0 reviews imported, 1 unchanged, 1 replaced, 0 refused, 0 skipped; 1 rating stored."
    )
    levels = [one["level"] for one in levers(tmp_path, "lowest", "JUNIPER", "--json").json()]
    assert levels == ["Mastering"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "the file cannot be read (No such file or directory)."),
        (
            "r.csv",
            "School,Level\n",
            "r.csv, row 1: the columns review_date, rubric, domain, indicator cannot be found;",
        ),
        ("r.pdf", "x", "r.pdf: a review file ends in .csv, .xlsx or .json; save it as one of these."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_code_1(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    answer = levers(tmp_path, "import", tmp_path / name)
    assert answer.code == 1
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.startswith("levers: ")


def test_a_mapping_with_a_wrong_key_is_refused_with_the_line(tmp_path: Path) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text(MAPPING.read_text().replace("  school: BN", "  shool: BN", 1))
    answer = levers(tmp_path, "import", CUT, "--mapping", mapping)
    assert answer.code == 1
    assert "“shool” is not a key of a mapping entry; the keys are rubric, only, school," in answer.err
    assert levers(tmp_path, "import", CUT, "--mapping", tmp_path / "none.yaml").code == 1


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    assert levers(tmp_path, "import").code == 2
    assert levers(tmp_path, "import", CUT, "--mappping", MAPPING).code == 2
