"""What the rows of a calendar file say, whatever kind it is, and what its titles say of school time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planning.school_days import DayKind
from rubric.errors import LeversError

CLOSED_WORDS = (
    r"no school(?! (?:uniforms?|lunch|meals?|bus|buses|fees?)\b)",
    "no classes",
    "no students",
    "student holiday (?:teacher|staff)",
    r"(?!(?:library|gym|pool|cafeteria|registration|enrollment|lot) closed)(?:^|[\w-]+ )closed(?! (?:early|at)\b)",
)
"""What says, wherever it stands in a title or a category, that school is closed."""
OPEN_WORDS = (
    r"schools? (?:is|are) open(?! (?:if|for|until|to)\b)",
    r"(?:schools?|classes|students) (?:(?:is|are) )?in session(?! if\b)",
)
"""What says that there is school all the same, as on a public holiday."""
BUSY_WORDS = (
    "busy",
    "testing",
    "tests?",
    "exams?",
    "assessments?",
    "report cards?",
    "grades due",
    "grading",
    "conferences?",
    "professional development",
    "staff development",
    "pd",
    "in-?service",
    "work ?day",
)
"""What says that the school is busy; what says that it is closed goes before."""
FIRST_DAY, LAST_DAY = (
    (f"{which} day of (?:school|class|classes|instruction)", f"{which} day for (?:all )?students", verb)
    for which, verb in (
        ("first", r"school begins(?! (?:at|early|late)\b)"),
        ("last", r"school ends(?! (?:at|early|late)\b)"),
    )
)


class UnreadableCalendarError(LeversError):
    """A file that is no calendar, or one that holds nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row or event: its number in the file (from 1; a table's as a spreadsheet shows it) and what it says.

    A `problem` keeps it from being read; a `note` says what in it was read otherwise than it was meant; `left_out` says
    why it is none of the school's days, whatever its title; a `timed` one has a time of day.
    """

    number: int
    name: str
    category: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""
    note: str = ""
    left_out: str = ""
    timed: bool = False


def meaning(category: str, name: str) -> DayKind | bool | None:
    """What an entry means: its category decides, else its name; True and False are a first and a last day of school.

    None where neither says anything that Levers knows.
    """
    for text in (category, name):
        said = _plain(text)
        # Behind no other word “open” says nothing of school, unless it stands where kinds do.
        if said in {kind.value for kind in DayKind if kind is not DayKind.OPEN or text == category}:
            return DayKind(said)
        if said in ("school year", "term"):
            return DayKind.YEAR
        edge = _edge(text)
        if edge is not None:
            return edge
        if _says(CLOSED_WORDS, said):
            return DayKind.CLOSED
        if _says(OPEN_WORDS, said):
            return DayKind.OPEN
        if _names_closed_days(text):
            return DayKind.CLOSED
        if _says(BUSY_WORDS, said):
            return DayKind.BUSY
    return None


def begins_or_ends(name: str) -> bool:
    """Whether a title speaks of the beginning or the end of something, and not of the whole of it."""
    return _BEGINS_OR_ENDS.search(_plain(name)) is not None


def _edge(text: str) -> bool | None:
    """Whether a title names the first day of a school year (True) or the last (False); None for the edges of a break or
    of a part of the year."""
    if _A_BREAK.search(_SUMMER.sub(" ", _plain(text))):
        return None
    for part in map(_plain, _PARTS.split(text)):
        if _PART_OF_A_YEAR.search(_SUMMER.sub(" ", part)) or (_STAFF.search(part) and "student" not in part):
            continue
        for words, begins in ((FIRST_DAY, True), (LAST_DAY, False)):
            if _says(words, part):
                return begins
    return None


def _names_closed_days(text: str) -> bool:
    """Whether a title is about a break: “Winter break begins”, and neither “Holiday concert” nor “after the break”."""
    said, parts = _plain(text), [part for part in map(_plain, _PARTS.split(text)) if part]
    if _HALF_DAY.search(said) or _says((*FIRST_DAY, *LAST_DAY), said):
        return False
    if _BEGINS_OR_ENDS.search(said) and _CLOCK.search(text):
        return False
    if not parts or _OTHER_DAYS.search(parts[0]) or (_RESUMES.search(said) and _BEGINS_OR_ENDS.search(said)):
        return False
    return any(_CLOSED_DAYS.fullmatch(part) and not _OTHER_DAYS.search(part) for part in parts)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w[\w-]*\b", text.casefold()))


def _says(words: Iterable[str], said: str) -> bool:
    return any(re.search(rf"\b(?:{word})\b", said) for word in words)


_PARTS = re.compile(r"[^\w\s'’-]+|\s-+|-+\s")
"""Where one thing that a title says ends and the next begins; a hyphen within a word does not."""
_A_BREAK = re.compile(r"\b(?:breaks?|recess|vacations?|holidays?)\b")
_SUMMER = re.compile(
    r"\b(?:(?:before|after|until) (?:the )?summer(?: (?:break|recess|vacation|holidays?))?"
    r"|summer (?:break|recess|vacation|holidays?))\b"
)
_PART_OF_A_YEAR = re.compile(
    r"\b(?:before|after|again|resumes?|summer|semester|quarter|trimester|term|marking|week|month)\b"
)
_STAFF = re.compile(r"\b(?:teachers?|staff|faculty)\b")
_BEGINS_OR_ENDS = re.compile(r"\b(?:begins?|starts?|ends?|beginning|end|(?:first|last) day)\b")
_CLOCK = re.compile(r"\d:\d\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
_HALF_DAY = re.compile(r"\b(?:early (?:dismissal|release|out)|half[ -]day|minimum day|make-?ups?|make up)\b")
_RESUMES = re.compile(r"\b(?:resum(?:es?|ing)|reopens?|returns?|back)\b")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_OTHER_DAYS = re.compile(
    r"\b(?:before|after|from|until|till|to|for|during|over|with|happy|enjoy|your|coffee|lunch|snack|brain|indoor|outdoor"
    rf"|{_RESUMES.pattern})\b(?! (?:all )?(?:students|staff|everyone|schools)\b)(?! (?:\d|{_MONTH}\b))"
)
"""What is said about a break, or about one that nobody has off, and does not name its days."""
_CLOSED_DAYS = re.compile(
    r"(?:[\w-]+ )*(?:breaks?|recess|vacations?|holidays?|snow days?|day off)"
    r"(?: (?:days?|weeks?|begins?|starts?|ends?|continues?|observed|observance|schools|district-?wide|and|for|all"
    r"|students|staff|everyone|to|through|thru|until|\d+(?:st|nd|rd|th)?(?:-\d+)?"
    rf"|{_MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day))*"
)
"""A title with a break at its head: nothing follows but which of its days, and for whom."""
