"""Mapping files: what they may say, and what is said about those that are wrong."""

import pytest

from rubric.library import bundled
from rubric.mapping import read_mapping
from rubric.rubric import IndicatorId
from rubric.yaml_reader import InvalidFileError
from rubric.yaml_text import UnreadableYamlError

GOOD = """\
rubric: nyc-quality-review@2012
only:
  School_Year:
    - 2012-13
school: BN
date: Start_Date
date_format: excel
label: School_Year
levels:
  UD: Underdeveloped
  P: proficient
not_rated:
  - No Data
  - ""
indicators:
  Indicator_1.1: Instructional Core/1.1 Curriculum
  Indicator_1.2: Instructional Core/1.2 Pedagogy
"""


def errors_of(text: str) -> list[str]:
    with pytest.raises(InvalidFileError) as caught:
        read_mapping(text, "map.yaml", bundled())
    return [str(error) for error in caught.value.errors]


def test_one_entry_alone_needs_no_list() -> None:
    (entry,) = read_mapping(GOOD, "map.yaml", bundled())
    assert entry.rubric.key == "nyc-quality-review@2012"
    assert entry.levels == {"ud": "Underdeveloped", "p": "Proficient"}
    assert entry.indicators[0] == ("Indicator_1.1", IndicatorId("Instructional Core", "1.1 Curriculum"))
    listed = "- " + GOOD.replace("\n", "\n  ")
    assert len(read_mapping(listed, "map.yaml", bundled())) == 1


def test_an_indicator_with_a_slash_in_its_name_is_matched_against_the_known_names() -> None:
    text = "rubric: personalized-learning\nschool: s\ndate: d\nlevels:\n  A: applying\nindicators:\n" + (
        "  equity: learner-centered school culture/Equity/Cultural Competency\n"
    )
    (entry,) = read_mapping(text, "map.yaml", bundled())
    assert entry.indicators[0][1] == IndicatorId("Learner-Centered School Culture", "Equity/Cultural Competency")
    assert entry.date_format == "iso"


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ("school: BN", "shool: BN", "map.yaml, line 5: “shool” is not a key of a mapping entry; the keys are rubric,"),
        ("school: BN", "shool: BN", "map.yaml, line 1: a mapping entry needs the key school."),
        ("@2012", "@1999", "map.yaml, line 1: “nyc-quality-review@1999” is not a known rubric; known are"),
        ("1.2 Pedagogy", "1.9 Nothing",
         "map.yaml, line 17: “Instructional Core/1.9 Nothing” is not an indicator of nyc-quality-review@2012; "
         "write one as domain/indicator, like “Instructional Core/1.1 Curriculum”."),
        ("1.2 Pedagogy", "1.1 Curriculum",
         "map.yaml, line 17: “Instructional Core/1.1 Curriculum” has a column already on line 16: Indicator_1.1."),
        ("P: proficient", "P: Good", "map.yaml, line 11: “Good” is not a level of nyc-quality-review@2012;"),
        ("P: proficient", "ud: Proficient",
         "map.yaml, line 11: the code “ud” has two levels; codes match without regard to case."),
        ("- No Data", "- p", "map.yaml, line 11: the code “P” stands under not_rated too; keep one."),
        ("excel", "'%d.%m'", "map.yaml, line 7: “%d.%m” is not a date format; write iso, excel, or a pattern"),
        ("indicators:\n", "indicators: none\nx:\n", "map.yaml, line 15: indicators must hold keys with values"),
        ("Indicator_1.2:", "Indicator_1.1:", "map.yaml, line 17: “Indicator_1.1” stands on line 16 already."),
    ],
)  # fmt: skip
def test_an_error_names_its_line_what_was_found_and_what_was_expected(found: str, instead: str, said: str) -> None:
    assert any(one.startswith(said) for one in errors_of(GOOD.replace(found, instead)))


@pytest.mark.parametrize("text", ["", "[]", "- just text\n"])
def test_a_mapping_without_an_entry_is_refused(text: str) -> None:
    assert "mapping" in errors_of(text)[0]


def test_a_pattern_without_quotes_is_said_to_need_them() -> None:
    with pytest.raises(UnreadableYamlError, match=r'line 7, column 14.*Put the value in quotes: "%d.%m.%Y"'):
        read_mapping(GOOD.replace("excel", "%d.%m.%Y"), "map.yaml", bundled())
