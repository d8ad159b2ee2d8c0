"""The levels by domain as a picture, now and before, and in words for whoever does not see it."""

import pytest

from bot.documents.content import Document
from bot.documents.findings import findings
from bot.documents.forms import Form, made
from bot.documents.ratings_picture import alt, content
from bot.documents.vote_picture import ALT_TEXT
from rubric.library import bundled
from rubric.review import Rating, Review
from tests.bot.documents.plans import HOSTILE, TEAM, a_document
from tests.bot.documents.test_vote_picture import size

RUBRIC = bundled()["personalized-learning@1"]


def a_picture(*, rated: int = 20, compared: bool = True, school: str = "Juniper Hills School") -> Document:
    """Findings of a review that rates the rubric's first indicators, at all levels in turn."""
    levels = RUBRIC.levels
    ratings = tuple(Rating(one.id, levels[n % 3]) for n, one in enumerate(RUBRIC.indicators[:rated]))
    earlier = {one.id: levels[1] for one in RUBRIC.indicators} if compared else {}
    review = Review("JUNIPER", a_document().made_at.date(), RUBRIC.key, "", ratings)
    return Document(school, "JUNIPER", findings(review, RUBRIC, earlier, TEAM.audiences, held=False))


def test_each_indicator_has_its_level_now_and_before_and_what_is_not_rated_has_neither() -> None:
    lines = [line for domain in content(a_picture())["domains"] for line in domain["lines"]]
    assert [(line["step"], line["earlier_step"]) for line in lines[:3]] == [(1, 2), (2, 2), (3, 2)]
    assert len(lines) == 31
    assert {(line["step"], line["earlier_step"]) for line in lines[20:]} == {(0, 0)}


def test_the_text_in_its_place_counts_the_levels_out_of_how_many_were_rated() -> None:
    said = alt(a_picture())
    assert len(said) <= ALT_TEXT
    assert "20 of 31 rated" in said
    assert "Learner-Centered School Culture: 1 Developing, 1 Applying and 1 Mastering." in said
    assert "Learner-Centered Curriculum and Instruction: 1 Applying and 11 not rated." in said
    assert "Improved: Equity/Cultural Competency" in said and "Fell: High Expectations" in said


def test_a_first_review_says_that_there_is_nothing_to_compare_with() -> None:
    first = a_picture(compared=False)
    assert alt(first).endswith("There is no earlier review to compare with.")
    assert not content(first)["compared"]
    assert size(made(first, Form.PNG))[0] == 1600


@pytest.mark.parametrize("school", [HOSTILE, "Ειρήνη Олена Trần", "漢字 \U0010fffd", "x" * 300])
def test_the_picture_is_drawn_of_any_text_and_the_same_each_time(school: str) -> None:
    picture = made(a_picture(school=school), Form.PNG)
    assert picture == made(a_picture(school=school), Form.PNG)
    assert size(picture)[0] == 1600


def test_a_very_long_name_leaves_a_text_that_slack_takes() -> None:
    assert len(alt(a_picture(school="x" * 2000))) <= ALT_TEXT
