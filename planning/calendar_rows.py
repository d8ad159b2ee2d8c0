"""What the rows of a calendar file say, whatever kind it is, and which words mean that school is closed or busy."""

import re
from dataclasses import dataclass
from datetime import date

from planning.school_days import DayKind
from rubric.errors import LeversError

CLOSED_WORDS = (
    "closed",
    "no school",
    "no classes",
    "no students",
    "student holiday",
    "holiday",
    "break",
    "recess",
    "vacation",
    "day off",
    "snow day",
    "offices closed",
)
BUSY_WORDS = (
    "busy",
    "testing",
    "test",
    "tests",
    "exam",
    "exams",
    "assessment",
    "assessments",
    "report card",
    "report cards",
    "grades due",
    "grading",
    "conference",
    "conferences",
    "professional development",
    "in-service",
    "inservice",
    "workday",
    "work day",
)
"""Words, in an entry's category or its name, that mean a closed or a busy day; the first list wins."""
FIRST_DAY, LAST_DAY = ("first day of school", "school begins"), ("last day of school", "school ends")


class UnreadableCalendarError(LeversError):
    """A file that is no calendar, or one that holds nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row or event: its number in the file (from 1; a table's as a spreadsheet shows it) and what it says.

    A `problem` keeps it from being read; a `note` says what in it was read otherwise than it was meant; `left_out` says
    why it is none of the school's days, whatever its title.
    """

    number: int
    name: str
    category: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""
    note: str = ""
    left_out: str = ""


def meaning(category: str, name: str) -> DayKind | bool | None:
    """What an entry means: its category decides, else its name; True and False are a first and a last day of school.

    None where neither says anything that Levers knows.
    """
    for text in (category, name):
        said = " ".join(re.findall(r"[\w-]+", text.casefold()))
        if said in {kind.value for kind in DayKind}:
            return DayKind(said)
        if said in ("school year", "term"):
            return DayKind.YEAR
        for words, means in _MEANINGS:
            if any(re.search(rf"\b{re.escape(word)}\b", said) for word in words):
                return means
    return None


_MEANINGS: tuple[tuple[tuple[str, ...], DayKind | bool], ...] = (
    (FIRST_DAY, True),
    (LAST_DAY, False),
    (CLOSED_WORDS, DayKind.CLOSED),
    (BUSY_WORDS, DayKind.BUSY),
)
