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
        "The coach visits every classroom once a month",
        "Teachers try two choice boards in each unit",
        "We plan for the student-led conferences together",
        "Grade teams will book the library for project days",
        "Students are setting goals with their advisors",
        "Crear un horario de tutorías con los estudiantes",
        "每周 一次 与学生 谈话",
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
        "Student voice in all the classrooms",
        "A new schedule for advisory",
        "Professional development on the portfolios",
        "",
    ],
)
def test_a_wish_without_a_verb_does_not(text: str) -> None:
    assert not says_what_is_done(text)


@given(st.text(max_size=200))
def test_whatever_somebody_types_is_judged(text: str) -> None:
    assert says_what_is_done(text) in (True, False)
