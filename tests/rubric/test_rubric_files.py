"""Rubric files: the bundled ones, and what is said about those that are wrong."""

from pathlib import Path

import pytest

import rubric.data
from rubric.library import UnknownRubricError, bundled, by_key, find_rubric
from rubric.loading import read_rubric
from rubric.rubric import IndicatorId, Rubric
from rubric.yaml_reader import InvalidFileError
from rubric.yaml_text import UnreadableYamlError

GOOD = """\
id: reading
version: "2"
name: Reading
levels:
  - Emerging
  - Secure
domains:
  - name: Decoding
    indicators:
      - name: Letters/Sounds
        question: Do learners hear them?
      - name: Words
  - name: Meaning
    indicators:
      - name: Words
"""


def errors_of(text: str) -> list[str]:
    with pytest.raises(InvalidFileError) as caught:
        read_rubric(text, "mine.yaml")
    return [str(error) for error in caught.value.errors]


def test_the_same_name_in_two_domains_is_two_indicators() -> None:
    made = read_rubric(GOOD, "mine.yaml")
    assert [str(one.id) for one in made.indicators] == ["Decoding/Letters/Sounds", "Decoding/Words", "Meaning/Words"]
    assert made.key == "reading@2"
    assert made.indicators[0].question == "Do learners hear them?"
    assert made.indicators[1].question is None


def test_an_indicator_with_a_slash_in_its_name_is_found_whatever_case_and_spacing() -> None:
    made = read_rubric(GOOD, "mine.yaml")
    assert made.find(" decoding /  LETTERS / sounds ") == IndicatorId("Decoding", "Letters/Sounds")
    assert made.find("Decoding/Letters") is None
    assert made.level_named("secure ") == "Secure"
    assert made.level_named("S") is None


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ("      - name: Words\n  - name: M", "      - name: letters / SOUNDS\n  - name: M",
         "line 12: the indicator in Decoding “letters / SOUNDS” stands on line 10 already."),
        ("  - Secure\n", "", "line 5: a scale needs at least two levels, lowest first; this one has 1."),
        ("  - Secure\n", "  - emerging\n", "line 6: the level “emerging” stands on line 5 already."),
        ("  - name: Meaning\n    indicators:\n      - name: Words\n", "  - name: Meaning\n    indicators: []\n",
         "line 14: indicators must be a list with at least one item."),
        ("  - name: Meaning\n    indicators:\n      - name: Words\n", "  - name: Meaning\n",
         "line 13: indicators must be a list with at least one item."),
        ("  - name: Meaning", "  - name: DECODING", "line 13: the domain “DECODING” stands on line 8 already."),
        ("name: Reading\n", "", "line 1: a rubric needs the key name."),
        ("name: Reading\n", "name: Reading\nlevel: x\n",
         "line 4: “level” is not a key of a rubric; the keys are id, version, name, note, levels, domains, "
         "equivalents."),
        ("id: reading", "id: read/ing", "line 1: id must be one word without @ or /; found “read/ing”."),
        ("      - name: Words\n  - name: M", "      - Words\n  - name: M",
         "line 12: an indicator holds the key name and perhaps a question; found text."),
        ("name: Reading\n", "name: Reading\nname: Writing\n", "line 4: name stands here and on line 3; keep one."),
    ],
)  # fmt: skip
def test_an_error_names_its_line_and_what_is_wrong(found: str, instead: str, said: str) -> None:
    assert f"mine.yaml, {said}" in errors_of(GOOD.replace(found, instead))


def test_every_error_is_said_at_once_in_the_order_of_the_file() -> None:
    said = errors_of(GOOD.replace("  - Secure\n", "").replace("name: Reading\n", "").replace("Words", '""'))
    lines = [int(sentence.split("line ")[1].split(":")[0]) for sentence in said]
    assert len(said) == 4
    assert lines == sorted(lines)


def test_two_names_that_a_review_file_could_not_tell_apart_are_refused() -> None:
    text = GOOD.replace("name: Meaning", "name: Decoding/Letters").replace("name: Words", "name: Sounds")
    assert any("can be read in two ways" in said for said in errors_of(text))


@pytest.mark.parametrize("text", ["levels: [", "a: b: c", "\tid: x", "x: &a [1]\ny: *a\n", "[" * 5000])
def test_what_is_not_yaml_is_said_with_its_place(text: str) -> None:
    with pytest.raises(UnreadableYamlError, match=r"mine\.yaml"):
        read_rubric(text, "mine.yaml")


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b\n"])
def test_yaml_that_is_no_rubric_is_refused(text: str) -> None:
    assert "a rubric file holds the keys id, version" in errors_of(text)[0]


def test_declared_equivalents_are_comparable_and_nothing_else_is() -> None:
    declared = GOOD + (
        'equivalents:\n  - version: "1"\n    indicators:\n      - indicator: Meaning/words\n'
        "        was: Understanding/Words\n    levels:\n      - level: Secure\n        was: Good\n"
    )
    made = read_rubric(declared, "mine.yaml")
    assert made.equivalent_indicator(IndicatorId("Meaning", "Words"), "1") == IndicatorId("Understanding", "Words")
    assert made.equivalent_level("Secure", "1") == "Good"
    assert made.equivalent_indicator(IndicatorId("Decoding", "Words"), "1") is None
    assert made.equivalent_level("Secure", "0") is None


def test_an_equivalent_of_something_unknown_is_refused() -> None:
    declared = GOOD + (
        'equivalents:\n  - version: "2"\n    indicators:\n      - indicator: Meaning/Nothing\n        was: Words\n'
    )
    said = errors_of(declared)
    assert "mine.yaml, line 17: version 2 is this file's own; name an earlier one." in said
    assert any("line 19: “Meaning/Nothing” is not an indicator of this rubric" in one for one in said)
    assert any("line 19: was: “Words” must be written as domain/indicator." in one for one in said)


def test_the_bundled_rubrics_are_the_published_ones() -> None:
    sizes = {key: (len(one.domains), len(one.indicators), len(one.levels)) for key, one in bundled().items()}
    assert sizes == {
        "nyc-quality-review@2005": (5, 28, 3),
        "nyc-quality-review@2007": (5, 35, 5),
        "nyc-quality-review@2008": (5, 20, 4),
        "nyc-quality-review@2010": (5, 20, 4),
        "nyc-quality-review@2012": (3, 10, 4),
        "personalized-learning@1": (5, 31, 3),
    }


def test_the_personalized_learning_rubric_keeps_the_published_names_and_asks_a_question_under_each() -> None:
    made = bundled()["personalized-learning@1"]
    assert made.levels == ("Developing", "Applying", "Mastering")
    assert made.find("Learner-Centered School Culture/Equity/Cultural Competency") is not None
    assert made.find("Learner-Centered Classroom Culture/Equity/Cultural Competency") is not None
    assert all(one.question for one in made.indicators)
    assert "own wording" in made.note


def test_bundled_rubric_files_are_in_block_style() -> None:
    for folder in rubric.data.__path__:
        for file in Path(folder).rglob("*.yaml"):
            lines = [line for line in file.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
            assert not [line for line in lines if "{" in line or "[" in line], file.name


def numbered(version: str) -> Rubric:
    return read_rubric(GOOD.replace('"2"', f'"{version}"'), "mine.yaml")


def test_a_bare_id_means_the_newest_version_and_numbers_in_versions_count_as_numbers() -> None:
    known = by_key([numbered("10"), numbered("9"), numbered("1.5")])
    assert find_rubric(known, "reading").version == "10"
    assert find_rubric(known, " reading@9 ").version == "9"
    assert list(known) == ["reading@1.5", "reading@9", "reading@10"]


def test_an_unknown_rubric_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownRubricError, match="“reading@3” is not a known rubric; known are reading@2"):
        find_rubric(by_key([numbered("2")]), "reading@3")
