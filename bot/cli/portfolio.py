"""`levers portfolio`: a reviewer's schools and how their plans stand, on the screen or as a file."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.files import FileError, write_whole
from bot.cli.options import AsJson, Workspace, print_json
from bot.cli.surroundings import surroundings
from bot.documents.portfolio_sheet import PortfolioSheet, Sheet
from planning.plan import Status
from planning.portfolio import Asked, Order, Row


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(portfolio)


def portfolio(
    person: Annotated[str, typer.Option("--for", help="The reviewer, by their Slack member id.")],
    order: Annotated[Order, typer.Option("--sort", help="What comes first.")] = Order.OVERDUE,
    network: Annotated[str | None, typer.Option("--network", help="Only the schools of this network.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file to write: .xlsx or .csv.")] = None,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Every school that a reviewer has reviewed or that is shared with them, with what they may see of its plan."""
    here = surroundings(workspace)
    now = here.clock()
    form = _form(output) if output else None
    with here.books.read() as ledger:
        rows = ledger.portfolios.page(Asked(person, order, network), now).rows
    if output and form:
        write_whole(output, PortfolioSheet(rows, now, output.stem, form).made())
        print(f"{output} holds {len(rows)} {'school' if len(rows) == 1 else 'schools'}.")
    elif as_json:
        print_json([_flat(row, now) for row in rows])
    else:
        for row in rows:
            print(_line(_flat(row, now)))
        if not rows:
            print("No school is in this portfolio.")


def _form(output: Path) -> Sheet:
    ending = output.suffix.lower().removeprefix(".")
    if ending not in {one.value for one in Sheet}:
        raise FileError(f"{output}: a portfolio is written as .xlsx or .csv; end the name so.")
    return Sheet(ending)


def _flat(row: Row, now: datetime) -> dict[str, Any]:
    plan, last, following = row.plan, row.last_update(), row.next_check(now)
    return {
        "school": row.code,
        "name": row.name,
        "network": row.network,
        "shared": row.shared,
        "reviewed": row.reviewed.isoformat() if row.reviewed else None,
        "committed": row.calendar.today(plan.committed_at).isoformat() if plan else None,
        "priorities": list(plan.priorities) if plan else [],
        "in_place": plan.in_place if plan else 0,
        **{status.value.replace(" ", "_"): plan.counts.get(status, 0) if plan else 0 for status in Status},
        "overdue": plan.overdue if plan else 0,
        "stale": row.stale(now),
        "last_update": last.isoformat() if last else None,
        "next_check": following.isoformat() if following else None,
        "commented": said.isoformat() if (said := row.commented()) else None,
        "comment": plan.comment.text if plan and plan.comment else "",
    }


def _line(row: dict[str, Any]) -> str:
    if row["committed"] is None:
        return f"{row['school']}  {row['name']}: reviewed {row['reviewed'] or 'never'}, no plan"
    counts = ", ".join(f"{row[s.value.replace(' ', '_')]} {s}" for s in Status if row[s.value.replace(" ", "_")])
    stale = ", stale" if row["stale"] else ""
    return (
        f"{row['school']}  {row['name']}: reviewed {row['reviewed'] or 'never'}, plan of {row['committed']}; "
        f"{counts or 'no action'}; {row['overdue']} overdue{stale}; last update {row['last_update']}, "
        f"next check {row['next_check'] or 'not set'}"
    )
