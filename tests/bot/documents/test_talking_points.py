"""What a reviewer reads aloud: three minutes, whole sentences, nothing told in confidence."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from bot.documents.talking_points import WORDS, talking_points, word_count
from rubric.library import bundled
from rubric.long import read_long
from rubric.mapping import read_mapping
from rubric.reading import Found
from rubric.review import Audience, Evidence, Goal, GoalResult, Rating, Review, Source
from rubric.rows import read_table
from rubric.rubric import IndicatorId
from rubric.wide import read_wide
from tests.bot.documents.plans import HOSTILE

RUBRIC = bundled()["personalized-learning@1"]
REAL = Path(__file__).parents[2] / "data" / "nyc-quality-review-cut.csv"


def sample() -> Review:
    """The newer review of the rehearsal's school."""
    with as_file(files("bot").joinpath("rehearsal", "sample")) as folder:
        outcomes, _ = read_long(read_table(folder / "juniper_hills" / "2026-10.csv"), bundled())
    (review,) = (outcome.review for outcome in outcomes if isinstance(outcome, Found))
    return review


def a_review(*levels: str, text: str = "", goals: tuple[Goal, ...] = (), said: tuple[Evidence, ...] = ()) -> Review:
    """A review that rates the rubric's first indicators, with `text` as every summary."""
    ratings = (Rating(one.id, level, text, said) for one, level in zip(RUBRIC.indicators, levels, strict=False))
    return Review("OAK", date(2026, 10, 13), RUBRIC.key, "", tuple(ratings), goals)


def spoken(review: Review, earlier: Mapping[IndicatorId, str] | None = None) -> str:
    """All paragraphs, one a line."""
    return "\n".join(talking_points("Oak School", review, RUBRIC, earlier or {}))


def test_the_sample_review_is_told_in_three_minutes_with_strengths_growth_evidence_and_goals() -> None:
    said = spoken(sample(), {RUBRIC.find("Structures and Systems of Support/Grading Systems"): "Applying"})  # type: ignore[dict-item]
    assert 250 < word_count(said) <= WORDS
    for text in (
        "We rated all 31 indicators.",
        "at Mastering, the highest level we gave, and so do 5 more.",
        "Of the 3 goals you had set yourselves, you met 1 and partly met 1.",
        "Met: At least 95 percent of learners have a one-to-one talk with their advisor each week.",
        "at Developing, the lowest level we gave, as do 6 more.",
        "Grading Systems: It stood at Applying before.",
        "What we saw: ",
    ):
        assert text in said


def test_nothing_told_in_confidence_and_no_statement_about_a_person_is_read_aloud() -> None:
    said = (
        Evidence(Source.INTERVIEW, "Told in trust", Audience.REVIEWER),
        Evidence(Source.DOCUMENT, "For leaders", Audience.LEADER),
        Evidence(Source.OBSERVATION, "Ms. Rivera spoke for most of the lesson", Audience.TEAM),
        Evidence(Source.OBSERVATION, "Learners spoke in most lessons", Audience.TEAM),
    )
    heard = spoken(a_review("Developing", "Mastering", said=said))
    assert "What we saw: Learners spoke in most lessons." in heard
    for private in ("Told in trust", "For leaders", "Rivera"):
        assert private not in heard


def test_sentences_are_said_whole_or_not_at_all_however_much_is_written() -> None:
    text = " ".join(f"Sentence {n} says what was seen." for n in range(400))
    goals = tuple(Goal(f"Goal {n} of the school", GoalResult.MET) for n in range(60))
    said = spoken(a_review(*["Developing", "Applying", "Mastering"] * 10, text=text, goals=goals))
    assert WORDS - 10 < word_count(said) <= WORDS
    assert said.count("says what was seen.") == said.count("says what")
    assert "You met all 60 goals you had set yourselves." in said


def test_a_review_at_one_level_calls_nothing_low() -> None:
    said = spoken(a_review("Applying", "Applying"))
    assert "No indicator stands lower than the others: all that we rated are at Applying." in said
    assert "We rated 2 of 31 indicators. We did not rate the others, and that says nothing about them." in said


def test_a_review_without_ratings_has_nothing_to_say() -> None:
    assert talking_points("Oak School", a_review(), RUBRIC, {}) == ()


@pytest.mark.parametrize("text", [HOSTILE, "{{ x }} {% y %}", "漢字の学び。" * 40, "\u202eturned"])
def test_people_s_text_is_text(text: str) -> None:
    said = spoken(a_review("Developing", "Mastering", text=text))
    assert word_count(said) <= WORDS
    assert text in said or len(text) > 100 or "\u202e" in text
    assert "\u202e" not in said


def test_real_reviews_of_five_rubrics_are_told_in_three_minutes() -> None:
    told = 0
    with as_file(files("rubric").joinpath("data", "examples", "nyc-quality-review.mapping.yaml")) as path:
        mapping = read_mapping(path.read_text(encoding="utf-8"), path.name, bundled())
    for outcome in read_wide(read_table(REAL), mapping):
        if isinstance(outcome, Found):
            review, rubric = outcome.review, bundled()[outcome.review.rubric]
            said = talking_points("P.S. 1", review, rubric, {})
            assert 0 < sum(map(word_count, said)) <= WORDS
            assert f"{len(review.ratings)} of {len(rubric.indicators)}" in said[0] or "We rated all" in said[0]
            told += 1
    assert told == 32
