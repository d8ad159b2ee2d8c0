"""What comes out of a review file, in its order: reviews, reviews that are refused, and rows that are skipped."""

from collections.abc import Iterator
from dataclasses import dataclass

from rubric.review import Review
from rubric.school_code import code_key


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a row: where, what was `found`, and what was `expected`; `why` adds a reason."""

    row: int
    column: str
    found: str
    expected: str
    why: str = ""

    def __str__(self) -> str:
        place = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        found = f"found “{_short(self.found)}”" if self.found else "found nothing"
        return f"{place}: {found}, expected {self.expected}." + (f" {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Found:
    """A review, ready to be kept; `row` is its first row, `warnings` are sentences that do not refuse it."""

    row: int
    review: Review
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A review that cannot be kept, and every reason; school, date and rubric are as far as they are known."""

    row: int
    school: str
    date: str
    rubric: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row, or a review, that says nothing to keep."""

    row: int
    school: str
    date: str
    rubric: str
    reason: str


Outcome = Found | Refused | Skipped
RATES_NOTHING = "it rates nothing"
NO_ENTRY = "no mapping entry speaks for it"


class OncePerFile:
    """Lets each school, date and rubric id through once; remembers a fingerprint and a row for each, not the review."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], tuple[int, str]] = {}

    def checked(self, found: Found) -> Outcome:
        """`found` itself; the second of two alike is skipped, and the second of two that differ is refused."""
        review = found.review
        key = (code_key(review.school), review.date.isoformat(), review.rubric_id)
        digest = review.digest
        row, first = self._seen.setdefault(key, (found.row, digest))
        if row == found.row:
            return found
        date = review.date.isoformat()
        if first == digest:
            return Skipped(found.row, review.school, date, review.rubric, f"it says the same as row {row}")
        problem = Problem(
            found.row,
            "",
            f"{review.school}, {date}, {review.rubric_id}",
            "one review for a school, date and rubric",
            f"Row {row} holds another one, with different content; keep one of the two.",
        )
        return Refused(found.row, review.school, date, review.rubric, (problem,))


def checked_once(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """`outcomes`, with reviews that come twice in the file skipped or refused."""
    once = OncePerFile()
    for outcome in outcomes:
        yield once.checked(outcome) if isinstance(outcome, Found) else outcome


def _short(text: str) -> str:
    # What cannot be printed could steer the terminal that shows it.
    text = "".join(letter if letter.isprintable() else "·" for letter in text[:61])
    return text if len(text) <= 60 else f"{text[:59]}…"
