"""A due date in words, read as a date: by the school's own calendar first, then as dates are commonly said."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from planning.calendar import NOT_YET_KNOWN, Closure, SchoolCalendar
from planning.due_months import DAYS, FRIDAY, named, next_such, part_of_month, week_of_month
from planning.plan import FARTHEST, StepError

LONGEST = 80
"""Nobody needs more letters for a date."""
LONGEST_BREAK = timedelta(days=45)
"""A break has a school day before it within so many days, where the school year of it is known."""
SHORTEST_INITIALS = 3
MOST_DAYS_TO_A_DAY = 62
"""A 31st comes at the latest after so many days."""
MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "AS", "MP", "VI", "UM", "FM", "MH", "PW"})
"""Countries that write the month before the day (Unicode CLDR, short dates in English)."""
YEAR_FIRST = frozenset({"CA", "CN", "HU", "JP", "KP", "KR", "LT", "MN", "TW", "ZA"})
EXAMPLES = "“March 14”, “in six weeks”, “end of November”, “next Friday” or “by spring break”"

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_SMALL)} | {"a": 1, "an": 1, "a couple of": 2, "a few": 3}
_AMOUNT = r"(\d{1,3}|a couple of|a few|" + "|".join((*_SMALL, "an", "a")) + r")"
_SPAN = re.compile(rf"(?:in |within )?{_AMOUNT} (day|week|month|year)s?(?: time)?(?: (?:from|after) (.+))?")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.? ?(\d{4}|\d{2})?")
_CLOSURE = re.compile(r"(before|by|until|till|after|following|in|during|over|on)? ?(?:the )?(.+)")
_EDGE = re.compile(r"(?:(?:by|at|until|till|before) )?(?:the )?(end|start|beginning) of ")
_EARLIER = re.compile(rf"(the|{_AMOUNT}) (day|week|month)s? before (.+)")
_DAY_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)(?: of (?:the|this) month)?")
_DIGITS = re.compile(r"\d{1,4}")
_YEAR_END = re.compile(
    r"(?:the )?(?:(?:end|last day) of (?:the |this )?school(?: year)?|summer(?: break| vacation| holidays?)?)"
)
_LEAD = re.compile(r"(?:due |no later than |not later than |at the latest |by |until |till |before |on )(?:the )?")


class DueWordsError(StepError):
    """The words are no date that can be kept; the sentence says which words, and what would be understood."""

    def __init__(self, sentence: str) -> None:
        super().__init__("due_words", sentence)


def due_from(words: str, today: date, calendar: SchoolCalendar) -> date:
    """The local date that `words` mean on `today`, today or later: of several the next one.

    "By" or "before" a break of the school's calendar is the last school day before it, "after" it the first one
    after, "in" it its first day. Raises DueWordsError for what is not understood, is past, or too far off.
    """
    said = " ".join(words.split())
    plain = " ".join(re.sub(r"[,!?“”\"]", " ", said.casefold()).split()).strip(" -–—;:")
    if not plain or len(plain) > LONGEST:
        raise DueWordsError(f"Say the date in a few words, like {EXAMPLES}.")
    try:
        found = _read(plain, today, calendar)
    except (OverflowError, ValueError):
        found = None
    if found is None:
        raise DueWordsError(f"I do not know which date “{said}” is. Try {EXAMPLES}.")
    if found < today:
        raise DueWordsError(f"“{said}” would be {found:%B} {found.day}, {found.year}, and that has passed.")
    if found > today + FARTHEST:
        raise DueWordsError(f"“{said}” would be {found:%B} {found.day}, {found.year}, more than two years away.")
    return found


def _read(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    closure = _closure(plain, today, calendar)
    if closure is not None:
        return closure
    lead = _LEAD.match(plain)
    rest = plain[lead.end() :] if lead else plain
    for rule in (_year_end, _span, _before_that, _dotted, _day_of_month, _weekday, _ending, _month, _week_of, _near):
        found = rule(rest, today, calendar)
        if found is not None:
            return found
    # A few digits alone are a day, a month or a year: whichever is guessed is most likely not what was meant.
    return None if _DIGITS.fullmatch(rest) else _commonly(rest, today, calendar.country)


def _closure(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    """ "by spring break", "after Thanksgiving", "in winter break"; its end is the day on which school is back."""
    edge = _EDGE.match(plain)
    if edge is not None:
        plain = f"{'after' if edge[1] == 'end' else 'before'} {plain[edge.end() :]}"
    match = _CLOSURE.fullmatch(plain)
    if match is None:
        return None
    how, name = match.groups()
    for closure in calendar.closures_from(today):
        if _called(closure, name):
            day = _CLOSED[how or "by"](closure, calendar)
            if day >= today:
                return day
    return None


def _called(closure: Closure, name: str) -> bool:
    known, asked = _letters(closure.name), _letters(name)
    # Martin Luther King Jr. Day is MLK day to most who speak of it.
    if any(len(one) >= SHORTEST_INITIALS and _initials(closure.name).startswith(one) for one in asked):
        return True
    shared = asked <= known or (known - {"day", "break", "holiday"}) == asked - {"day", "break", "holiday"}
    return bool(asked - {"day", "break", "holiday", "the", "school", "public"}) and shared


def _letters(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.casefold().replace("'", "").replace("’", "")))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", name.casefold()))


def _before(day: date, calendar: SchoolCalendar) -> date:
    known = calendar.school_day_before(day)
    # Where the year of that day is not entered yet, the last known school day is no answer.
    return known if day - known <= LONGEST_BREAK else day - timedelta(days=1)


def _after(day: date, calendar: SchoolCalendar) -> date:
    following = day + timedelta(days=1)
    known = calendar.school_day(following)
    return following if known == NOT_YET_KNOWN else known


_CLOSED: dict[str, Callable[[Closure, SchoolCalendar], date]] = {
    **dict.fromkeys(("by", "before", "until", "till"), lambda closure, calendar: _before(closure.first, calendar)),
    **dict.fromkeys(("after", "following"), lambda closure, calendar: _after(closure.last, calendar)),
    **dict.fromkeys(("in", "during", "over", "on"), lambda closure, _calendar: closure.first),
}


def _span(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    """ "in six weeks", "two weeks from Monday"."""
    match = _SPAN.fullmatch(plain)
    if match is None:
        return None
    amount, unit, base = match.groups()
    number = _NUMBERS[amount] if amount in _NUMBERS else int(amount)
    start: date | None = today
    if base not in (None, "now", "today"):
        start = _closure(f"after {base}", today, calendar) or _read(base, today, calendar)
    if start is None:
        return None
    if unit in ("day", "week"):
        return start + timedelta(days=number * (7 if unit == "week" else 1))
    months = start.month - 1 + number * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _before_that(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    """ "the day before winter break", "two weeks before spring break", "a week before June 1"."""
    match = _EARLIER.fullmatch(plain)
    if match is None:
        return None
    amount, _, unit, base = match.groups()
    number = 1 if amount == "the" else _NUMBERS[amount] if amount in _NUMBERS else int(amount)
    closed = _closure(f"before {base}", today, calendar)
    start = closed or _read(base, today, calendar)
    if start is None:
        return None
    # The last school day before a break is one day before it.
    days = number * {"day": 1, "week": 7, "month": 30}[unit]
    return start - timedelta(days=days - 1 if closed and unit == "day" else days)


def _dotted(plain: str, today: date, _calendar: SchoolCalendar) -> date | None:
    """ "14.3.", where the day is always first."""
    match = _DOTTED.fullmatch(plain)
    if match is None:
        return None
    day, month, year = match.groups()
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    return next_such(today, int(month), int(day))


def _year_end(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    """ "the end of the school year", "the last day of school", "by summer": where the calendar knows it."""
    if not _YEAR_END.fullmatch(plain):
        return None
    return min((year.last for year in calendar.years if year.last >= today), default=None)


def _day_of_month(plain: str, today: date, _calendar: SchoolCalendar) -> date | None:
    """ "the 5th": the next one."""
    match = _DAY_OF_MONTH.fullmatch(plain)
    if match is None:
        return None
    days = {day.day: day for day in (today + timedelta(days=number) for number in range(MOST_DAYS_TO_A_DAY, -1, -1))}
    if int(match[1]) not in days:
        raise ValueError("no such day")
    return days[int(match[1])]


def _weekday(plain: str, today: date, _calendar: SchoolCalendar) -> date | None:
    """ "Friday" and "this Friday" are the coming one, "next Friday" is next week's."""
    which, _, name = plain.rpartition(" ")
    day = named(name, DAYS)
    if day is None or which not in ("", "this", "coming", "this coming", "next"):
        return None
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + day)
    return today + timedelta(days=(day - today.weekday()) % 7 or 7)


def _ending(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    """ "end of next month", "the end of the week"."""
    match = re.fullmatch(r"(?:the )?(?:at the )?(?:end|last day) of (?:the |this )?(.+)", plain)
    if match is None or match[1] not in ("week", "next week", "month", "next month", "year"):
        return None
    return _near(f"this {match[1]}".replace("this next", "next"), today, calendar)


def _month(plain: str, today: date, _calendar: SchoolCalendar) -> date | None:
    """ "end of November", "mid January", "the first week of February"."""
    return part_of_month(plain, today) or week_of_month(plain, today)


def _week_of(plain: str, today: date, calendar: SchoolCalendar) -> date | None:
    """ "the week of January 11": its Friday."""
    match = re.fullmatch(r"(?:the )?week of (.+)", plain)
    day = _read(match[1], today, calendar) if match else None
    return day + timedelta(days=max(FRIDAY - day.weekday(), 0)) if day else None


def _near(plain: str, today: date, _calendar: SchoolCalendar) -> date | None:
    """ "today", "tomorrow", "this week", "next month": the last working day, or the last day, of a stretch."""
    friday = today + timedelta(days=max(4 - today.weekday(), 0))
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    last = monthrange(following.year, following.month)[1]
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "this week": friday,
        "next week": today + timedelta(days=7 - today.weekday() + 4),
        "this month": following - timedelta(days=1),
        "next month": following.replace(day=last),
        "this year": date(today.year, 12, 31),
    }.get(plain)


def _commonly(plain: str, today: date, country: str) -> date | None:
    """As dates are commonly said or written; of those without a year, the next."""
    try:
        found = _parser(_order(country), today).get_date_data(plain).date_obj
    except Exception:
        # People may type anything, and the library's own faults on it are as varied: none of it is a date.
        return None
    return found.date() if found else None


def _order(country: str) -> str:
    if country in MONTH_FIRST:
        return "MDY"
    return "YMD" if country in YEAR_FIRST else "DMY"


@cache
def get_ready() -> None:
    """Load what reading a date takes, so that whoever types the first one does not wait for it."""
    _commonly("march 14", date(2000, 1, 1), "US")


@cache
def _languages() -> Any:
    # It takes a while to load, and most processes never read a date in words.
    from dateparser.date import DateDataParser

    return DateDataParser


def _parser(order: str, today: date) -> Any:
    settings = {
        "DATE_ORDER": order,
        "PREFER_DATES_FROM": "future",
        "PREFER_DAY_OF_MONTH": "last",
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return _languages()(languages=["en"], settings=settings)
