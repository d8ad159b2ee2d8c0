"""One row of the long form, cell by cell."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rubric.confidence import default_audience
from rubric.dates import DateError, read_date
from rubric.library import UnknownRubricError, find_rubric
from rubric.reading import RATES_NOTHING, Problem, Skipped
from rubric.review import Audience, Evidence, Goal, GoalResult, Source
from rubric.rows import Cell
from rubric.rubric import IndicatorId, Rubric, plain
from rubric.school_code import code_fault, code_key

NEEDED = ("school", "review_date", "rubric", "domain", "indicator", "level")
COLUMNS = (*NEEDED, "summary", "evidence_source", "evidence", "audience", "goal", "goal_result", "label")
NOT_RATED = "Not rated"
_TOLD = ("level", "summary", "evidence", "evidence_source", "goal", "goal_result")

_SOURCES = {plain(source): source for source in Source} | {
    "observation": Source.OBSERVATION,
    "document": Source.DOCUMENT,
    "documents": Source.DOCUMENT,
    "interview": Source.INTERVIEW,
    "focus group": Source.INTERVIEW,
    "interview/focus group": Source.INTERVIEW,
}

# School (as it is compared), date and rubric id: what makes two rows rows of one review.
Key = tuple[str, datetime.date, str]


@dataclass(frozen=True, slots=True)
class LongRow:
    """What a row says. `key` is None when its school, date or rubric cannot be read; `problems` say why."""

    number: int
    school: str
    date_text: str
    rubric_text: str
    date: datetime.date | None
    rubric: Rubric | None
    indicator: IndicatorId | None
    level: str | None
    summary: str
    evidence: Evidence | None
    goal: Goal | None
    label: str
    problems: tuple[Problem, ...]

    @property
    def key(self) -> Key | None:
        """What makes two rows rows of one review."""
        if code_fault(self.school) or self.date is None or self.rubric is None:
            return None
        return code_key(self.school), self.date, self.rubric.id


class RowReader:
    """Reads rows whose columns stand at `places`; `rubrics` are the known ones by key."""

    def __init__(self, places: Mapping[str, int], rubrics: Mapping[str, Rubric]) -> None:
        self.places = places
        self.rubrics = rubrics
        self._named: dict[str, Rubric | None] = {}

    def read(self, number: int, cells: Sequence[Cell], width: int) -> LongRow | Skipped | None:
        """The row; skipped when only a school stands there; None for a line of a template that was left empty."""
        text = {name: str(cells[place]).strip() for name, place in self.places.items()}
        if not any(text.get(name) for name in _TOLD):
            named = text["indicator"] and text["school"]
            if text["school"] and not named:
                return Skipped(number, text["school"], text["review_date"], text["rubric"], RATES_NOTHING)
            if not named:
                return None
        problems: list[Problem] = []

        def wrong(column: str, expected: str, why: str = "") -> None:
            problems.append(Problem(number, column, text.get(column, ""), expected, why))

        if any(str(cell).strip() for cell in cells[width:]):
            problems.append(Problem(number, "", f"{len(cells)} cells", f"{width}, as many as the header row has"))
        fault = code_fault(text["school"])
        if fault:
            wrong("school", fault)
        date = None
        try:
            date = read_date(cells[self.places["review_date"]], "iso")
        except DateError as error:
            wrong("review_date", str(error))
        rubric = self._rubric(text["rubric"])
        if rubric is None:
            wrong("rubric", f"a known rubric: {', '.join(self.rubrics)}")
        indicator: IndicatorId | None = None
        level: str | None = None
        if text.get("goal"):
            if text["domain"] or text["indicator"]:
                wrong("indicator", "nothing in a row that holds a goal", "Give the goal a row of its own.")
        elif rubric is not None:
            indicator = rubric.find(f"{text['domain']}/{text['indicator']}")
            if indicator is None:
                column, expected = _indicator_expected(rubric, text["domain"])
                wrong(column, expected)
        if rubric is not None and text["level"] and plain(text["level"]) != plain(NOT_RATED):
            level = rubric.level_named(text["level"])
            if level is None:
                wrong("level", f"one of {', '.join(rubric.levels)}, or nothing where it is not rated")
        return LongRow(
            number=number,
            school=text["school"],
            date_text=date.isoformat() if date else text["review_date"],
            rubric_text=rubric.key if rubric else text["rubric"],
            date=date,
            rubric=rubric,
            indicator=indicator,
            level=level,
            summary=text.get("summary", ""),
            evidence=_evidence(text, wrong),
            goal=_goal(text, wrong),
            label=text.get("label", ""),
            problems=tuple(problems),
        )

    def _rubric(self, name: str) -> Rubric | None:
        if name not in self._named:
            try:
                self._named[name] = find_rubric(self.rubrics, name)
            except UnknownRubricError:
                self._named[name] = None
        return self._named[name]


_Wrong = Callable[[str, str], None]


def _indicator_expected(rubric: Rubric, domain: str) -> tuple[str, str]:
    """The column to point at, and what it should have held."""
    names = {plain(one.name): one for one in rubric.domains}
    known = names.get(plain(domain))
    if known is None:
        return "domain", f"a domain of {rubric.key}: {', '.join(one.name for one in rubric.domains)}"
    return "indicator", f"an indicator of {known.name}: {', '.join(one.id.name for one in known.indicators)}"


def _evidence(text: Mapping[str, str], wrong: _Wrong) -> Evidence | None:
    statement, source_text, audience_text = (text.get(name, "") for name in ("evidence", "evidence_source", "audience"))
    if not statement:
        if source_text:
            wrong("evidence", f"a statement from the {source_text}, or no evidence_source")
        return None
    source = _SOURCES.get(plain(source_text))
    if source is None:
        wrong("evidence_source", f"one of {', '.join(Source)}")
        return None
    if not audience_text:
        return Evidence(source, statement, default_audience(source))
    audience = next((one for one in Audience if one == audience_text.casefold()), None)
    if audience is None:
        wrong("audience", f"one of {', '.join(Audience)}, or nothing")
        return None
    return Evidence(source, statement, audience)


def _goal(text: Mapping[str, str], wrong: _Wrong) -> Goal | None:
    if not text.get("goal"):
        if text.get("goal_result"):
            wrong("goal", "the goal that goal_result speaks of")
        return None
    result = next((one for one in GoalResult if one == plain(text.get("goal_result", ""))), None)
    if result is None:
        wrong("goal_result", f"one of {', '.join(GoalResult)}")
        return None
    return Goal(text["goal"], result)
