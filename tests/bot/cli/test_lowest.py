"""`levers lowest`: the shortlist of one school, or of every school."""

from pathlib import Path

import pytest

from tests.bot.cli.command_line import levers
from tests.bot.cli.test_import import CUT, MAPPING

CULTURE = "Learner-Centered School Culture"
LONG = f"""\
school,review_date,rubric,domain,indicator,level,summary,evidence_source,evidence
JUNIPER,2026-10-13,personalized-learning@1,{CULTURE},High Expectations,Applying,,,
JUNIPER,2026-10-13,personalized-learning@1,{CULTURE},Equity/Cultural Competency,Developing,,observation,Seen.
JUNIPER,2026-10-13,personalized-learning@1,{CULTURE},Shift Towards Learner-Centered Learning,Developing,,,
JUNIPER,2025-10-14,personalized-learning@1,{CULTURE},Equity/Cultural Competency,Applying,,,
"""


@pytest.fixture
def juniper(tmp_path: Path) -> Path:
    (tmp_path / "r.csv").write_text(LONG)
    assert levers(tmp_path, "import", tmp_path / "r.csv").code == 0
    return tmp_path


def test_json_has_one_flat_object_for_each_indicator(juniper: Path) -> None:
    rows = levers(juniper, "lowest", "juniper", "--json").json()
    assert rows[0] == {
        "school": "JUNIPER",
        "review_date": "2026-10-13",
        "rubric": "personalized-learning@1",
        "rank": 1,
        "domain": CULTURE,
        "indicator": "Equity/Cultural Competency",
        "level": "Developing",
        "previous_level": "Applying",
        "trend": "fell",
        "evidence_kinds": 1,
        "domain_lowest_share": 2 / 3,
        "reasons": rows[0]["reasons"],
    }
    assert rows[0]["reasons"][0] == "Rated Developing, the lowest level."
    assert len(rows[0]["reasons"]) == 4
    assert [(one["rank"], one["level"], one["previous_level"]) for one in rows[1:]] == [
        (2, "Developing", None),
        (3, "Applying", None),
    ]
    assert [one.get("more_at_this_level") for one in rows] == [None, None, 0]


def test_a_cut_through_a_level_says_how_many_more_there_are(juniper: Path) -> None:
    (row,) = levers(juniper, "lowest", "JUNIPER", "--top", "1", "--json").json()
    assert row["more_at_this_level"] == 1
    said = levers(juniper, "lowest", "JUNIPER", "--top", "1").out
    assert "JUNIPER, reviewed 2026-10-13 under personalized-learning@1" in said
    assert "1 more stands at Developing; --top 2 shows them too." in said


def test_an_unknown_school_is_answered_with_codes_that_look_alike(juniper: Path) -> None:
    answer = levers(juniper, "lowest", "JUNPER", "--json")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "levers: No school has the code “JUNPER”. Did you mean JUNIPER?\n"


def test_a_school_without_a_review_is_said_to_have_none(juniper: Path) -> None:
    levers(juniper, "schools", "add", "CEDAR", "--name", "Cedar School")
    answer = levers(juniper, "lowest", "cedar")
    assert answer.code == 1
    assert answer.err == "levers: Cedar School has no review yet; `levers import` brings one in.\n"


def test_every_school_has_its_own_list_of_eight_at_most(tmp_path: Path) -> None:
    levers(tmp_path, "import", CUT, "--mapping", MAPPING)
    rows = levers(tmp_path, "lowest", "--all", "--json").json()
    schools = {row["school"] for row in rows}
    for school in schools:
        of_school = [row for row in rows if row["school"] == school]
        assert of_school == levers(tmp_path, "lowest", school, "--json").json()
        assert [row["rank"] for row in of_school] == list(range(1, len(of_school) + 1))
        assert len(of_school) <= 8
    assert len(schools) > 10


def test_nothing_imported_is_an_empty_array(tmp_path: Path) -> None:
    assert levers(tmp_path, "lowest", "--all", "--json").json() == []


@pytest.mark.parametrize("arguments", [[], ["JUNIPER", "--all"], ["JUNIPER", "--top", "0"], ["JUNIPER", "--top", "x"]])
def test_wrong_usage_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    assert levers(tmp_path, "lowest", *arguments).code == 2
