"""Dates in review files: ISO, a spreadsheet's serial days, or a pattern that a mapping names."""

import datetime

from rubric.errors import LeversError

# A spreadsheet counts days so that 1 March 1900 is 61; its earlier days are one off, because it has a 29 February 1900.
_SERIAL_ZERO = datetime.date(1899, 12, 30)
EARLIEST, LATEST = datetime.date(1950, 1, 1), datetime.date(2199, 12, 31)


class DateError(LeversError):
    """A date that cannot be read; its text is what was expected instead."""


def read_date(found: str | datetime.date, date_format: str) -> datetime.date:
    """The date in `found`; `date_format` is `iso`, `excel` (a serial day) or a strptime pattern.

    A cell that a spreadsheet keeps as a date is that date. Raises `DateError`, whose text says what is expected.
    """
    if isinstance(found, datetime.datetime):
        return _plausible(found.date())
    if isinstance(found, datetime.date):
        return _plausible(found)
    text = found.strip()
    try:
        if date_format == "excel":
            whole, _, rest = text.partition(".")
            if not (whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))):
                raise ValueError
            return _plausible(_SERIAL_ZERO + datetime.timedelta(days=int(whole[:8])))
        if date_format == "iso":
            if len(text) > 10 and text[10] in " T":
                return _plausible(datetime.datetime.fromisoformat(text).date())
            return _plausible(datetime.datetime.strptime(text, "%Y-%m-%d").date())  # noqa: DTZ007
        return _plausible(datetime.datetime.strptime(text, date_format).date())  # noqa: DTZ007
    except (ValueError, OverflowError):
        raise DateError(_expected(date_format)) from None


def check_date_format(date_format: str) -> None:
    """Raises `DateError` when `date_format` is neither `iso` nor `excel` nor a pattern with day, month and year."""
    if date_format in ("iso", "excel"):
        return
    day = datetime.date(2003, 11, 25)
    try:
        same = datetime.datetime.strptime(day.strftime(date_format), date_format).date() == day  # noqa: DTZ007
    except ValueError:
        same = False
    if not same:
        raise DateError(f"“{date_format}” is not a date format; write iso, excel, or a pattern such as %d.%m.%Y.")


def _plausible(date: datetime.date) -> datetime.date:
    if not EARLIEST <= date <= LATEST:
        raise DateError(f"a date between {EARLIEST} and {LATEST}")
    return date


def _expected(date_format: str) -> str:
    if date_format == "iso":
        return "a date like 2026-10-13"
    if date_format == "excel":
        return "a spreadsheet's serial day like 38810"
    return f"a date in the form {date_format}"
