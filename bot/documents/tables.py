"""A document as rows: what a column is called and where its cells come from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.documents.findings import Finding, GoalLine
from bot.documents.plan_part import ActionLine, Considered, PlanPart, PriorityPart
from bot.documents.wording import words

Cell = str | int | date
Row = TypeVar("Row", PriorityPart, ActionLine, Considered, Finding, GoalLine)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`name` is its label's in the wording, `width` in letters, `cell` what it says of one row."""

    name: str
    width: int
    cell: Callable[[Row], Cell]

    @property
    def heading(self) -> str:
        """What stands over it."""
        return words()[self.name]


OF_PRIORITY: tuple[Column[PriorityPart], ...] = (
    Column("place", 6, lambda part: part.place),
    Column("priority", 28, lambda part: part.indicator),
    Column("domain", 30, lambda part: part.domain),
    Column("level", 14, lambda part: part.level),
    Column("target_level", 14, lambda part: part.target_level),
    Column("root_cause", 44, lambda part: part.root_cause),
    Column("goal", 44, lambda part: part.goal),
    Column("measure", 44, lambda part: part.measure),
    Column("in_place", 44, lambda part: part.in_place),
)

OF_CONSIDERED: tuple[Column[Considered], ...] = (
    Column("indicator", 36, lambda one: one.indicator),
    Column("domain", 36, lambda one: one.domain),
    Column("level", 18, lambda one: one.level),
    Column("why", 60, lambda one: one.why),
    Column("outcome", 22, lambda one: one.outcome),
    Column("reason", 60, lambda one: one.reason),
)

OF_FINDING: tuple[Column[Finding], ...] = (
    Column("domain", 36, lambda one: one.domain),
    Column("indicator", 36, lambda one: one.indicator),
    Column("level_now", 16, lambda one: one.level or words()["not_rated"]),
    Column("level_earlier", 16, lambda one: one.earlier),
    Column("since", 24, lambda one: one.since),
    Column("summary", 80, lambda one: one.summary),
)

OF_GOAL: tuple[Column[GoalLine], ...] = (
    Column("goal_of_school", 80, lambda one: one.text),
    Column("result", 16, lambda one: one.result),
)

_OF_ACTION: tuple[Column[ActionLine], ...] = (
    Column("action", 48, lambda line: line.text),
    Column("owner", 20, lambda line: line.owner),
    Column("supporters", 22, lambda line: ", ".join(line.supporters)),
    Column("due", 13, lambda line: line.due),
    Column("cadence", 18, lambda line: line.cadence),
    Column("shown_by", 32, lambda line: line.shown_by),
    Column("resources", 26, lambda line: line.resources),
    Column("status", 18, lambda line: line.status),
    Column("updated", 13, lambda line: line.updated or ""),
    Column("note", 36, lambda line: line.note),
)
_OWNERS = frozenset({"owner", "supporters"})
_STANDING = frozenset({"status", "updated"})
_BOTH = frozenset({"note"})


def of_action(plan: PlanPart) -> tuple[Column[ActionLine], ...]:
    """The columns of an action that the document's reader may see."""
    hidden = frozenset[str]()
    if not plan.owners:
        hidden |= _OWNERS | _BOTH
    if not plan.standing:
        hidden |= _STANDING | _BOTH
    return tuple(column for column in _OF_ACTION if column.name not in hidden)
