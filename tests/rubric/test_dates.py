"""Dates in review files: each format reads its own, and nothing is guessed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.dates import EARLIEST, LATEST, DateError, check_date_format, read_date


@pytest.mark.parametrize(
    ("found", "date_format", "date"),
    [
        ("38810", "excel", datetime.date(2006, 4, 3)),
        ("38810.75", "excel", datetime.date(2006, 4, 3)),
        (" 2026-10-13 ", "iso", datetime.date(2026, 10, 13)),
        ("2026-10-13T09:00:00", "iso", datetime.date(2026, 10, 13)),
        ("13.10.2026", "%d.%m.%Y", datetime.date(2026, 10, 13)),
        (datetime.date(2026, 10, 13), "excel", datetime.date(2026, 10, 13)),
        (datetime.datetime(2026, 10, 13, 9), "%d.%m.%Y", datetime.date(2026, 10, 13)),  # noqa: DTZ001
    ],
)
def test_a_date_is_read_in_its_format(found: str | datetime.date, date_format: str, date: datetime.date) -> None:
    assert read_date(found, date_format) == date


@pytest.mark.parametrize(
    ("found", "date_format", "expected"),
    [
        ("13/10/2026", "iso", "a date like 2026-10-13"),
        ("2026-02-30", "iso", "a date like 2026-10-13"),
        ("20261013", "iso", "a date like 2026-10-13"),
        ("", "iso", "a date like 2026-10-13"),
        ("2006-04-03", "excel", "a spreadsheet's serial day like 38810"),
        ("-5", "excel", "a spreadsheet's serial day like 38810"),
        ("٣٨٨١٠", "excel", "a spreadsheet's serial day like 38810"),
        ("99999999999999", "excel", "a spreadsheet's serial day like 38810"),
        ("5", "excel", "a date between 1950-01-01 and 2199-12-31"),
        ("2026-10-13", "%d.%m.%Y", "a date in the form %d.%m.%Y"),
    ],
)
def test_what_is_not_a_date_of_the_format_is_refused_with_what_was_expected(
    found: str, date_format: str, expected: str
) -> None:
    with pytest.raises(DateError) as caught:
        read_date(found, date_format)
    assert str(caught.value) == expected


@pytest.mark.parametrize("date_format", ["%d.%m", "excell", "", "%Q", "%H:%M"])
def test_a_pattern_without_day_month_and_year_is_no_date_format(date_format: str) -> None:
    with pytest.raises(DateError):
        check_date_format(date_format)


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%B %d, %Y"]))
def test_every_date_written_in_a_pattern_is_read_back(date: datetime.date, pattern: str) -> None:
    check_date_format(pattern)
    assert read_date(date.strftime(pattern), pattern) == date
    assert read_date(date.isoformat(), "iso") == date
    assert read_date(str((date - datetime.date(1899, 12, 30)).days), "excel") == date
