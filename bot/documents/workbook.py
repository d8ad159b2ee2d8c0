"""A document as an Excel workbook, with the same bytes for the same data."""

from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook

from bot.documents.content import Document
from bot.documents.findings import Findings
from bot.documents.plan_part import PlanPart
from bot.documents.sheets import empty_book, saved, sheet
from bot.documents.tables import OF_CONSIDERED, OF_FINDING, OF_GOAL, OF_PRIORITY, Cell, Column, Row, of_action
from bot.documents.wording import words


def xlsx(document: Document) -> bytes:
    """A workbook of the plan, the findings and what it all is, a sheet each; text is text in every cell."""
    say = words()
    book = empty_book()
    if document.plan is not None:
        _plan(book, document.plan)
    if document.findings is not None:
        _findings(book, document.findings)
    sheet(book, say["about"], [(say[document.title], 24), ("", 70)], list(_about(document)))
    return saved(book, f"{say[document.title]}: {document.school}", document.made_at)


def _plan(book: Workbook, plan: PlanPart) -> None:
    say, shown = words(), of_action(plan)
    sheet(
        book,
        say["actions"],
        [(say["priority"], 26), *((column.heading, column.width) for column in shown)],
        [
            (part.indicator, *(column.cell(line) for column in shown))
            for part in plan.priorities
            for line in part.actions
        ],
    )
    _table(book, say["priorities"], OF_PRIORITY, plan.priorities)
    _table(book, say["considered"], OF_CONSIDERED, plan.considered)


def _findings(book: Workbook, found: Findings) -> None:
    say = words()
    all_of_them = [one for domain in found.domains for one in domain.findings]
    _table(book, say["findings"], OF_FINDING, all_of_them)
    statements = [
        (one.domain, one.indicator, kind.source, statement)
        for one in all_of_them
        for kind in one.evidence
        for statement in kind.statements
    ]
    if statements:
        heads = [(say["domain"], 36), (say["indicator"], 36), (say["kind"], 26), (say["statement"], 90)]
        sheet(book, say["evidence"], heads, statements)
    if found.goals:
        _table(book, say["goals"], OF_GOAL, found.goals)


def _about(document: Document) -> Iterator[Sequence[Cell]]:
    say, found, plan = words(), document.findings, document.plan
    yield say["school"], document.school
    if plan is not None:
        yield say["committed"], plan.committed
    if found is not None:
        yield say["reviewed"], found.reviewed
        yield say["rubric"], found.rubric
        yield say["rated_in_all"], found.rated
        if found.held:
            yield "", say["held"]
    elif plan is not None:
        yield say["reviewed"], plan.reviewed
    if plan is not None and plan.settled:
        yield say["settled"], plan.settled
    yield "", say["trust"]


def _table(book: Workbook, title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> None:
    heads = [(column.heading, column.width) for column in columns]
    sheet(book, title, heads, [[column.cell(row) for column in columns] for row in rows])
