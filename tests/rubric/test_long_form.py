"""The long form: one row an indicator, several rows a review, from a file of any kind."""

import csv
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.library import bundled
from rubric.long import read_long
from rubric.long_row import NEEDED
from rubric.reading import Found, Outcome, Refused, Skipped
from rubric.review import Audience, Goal, GoalResult, Source
from rubric.rows import MissingColumnError, Table, read_table

COLUMNS = [*NEEDED, "summary", "evidence_source", "evidence", "audience", "goal", "goal_result"]
CULTURE = "Learner-Centered School Culture"


def row(**cells: str) -> dict[str, str]:
    """A row of the review of JUNIPER, rating High Expectations unless `cells` say otherwise."""
    usual = {
        "school": "JUNIPER",
        "review_date": "2026-10-13",
        "rubric": "personalized-learning@1",
        "domain": CULTURE,
        "indicator": "High Expectations",
    }
    return dict.fromkeys(COLUMNS, "") | usual | cells


def outcomes(*rows: dict[str, str]) -> list[Outcome]:
    table = Table("r.csv", tuple(COLUMNS), iter([(n, list(one.values())) for n, one in enumerate(rows, start=2)]))
    found, _ = read_long(table, bundled())
    return list(found)


def the_review(*rows: dict[str, str]) -> Found:
    (found,) = outcomes(*rows)
    assert isinstance(found, Found), found
    return found


def problems(*rows: dict[str, str]) -> list[str]:
    (refused,) = outcomes(*rows)
    assert isinstance(refused, Refused), refused
    return [str(problem) for problem in refused.problems]


def test_more_rows_add_evidence_and_may_leave_level_and_summary_blank() -> None:
    found = the_review(
        row(level="applying", summary="Goals are shared.", evidence_source="observation", evidence="In 7 of 11 rooms."),
        row(evidence_source="Document Review", evidence="The plan names it.", audience="Leader"),
        row(evidence_source="focus group", evidence="They said so.", level="Applying"),
    )
    (rating,) = found.review.ratings
    assert (rating.level, rating.summary) == ("Applying", "Goals are shared.")
    assert [(one.source, one.audience) for one in rating.evidence] == [
        (Source.OBSERVATION, Audience.TEAM),
        (Source.DOCUMENT, Audience.LEADER),
        (Source.INTERVIEW, Audience.REVIEWER),
    ]


def test_what_was_said_in_confidence_reaches_the_team_only_when_the_row_says_so() -> None:
    def audience(said: str) -> Audience:
        found = the_review(row(level="Applying", evidence_source="interview", evidence="They said so.", audience=said))
        return found.review.ratings[0].evidence[0].audience

    assert audience("") is Audience.REVIEWER
    assert audience("team") is Audience.TEAM


def test_the_same_name_in_two_domains_and_a_name_with_a_slash_find_their_indicators() -> None:
    found = the_review(
        row(indicator="equity/cultural competency", level="Mastering"),
        row(domain="Learner-Centered Classroom Culture", indicator="Equity/Cultural Competency", level="Developing"),
    )
    assert [(one.indicator.domain, one.level) for one in found.review.ratings] == [
        (CULTURE, "Mastering"),
        ("Learner-Centered Classroom Culture", "Developing"),
    ]


def test_not_rated_and_a_blank_level_are_no_rating() -> None:
    found = the_review(
        row(level="Applying"),
        row(indicator="Equity/Cultural Competency", level="not rated"),
        row(indicator="Shift Towards Learner-Centered Learning"),
    )
    assert [one.indicator.name for one in found.review.ratings] == ["High Expectations"]


def test_goals_come_in_rows_of_their_own() -> None:
    found = the_review(
        row(level="Applying"), row(domain="", indicator="", goal="Advisory meets weekly.", goal_result="Partly met")
    )
    assert found.review.goals == (Goal("Advisory meets weekly.", GoalResult.PARTLY_MET),)


def test_a_bare_rubric_id_means_its_newest_version_and_case_and_spaces_of_a_school_are_no_matter() -> None:
    found = the_review(
        row(rubric="personalized-learning", level="Applying"),
        row(school=" juniper ", indicator="Equity/Cultural Competency", level="Developing"),
    )
    assert found.review.rubric == "personalized-learning@1"
    assert found.review.school == "JUNIPER"
    assert len(found.review.ratings) == 2


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"level": "Proficient"},
         "row 2, column level: found “Proficient”, expected one of Developing, Applying, Mastering, or nothing where "
         "it is not rated."),
        ({"level": "Applying", "domain": "Culture"},
         "row 2, column domain: found “Culture”, expected a domain of personalized-learning@1: Learner-Centered"),
        ({"level": "Applying", "indicator": "Agency"},
         f"row 2, column indicator: found “Agency”, expected an indicator of {CULTURE}: High Expectations, Shift"),
        ({"level": "Applying", "evidence": "Seen.", "evidence_source": "hearsay"},
         "row 2, column evidence_source: found “hearsay”, expected one of classroom observation, document review,"),
        ({"level": "Applying", "evidence": "Seen."},
         "row 2, column evidence_source: found nothing, expected one of classroom observation"),
        ({"level": "Applying", "evidence_source": "interview"},
         "row 2, column evidence: found nothing, expected a statement from the interview, or no evidence_source."),
        ({"level": "Applying", "evidence": "Seen.", "evidence_source": "observation", "audience": "everybody"},
         "row 2, column audience: found “everybody”, expected one of team, leader, reviewer, or nothing."),
        ({"summary": "Something."},
         "row 2, column level: found nothing, expected one of Developing, Applying, Mastering. There is a summary or"),
        ({"goal": "Weekly.", "goal_result": "met"},
         "row 2, column indicator: found “High Expectations”, expected nothing in a row that holds a goal."),
        ({"goal": "Weekly.", "domain": "", "indicator": ""},
         "row 2, column goal_result: found nothing, expected one of met, partly met, not met."),
        ({"level": "Applying", "goal_result": "met"},
         "row 2, column goal: found nothing, expected the goal that goal_result speaks of."),
        ({"level": "Applying", "review_date": "13/10/2026"},
         "row 2, column review_date: found “13/10/2026”, expected a date like 2026-10-13."),
        ({"level": "Applying", "rubric": "none@1"},
         "row 2, column rubric: found “none@1”, expected a known rubric: nyc-quality-review@2005,"),
        ({"level": "Applying", "school": ""}, "row 2, column school: found nothing, expected a school's code"),
        ({"level": "Applying", "school": "x" * 80},
         f"row 2, column school: found “{'x' * 59}…”, expected a school's code of at most 75 letters."),
    ],
)  # fmt: skip
def test_a_refusal_says_row_column_what_was_found_and_what_was_expected(cells: dict[str, str], said: str) -> None:
    assert problems(row(**cells))[0].startswith(said)


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [("level", "Applying", "Mastering"), ("summary", "Goals are shared.", "They are not.")],
)
def test_rows_that_contradict_each_other_refuse_the_review_and_both_are_named(
    column: str, first: str, second: str
) -> None:
    usual = {"level": "Applying"}
    said = problems(row(**usual | {column: first}), row(**usual | {column: second}))
    assert said[0].startswith(f"row 3, column {column}: found “{second}”, expected ")
    assert said[0].endswith("Row 2 says otherwise about the same thing.")


def test_one_review_cannot_be_under_two_versions_of_its_rubric() -> None:
    usual = {"domain": "Domain 1", "indicator": "1.1", "level": "Proficient"}
    said = problems(row(rubric="nyc-quality-review@2010", **usual), row(rubric="nyc-quality-review@2008", **usual))
    assert said == [
        "row 3, column rubric: found “nyc-quality-review@2008”, expected nyc-quality-review@2010. "
        "Row 2 says otherwise about the same thing."
    ]


def test_a_bad_row_refuses_its_review_and_the_others_go_in() -> None:
    found = outcomes(
        row(level="Applying"), row(indicator="Nothing", level="Applying"), row(school="CEDAR", level="Mastering")
    )
    assert [type(one) for one in found] == [Refused, Found]


def test_a_row_whose_date_cannot_be_read_refuses_the_schools_reviews_because_it_may_belong_to_them() -> None:
    found = outcomes(
        row(level="Applying"),
        row(indicator="Equity/Cultural Competency", level="Developing", review_date="2026-13-10"),
        row(school="CEDAR", level="Applying"),
    )
    assert [(type(one), one.row) for one in found] == [(Refused, 2), (Found, 4)]
    assert isinstance(found[0], Refused)
    assert [one.row for one in found[0].problems] == [3]


def test_a_row_without_a_school_refuses_the_review_that_it_stands_in() -> None:
    found = outcomes(
        row(school="CEDAR", level="Applying"),
        row(level="Applying"),
        row(school="", indicator="Equity/Cultural Competency", level="Developing"),
    )
    assert [type(one) for one in found] == [Found, Refused]


def test_rows_that_say_nothing_are_passed_over_and_a_review_that_rates_nothing_is_skipped() -> None:
    assert outcomes(row(school="", review_date="")) == []
    assert [one.reason for one in outcomes(row()) if isinstance(one, Skipped)] == ["it rates nothing"]
    title = dict.fromkeys(COLUMNS, "") | {"school": "All ratings of the district"}
    assert [one.reason for one in outcomes(title) if isinstance(one, Skipped)] == ["it rates nothing"]


@pytest.mark.parametrize("text", ["As Ms. Rivera put it", "Dr Óscar N. agreed", "so said Mrs. O'Neil."])
def test_a_statement_that_names_a_person_is_warned_about_and_goes_in(text: str) -> None:
    found = the_review(row(level="Applying", evidence_source="interview", evidence=text))
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("row 2, column evidence: “")


def test_a_statement_that_names_nobody_is_not_warned_about() -> None:
    found = the_review(row(level="Applying", evidence_source="interview", evidence="The Dr. is in; Mr. and Mrs., too."))
    assert found.warnings == ()


def test_a_column_that_is_needed_is_missed_and_one_that_is_not_known_is_mentioned() -> None:
    with pytest.raises(MissingColumnError, match="the columns rubric, domain, indicator, level cannot be found"):
        read_long(Table("r.csv", ("School", "Review Date"), iter([])), bundled())
    _, notes = read_long(Table("r.csv", (*COLUMNS[:6], "evidense"), iter([])), bundled())
    assert notes[0].startswith("r.csv, row 1: the column evidense is not known and was left out; known are school,")


def test_a_json_file_says_the_same_as_a_csv_file(tmp_path: Path) -> None:
    rows = [row(level="Applying", summary="Good."), row(evidence="Seen.", evidence_source="documents")]
    with (tmp_path / "r.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "r.json").write_text(json.dumps(rows))

    def reviews(name: str) -> list[str]:
        found, _ = read_long(read_table(tmp_path / name), bundled())
        return [one.review.digest for one in found if isinstance(one, Found)]

    assert reviews("r.csv") == reviews("r.json")
    assert len(reviews("r.csv")) == 1


@given(st.randoms(use_true_random=False))
def test_any_order_of_the_rows_says_the_same(chance: random.Random) -> None:
    rows = [
        row(indicator=one.id.name, domain=one.id.domain, school=school, level=("Applying", "Mastering")[place % 2])
        for school in ("JUNIPER", "CEDAR")
        for place, one in enumerate(bundled()["personalized-learning@1"].indicators)
    ]
    rows += [row(evidence_source="interview", evidence=f"Said {n}.") for n in range(3)]
    shuffled = rows[:]
    chance.shuffle(shuffled)

    def content(outcome: Outcome) -> tuple[object, ...]:
        assert isinstance(outcome, Found)
        ratings = tuple((one.indicator, one.level, frozenset(one.evidence)) for one in outcome.review.ratings)
        return outcome.review.school, ratings, outcome.review.digest

    assert {content(one) for one in outcomes(*shuffled)} == {content(one) for one in outcomes(*rows)}
