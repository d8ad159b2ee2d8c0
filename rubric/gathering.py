"""Gathering the rows of one review: what they say together, and where they contradict each other."""

from dataclasses import dataclass, field

from rubric.confidence import named_person
from rubric.long_row import LongRow
from rubric.reading import Problem
from rubric.review import Evidence, Goal, GoalResult, Rating, Review
from rubric.rubric import IndicatorId, Rubric


@dataclass(slots=True)
class _Rated:
    """What the rows say about one indicator; each row number is the first that said it."""

    row: int
    level: str = ""
    level_row: int = 0
    summary: str = ""
    summary_row: int = 0
    evidence: list[Evidence] = field(default_factory=list)


class Gathered:
    """One review in the making; made from its first row, which is then added like the others."""

    def __init__(self, first: LongRow, rubric: Rubric) -> None:
        assert first.date is not None
        self.row = first.number
        self.school = first.school
        self.date = first.date
        self.rubric = rubric
        self.problems: list[Problem] = []
        self.warnings: list[str] = []
        self._label, self._label_row = "", 0
        self._rated: dict[IndicatorId, _Rated] = {}
        self._goals: dict[str, tuple[GoalResult, int]] = {}

    def add(self, row: LongRow) -> None:
        """Take in what `row` says; what contradicts an earlier row becomes a problem that names both."""
        self.problems.extend(row.problems)
        if row.rubric is not None and row.rubric.version != self.rubric.version:
            self._contradiction(row, "rubric", row.rubric_text, self.rubric.key, self.row)
        if row.label:
            if self._label and self._label != row.label:
                self._contradiction(row, "label", row.label, self._label, self._label_row)
            self._label, self._label_row = self._label or row.label, self._label_row or row.number
        if row.goal is not None:
            self._add_goal(row, row.goal)
        if row.indicator is not None:
            self._add_rating(row, row.indicator)
        for column, text in (
            ("summary", row.summary),
            ("evidence", row.evidence.statement if row.evidence else ""),
            ("goal", row.goal.text if row.goal else ""),
        ):
            person = named_person(text)
            if person:
                self.warnings.append(
                    f"row {row.number}, column {column}: “{person}” may name a person; "
                    "take the name out where that person was promised confidentiality."
                )

    def review(self) -> Review:
        """The review so far, its ratings in rubric order; indicators without a level that say more become problems."""
        ratings = []
        for indicator in sorted(self._rated, key=self.rubric.order_of):
            rated = self._rated[indicator]
            if rated.level:
                ratings.append(Rating(indicator, rated.level, rated.summary, tuple(rated.evidence)))
            elif rated.evidence or rated.summary:
                expected = f"one of {', '.join(self.rubric.levels)}"
                why = f"There is a summary or evidence for {indicator}, but no row gives its level."
                self.problems.append(Problem(rated.row, "level", "", expected, why))
        goals = tuple(Goal(text, result) for text, (result, _) in self._goals.items())
        return Review(self.school, self.date, self.rubric.key, self._label, tuple(ratings), goals)

    def _add_rating(self, row: LongRow, indicator: IndicatorId) -> None:
        rated = self._rated.setdefault(indicator, _Rated(row.number))
        if row.level:
            if rated.level and rated.level != row.level:
                self._contradiction(row, "level", row.level, rated.level, rated.level_row)
            rated.level, rated.level_row = rated.level or row.level, rated.level_row or row.number
        if row.summary:
            if rated.summary and rated.summary != row.summary:
                self._contradiction(row, "summary", row.summary, "the same summary, or nothing", rated.summary_row)
            rated.summary, rated.summary_row = rated.summary or row.summary, rated.summary_row or row.number
        if row.evidence is not None and row.evidence not in rated.evidence:
            rated.evidence.append(row.evidence)

    def _add_goal(self, row: LongRow, goal: Goal) -> None:
        result, number = self._goals.setdefault(goal.text, (goal.result, row.number))
        if result is not goal.result:
            self._contradiction(row, "goal_result", goal.result, result, number)

    def _contradiction(self, row: LongRow, column: str, found: str, expected: str, other: int) -> None:
        why = f"Row {other} says otherwise about the same thing."
        self.problems.append(Problem(row.number, column, found, expected, why))
