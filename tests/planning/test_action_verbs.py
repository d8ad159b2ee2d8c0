"""Which actions say what somebody does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.action_verbs import says_what_is_done


@pytest.mark.parametrize(
    "text",
    [
        "Write three shared units",
        "Visit two lessons of a colleague",
        "Survey the students about choice",
        "Plan with the grade team every Tuesday",
        "Agree on the norms for feedback",
        "Remind families of the conference in March",
        "Bring in an expert on rubrics",
        "Discuss in the team what works",
        "Co-plan one lesson a month",
        "Rotate the groups every two weeks",
        "Every teacher posts goals in the room",
        "The coach visits every classroom once a month",
        "The principal emails all families",
        "A team of teachers reviews the rubric",
        "Students are setting goals with their advisors",
        "Write emails",
        "Crear un horario de tutorías con los estudiantes",
        "A los padres se les informa",
        "Elternabende in jedem Quartal organisieren",
        "Organizzare incontri in ogni classe",
        "每周与学生谈话",
    ],
)
def test_a_sentence_with_a_verb_says_what_is_done(text: str) -> None:
    assert says_what_is_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "Posters",
        "Better posters",
        "Posters in the hallway",
        "More time for the teachers",
        "A new schedule for advisory",
        "Professional development on the portfolios",
        "Weekly meeting of the team",
        "Training on the new tool",
        "Laptops for every student",
        "",
    ],
)
def test_a_wish_without_a_verb_does_not(text: str) -> None:
    assert not says_what_is_done(text)


@given(st.text(max_size=200))
def test_whatever_somebody_types_is_judged(text: str) -> None:
    assert says_what_is_done(text) in (True, False)
