"""The plan as rows: what a column is called and where its cells come from, and the CSV made of them."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.documents.content import ActionLine, PlanDocument, PriorityPart
from bot.documents.wording import words

Cell = str | int | date
Row = TypeVar("Row", PriorityPart, ActionLine)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula (OWASP, "CSV injection")."""


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
    Column("note", 36, lambda line: line.note),
)
_OWNERS = frozenset({"owner", "supporters"})
_STANDING = frozenset({"status"})
_BOTH = frozenset({"note"})


def of_action(document: PlanDocument) -> tuple[Column[ActionLine], ...]:
    """The columns of an action that the document's reader may see."""
    hidden = frozenset[str]()
    if not document.owners:
        hidden |= _OWNERS | _BOTH
    if not document.standing:
        hidden |= _STANDING | _BOTH
    return tuple(column for column in _OF_ACTION if column.name not in hidden)


def csv_file(document: PlanDocument) -> bytes:
    """One row an action, one for a priority without any, and one for each indicator that was deferred.

    UTF-8 with a byte order mark, so that spreadsheets read names right; a leading apostrophe keeps text that begins
    like a formula from being one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(document):
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(document: PlanDocument) -> Iterator[Sequence[Cell]]:
    say, shown = words(), of_action(document)
    about = (document.school, document.committed, document.reviewed)
    heads = [*(column.heading for column in OF_PRIORITY), *(column.heading for column in shown)]
    yield (say["school"], say["committed"], say["reviewed"], *heads, say["reason"])
    for part in document.priorities:
        of_part = [column.cell(part) for column in OF_PRIORITY]
        for line in part.actions:
            yield (*about, *of_part, *(column.cell(line) for column in shown), "")
        if not part.actions:
            yield (*about, *of_part, *("" for _ in shown), "")
    for entry in document.deferred:
        known = {"priority": entry.indicator, "domain": entry.domain, "level": entry.level, "status": say["deferred"]}
        yield (*about, *(known.get(name, "") for name in (*_names(OF_PRIORITY), *_names(shown))), entry.reason)


def _names(columns: Sequence[Column[Row]]) -> list[str]:
    return [column.name for column in columns]


def _text(cell: Cell) -> str:
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
