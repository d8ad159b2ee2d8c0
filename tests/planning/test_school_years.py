"""School years: the summer is no school time, and counts of days pause over it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.school_year import SchoolYear, after_days, days_between, ending, year_of

THIS = SchoolYear(date(2026, 8, 17), date(2027, 6, 4))
NEXT = SchoolYear(date(2027, 8, 23), date(2028, 6, 2))
ONE = SchoolCalendar("America/Chicago", years=(THIS,))
TWO = SchoolCalendar("America/Chicago", years=(THIS, NEXT))
NONE = SchoolCalendar("America/Chicago")


def test_thirty_days_after_a_commit_in_spring_are_thirty_days_later() -> None:
    assert after_days(ONE, date(2027, 4, 1), 30) == date(2027, 5, 1)


def test_a_count_pauses_over_the_summer() -> None:
    assert after_days(TWO, date(2027, 5, 25), 30) == date(2027, 9, 11), "ten days before the summer, twenty after it"


def test_a_count_into_a_year_that_is_not_known_has_no_day_yet() -> None:
    assert after_days(ONE, date(2027, 5, 25), 30) is None


def test_without_school_years_every_day_counts() -> None:
    assert after_days(NONE, date(2027, 5, 25), 90) == date(2027, 8, 23)


@settings(deadline=None)
@given(st.dates(date(2026, 8, 17), date(2027, 6, 4)), st.integers(1, 180))
def test_counting_on_and_counting_back_agree(day: date, count: int) -> None:
    found = after_days(TWO, day, count)
    assert found is not None and TWO.closed_for(found) != "the summer"
    assert days_between(TWO, day, found) == count


def test_no_school_day_follows_the_last_one_until_the_next_year_is_entered() -> None:
    assert ONE.school_day(date(2027, 6, 5)) == NOT_YET_KNOWN
    assert TWO.school_day(date(2027, 6, 5)) == date(2027, 8, 23)
    assert ONE.school_day(date(2027, 6, 4)) == date(2027, 6, 4)


def test_what_came_long_before_the_first_year_that_is_known_is_taken_for_school_time() -> None:
    assert ONE.closed_for(date(2026, 3, 4)) is None
    assert ONE.closed_for(date(2026, 7, 8)) == "the summer"


@pytest.mark.parametrize(
    "day, expected", [(date(2027, 5, 5), None), (date(2027, 5, 6), THIS), (date(2027, 6, 7), None)]
)
def test_the_last_month_is_the_thirty_days_up_to_the_last_one(day: date, expected: SchoolYear | None) -> None:
    assert ending(ONE, day) == expected
    assert year_of(ONE, THIS.last + timedelta(days=1)) is None
