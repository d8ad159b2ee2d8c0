"""A due date in words becomes a date, never a past one, and whatever else is typed gets a sentence that helps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planning.calendar import Closure, SchoolCalendar
from planning.due_words import DueWordsError, due_from
from planning.plan import FARTHEST
from planning.school_year import SchoolYear

TODAY = date(2026, 12, 2)
"""A Wednesday."""
CLOSURES = (
    Closure(date(2026, 11, 25), date(2026, 11, 27), "Thanksgiving break"),
    Closure(date(2026, 12, 21), date(2027, 1, 1), "Winter break"),
    Closure(date(2027, 3, 15), date(2027, 3, 19), "Spring break"),
)
SCHOOL = SchoolCalendar("America/Chicago", CLOSURES)


@pytest.mark.parametrize(
    "words, day",
    [
        ("by spring break", date(2027, 3, 12)),
        ("Before Winter Break", date(2026, 12, 18)),
        ("after winter break", date(2027, 1, 4)),
        ("in spring break", date(2027, 3, 15)),
        ("during the spring break", date(2027, 3, 15)),
        ("by Memorial Day", date(2027, 5, 28)),
        ("March 14", date(2027, 3, 14)),
        ("by March 14", date(2027, 3, 14)),
        ("14 March 2028", date(2028, 3, 14)),
        ("14.3.", date(2027, 3, 14)),
        ("3/14", date(2027, 3, 14)),
        ("2027-03-14", date(2027, 3, 14)),
        ("in six weeks", date(2027, 1, 13)),
        ("in 10 days", date(2026, 12, 12)),
        ("in a month", date(2027, 1, 2)),
        ("two weeks from Monday", date(2026, 12, 21)),
        ("a week after spring break", date(2027, 3, 29)),
        ("end of November", date(2027, 11, 30)),
        ("the end of the month", date(2026, 12, 31)),
        ("by the end of January", date(2027, 1, 31)),
        ("Friday", date(2026, 12, 4)),
        ("this friday", date(2026, 12, 4)),
        ("next Friday", date(2026, 12, 11)),
        ("tomorrow", date(2026, 12, 3)),
        ("next week", date(2026, 12, 11)),
        ("by the 5th", date(2026, 12, 5)),
        ("the 1st", date(2027, 1, 1)),
        ("the 31st of this month", date(2026, 12, 31)),
        ("by MLK day", date(2027, 1, 15)),
        ("by the end of winter break", date(2027, 1, 4)),
        ("start of spring break", date(2027, 3, 12)),
        ("the day before winter break", date(2026, 12, 18)),
        ("two weeks before spring break", date(2027, 2, 26)),
        ("a week before June 1", date(2027, 5, 25)),
        ("mid-January", date(2027, 1, 15)),
        ("early in March", date(2027, 3, 5)),
        ("late February 2028", date(2028, 2, 29)),
        ("by the first week of February", date(2027, 2, 5)),
        ("the last Monday in May", date(2027, 5, 31)),
        ("the week of January 11", date(2027, 1, 15)),
    ],
)
def test_what_people_say_is_the_day_they_mean(words: str, day: date) -> None:
    assert due_from(words, TODAY, SCHOOL) == day


def test_numbers_are_read_in_the_order_of_the_school_s_country() -> None:
    assert due_from("3/4", TODAY, SCHOOL) == date(2027, 3, 4)
    assert due_from("3/4", TODAY, SchoolCalendar("Europe/Dublin", (), "IE")) == date(2027, 4, 3)


def test_a_break_that_has_begun_is_the_next_one_of_its_name() -> None:
    later = Closure(date(2027, 12, 20), date(2027, 12, 31), "Winter break")
    school = SchoolCalendar("America/Chicago", (*CLOSURES, later))
    assert due_from("before winter break", date(2026, 12, 22), school) == date(2027, 12, 17)


@pytest.mark.parametrize("words", ["by the end of the school year", "the last day of school", "before summer break"])
def test_the_end_of_the_school_year_is_read_in_the_calendar(words: str) -> None:
    years = (SchoolYear(date(2025, 8, 18), date(2026, 6, 5)), SchoolYear(date(2026, 8, 17), date(2027, 6, 4)))
    assert due_from(words, TODAY, replace(SCHOOL, years=years)) == date(2027, 6, 4)


def test_by_a_holiday_of_a_year_that_is_not_entered_yet_is_the_day_before_it_and_not_the_last_day_of_this_year() -> (
    None
):
    school = replace(SCHOOL, years=(SchoolYear(date(2026, 8, 17), date(2027, 6, 4)),))
    assert due_from("by Thanksgiving", TODAY, school) == date(2027, 11, 24)


@pytest.mark.parametrize(
    "words",
    [
        "banana",
        "soon",
        "5",
        "2027",
        "the 32nd",
        "by summer",
        "when it is done",
        "31.2.",
        "0.0.",
        "",
        "x" * 200,
        "break",
    ],
)
def test_what_is_no_date_is_answered_with_examples(words: str) -> None:
    with pytest.raises(DueWordsError, match="by spring break") as error:
        due_from(words, TODAY, SCHOOL)
    assert error.value.field == "due_words"


@pytest.mark.parametrize(
    "words, said", [("yesterday", "has passed"), ("March 14, 2024", "has passed"), ("in 90 years", "two years away")]
)
def test_a_date_that_cannot_be_kept_says_which_date_it_would_be(words: str, said: str) -> None:
    with pytest.raises(DueWordsError, match=said):
        due_from(words, TODAY, SCHOOL)


WORDS = st.lists(
    st.sampled_from(
        ["in", "by", "after", "before", "next", "end of", "two", "weeks", "month", "from", "Monday", "March", "14",
         "31.2.", "0", "999", "years", "spring", "break", "the", "29", "february", "day", "ago", "last", "/", "."]
    ),
    max_size=7,
).map(" ".join)  # fmt: skip


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.one_of(WORDS, st.text(max_size=90)), st.dates(date(2025, 1, 1), date(2030, 12, 31)))
@example("in 999 years", date(2026, 12, 2))
@example("29 february", date(2026, 12, 2))
def test_whatever_is_typed_is_a_day_to_come_or_a_sentence(words: str, today: date) -> None:
    try:
        day = due_from(words, today, SCHOOL)
    except DueWordsError as error:
        assert str(error)
        return
    assert today <= day <= today + FARTHEST


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.dates(date(2026, 8, 1), date(2027, 3, 12)))
def test_by_a_break_is_a_school_day_and_the_last_one_before_it(today: date) -> None:
    day = due_from("by spring break", today, SCHOOL)
    assert SCHOOL.closed_for(day) is None or day < today
    between = (day + timedelta(days=n) for n in range(1, (date(2027, 3, 15) - day).days))
    assert all(SCHOOL.closed_for(one) for one in between)
