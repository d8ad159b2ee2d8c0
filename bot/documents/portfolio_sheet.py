"""A reviewer's portfolio as a file, one row a school, without owners' names and notes; of comments what is theirs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from bot.documents.csv_file import written
from bot.documents.letters import showable
from bot.documents.sheets import empty_book, saved, sheet
from bot.documents.tables import Cell
from bot.documents.wording import words
from planning.plan import Status
from planning.portfolio import PlanHere, Row


class Sheet(StrEnum):
    """The kinds of file."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class PortfolioSheet:
    """The schools as they stand at the UTC moment `now`; `stem` begins the file's name."""

    rows: tuple[Row, ...]
    now: datetime
    stem: str
    form: Sheet

    def made(self) -> bytes:
        """The file's bytes: on one day the same schools give the same."""
        rows = [[column.cell(row, self.now) for column in _columns()] for row in self.rows]
        heads = [(column.heading, column.width) for column in _columns()]
        if self.form is Sheet.CSV:
            return written([[heading for heading, _ in heads], *rows])
        book = empty_book()
        sheet(book, words()["portfolio"], heads, rows)
        return saved(book, words()["portfolio"], datetime.combine(self.now.date(), time(), UTC))


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    width: int
    cell: Callable[[Row, datetime], Cell]


def _columns() -> Iterator[_Column]:
    say = words()
    yield _Column(say["school_code"], 14, lambda row, _: row.code)
    yield _Column(say["school"], 32, lambda row, _: showable(row.name))
    yield _Column(say["network"], 22, lambda row, _: showable(row.network))
    yield _Column(say["shared"], 12, lambda row, _: say["yes"] if row.shared else "")
    yield _Column(say["reviewed"], 13, lambda row, _: row.reviewed or "")
    yield _Column(say["committed"], 13, lambda row, _: row.committed() or say["no_plan"])
    yield _Column(say["priorities"], 44, _planned(lambda plan: "; ".join(plan.priorities)))
    yield _Column(say["in_place"], 10, _planned(lambda plan: plan.in_place))
    for status in Status:
        yield _Column(status.value, 12, _planned(_count(status)))
    yield _Column(say["overdue"], 10, _planned(lambda plan: plan.overdue))
    yield _Column(say["stale"], 10, lambda row, now: say["yes"] if row.stale(now) else "")
    yield _Column(say["last_update"], 13, lambda row, _: row.last_update() or "")
    yield _Column(say["next_check"], 13, lambda row, now: row.next_check(now) or "")
    yield _Column(say["commented"], 13, lambda row, _: row.commented() or "")
    yield _Column(say["comment"], 44, _planned(lambda plan: showable(plan.comment.text) if plan.comment else ""))


def _planned(cell: Callable[[PlanHere], Cell]) -> Callable[[Row, datetime], Cell]:
    return lambda row, _now: cell(row.plan) if row.plan else ""


def _count(status: Status) -> Callable[[PlanHere], Cell]:
    return lambda plan: plan.counts.get(status, 0)
