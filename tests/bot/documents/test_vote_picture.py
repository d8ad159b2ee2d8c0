"""The result of the vote as a picture, and in words for whoever does not see it."""

import struct
from datetime import date

import pytest

from bot.documents.vote_picture import ALT_TEXT, VotePicture
from planning.ballot import Tally, cut
from rubric.rubric import IndicatorId
from tests.bot.documents.plans import HOSTILE

CULTURE, CURRICULUM = "Learner-Centered School Culture", "Learner-Centered Curriculum and Instruction"


def a_picture(
    dots: dict[tuple[str, str], int], places: int = 2, school: str = "Juniper Hills School", *, runoff: bool = False
) -> VotePicture:
    """The picture of `dots` by (domain, indicator), for `places` priorities."""
    totals = sorted(((IndicatorId(*one), count) for one, count in dots.items()), key=lambda pair: -pair[1])
    result = Tally(tuple(totals), 6)
    return VotePicture(
        school, "ju/ni:per", date(2026, 12, 2), "ab12", result, cut(result, places), places, runoff=runoff
    )


TIED = a_picture(
    {
        (CURRICULUM, "Cognitive Lift"): 9,
        (CULTURE, "Equity/Cultural Competency"): 5,
        (CURRICULUM, "Equity/Cultural Competency"): 5,
        (CURRICULUM, "Data-Driven"): 1,
        (CURRICULUM, "Goal Setting"): 0,
    }
)


def size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the PNG's own header (PNG specification, 11.2.2)."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_the_same_result_is_the_same_picture_wide_enough_for_a_wall() -> None:
    picture = TIED.png()
    assert picture == TIED.png()
    assert size(picture)[0] == 1600


def test_most_dots_come_first_and_a_tie_is_marked_as_one() -> None:
    bars = TIED.content["bars"]
    assert [(bar["count"], bar["standing"]) for bar in bars] == [
        ("9 dots", "clear"),
        ("5 dots", "tied"),
        ("5 dots", "tied"),
        ("1 dot", "below"),
    ]
    assert TIED.content["without"] == "Goal Setting"
    assert TIED.content["tied"] == "A tie at the cut, for 1 place"


def test_the_picture_of_a_runoff_says_that_it_is_one() -> None:
    again = a_picture({(CURRICULUM, "Cognitive Lift"): 3, (CURRICULUM, "Data-Driven"): 1}, 1, runoff=True)
    assert (again.content["title"], again.content["cut_line"]) == (
        "How the dots fell in the runoff",
        "the cut, at 1 place",
    )
    assert again.alt.startswith("The runoff at Juniper Hills School, ")
    assert again.png() != a_picture({(CURRICULUM, "Cognitive Lift"): 3, (CURRICULUM, "Data-Driven"): 1}, 1).png()


def test_two_indicators_of_one_name_are_told_apart() -> None:
    assert [bar["domain"] for bar in TIED.content["bars"]] == ["", CULTURE, CURRICULUM, ""]


def test_the_text_in_its_place_says_the_whole_result() -> None:
    assert TIED.alt == (
        "The vote at Juniper Hills School, Wednesday, December 2, 2026. Cognitive Lift: 9 dots, "
        f"Equity/Cultural Competency ({CULTURE}): 5 dots, Equity/Cultural Competency ({CURRICULUM}): 5 dots and "
        "Data-Driven: 1 dot. 1 indicator has no dots. By the dots alone: Cognitive Lift. A tie at the cut, for 1 "
        f"place: Equity/Cultural Competency ({CULTURE}) and Equity/Cultural Competency ({CURRICULUM}). 6 ballots in "
        "all."
    )


def test_a_long_result_still_fits_what_slack_takes_and_keeps_the_leaders() -> None:
    crowd = a_picture({(CURRICULUM, f"{n} of forty things that learners do"): 60 - n for n in range(40)})
    assert len(crowd.alt) <= ALT_TEXT
    assert "0 of forty things that learners do: 60 dots" in crowd.alt and "more with dots" in crowd.alt
    assert size(crowd.png())[1] > size(TIED.png())[1]


@pytest.mark.parametrize("text", [HOSTILE, "Ειρήνη Олена Trần", "العربية עברית", "漢字 \U0010fffd", "x" * 300])
def test_any_text_can_be_drawn(text: str) -> None:
    picture = a_picture({(CURRICULUM, text): 3, (CULTURE, text): 1, (text, "Goal Setting"): 0}, school=text)
    assert size(picture.png())[0] == 1600
    assert picture.stem == "vote-ju-ni-per-ab12"


def test_a_vote_without_dots_is_drawn_as_one() -> None:
    nothing = a_picture({(CURRICULUM, "Cognitive Lift"): 0})
    assert size(nothing.png())[0] == 1600
    assert "No dots were placed. 1 indicator has no dots." in nothing.alt
