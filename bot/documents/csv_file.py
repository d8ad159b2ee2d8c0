"""A document as CSV: the plan's actions, or the findings where there is no plan."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.documents.content import Document
from bot.documents.findings import Findings
from bot.documents.plan_part import PlanPart
from bot.documents.tables import OF_FINDING, OF_PRIORITY, Cell, Column, Row, of_action
from bot.documents.wording import words
from rubric.review import Source

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula (OWASP, "CSV injection")."""


def csv_file(document: Document) -> bytes:
    """One row an action, one for a priority without any, and one for each indicator that was deferred.

    Without a plan it is one row an indicator of the review, with its evidence by kind. UTF-8 with a byte order mark, so
    that spreadsheets read names right; a leading apostrophe keeps text that begins like a formula from being one.
    """
    return written(_rows(document))


def written(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as such a file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(document: Document) -> Iterator[Sequence[Cell]]:
    if document.plan is not None:
        yield from _plan_rows(document.school, document.plan)
    elif document.findings is not None:
        yield from _finding_rows(document.school, document.findings)


def _plan_rows(school: str, plan: PlanPart) -> Iterator[Sequence[Cell]]:
    say, shown = words(), of_action(plan)
    about = (school, plan.committed, plan.reviewed)
    heads = [*(column.heading for column in OF_PRIORITY), *(column.heading for column in shown)]
    yield (say["school"], say["committed"], say["reviewed"], *heads, say["reason"])
    for part in plan.priorities:
        of_part = [column.cell(part) for column in OF_PRIORITY]
        for line in part.actions:
            yield (*about, *of_part, *(column.cell(line) for column in shown), "")
        if not part.actions:
            yield (*about, *of_part, *("" for _ in shown), "")
    for entry in plan.deferred:
        known = {"priority": entry.indicator, "domain": entry.domain, "level": entry.level, "status": entry.outcome}
        yield (*about, *(known.get(name, "") for name in (*_names(OF_PRIORITY), *_names(shown))), entry.reason)


def _finding_rows(school: str, found: Findings) -> Iterator[Sequence[Cell]]:
    say = words()
    heads = (*(column.heading for column in OF_FINDING), *(say[source.value] for source in Source))
    yield (say["school"], say["reviewed"], say["rubric"], *heads)
    for domain in found.domains:
        for one in domain.findings:
            said = {kind.source: "\n".join(kind.statements) for kind in one.evidence}
            cells = (column.cell(one) for column in OF_FINDING)
            yield (school, found.reviewed, found.rubric, *cells, *(said.get(source.value, "") for source in Source))


def _names(columns: Sequence[Column[Row]]) -> list[str]:
    return [column.name for column in columns]


def _text(cell: Cell) -> str:
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
