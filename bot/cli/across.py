"""`levers across`: which indicators are lowest, rise or stay over many schools, and which ones plans chose."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.cli.options import AsJson, Workspace, print_json
from bot.cli.surroundings import surroundings
from bot.sentences import say_plain
from bot.views.across import TOP, answers, by_domain, summary
from planning.across import LEAST, Across, Question
from planning.across import across as summed
from planning.scope import on_the_host
from rubric.errors import LeversError
from storage.across import chosen, networks, visits
from storage.rubrics import known_rubrics


class UnknownNetworkError(LeversError):
    """No school is in a network of that name."""

    def __init__(self, named: str, known: tuple[str, ...]) -> None:
        there = f"There are {', '.join(known)}." if known else "`levers schools set CODE --network NAME` names one."
        super().__init__(f"No school is in the network “{named}”. {there}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(across)


def across(
    network: Annotated[str | None, typer.Option("--network", help="Only the schools of this network.")] = None,
    year: Annotated[
        list[int] | None,
        typer.Option("--year", help="Only this school year, by the year in which it begins; may be said again."),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many of each.")] = TOP,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Levers of change over all schools: most often lowest, risen, stuck and chosen, by domain and over the years.

    With --json every indicator, and every domain (its indicator is null), over all years (null) and in each.
    """
    here = surroundings(workspace)
    with here.books.read() as ledger:
        view, scope = ledger.view, on_the_host(tuple(one.id for one in ledger.schools.all()))
        known = networks(view, scope)
        if network is not None and network not in known:
            raise UnknownNetworkError(network, known)
        rubrics = known_rubrics(view.conn, view.workspace)
        found = summed(visits(view, scope, network, held=True), chosen(view, scope, network), rubrics, year or [])
    if as_json:
        print_json(list(_rows(found)))
        return
    print("\n".join(summary(found)) if found.visits else say_plain("across.nothing"))
    for key in found.rubrics:
        print(f"\n{rubrics[key].name} ({key})")
        for question in Question:
            if lines := answers(found, key, question, top):
                print("\n  ".join([f"  {say_plain(f'across.of_{question.value}')}", *(f"  {line}" for line in lines)]))
        print("\n  ".join([f"  {say_plain('across.by_domain')}", *(f"  {line}" for line in by_domain(found, key))]))
    if found.visits:
        print(f"\n{say_plain('across.note', least=LEAST)}")


def _rows(found: Across) -> Iterator[dict[str, Any]]:
    for one in found.levers:
        yield {
            "rubric": one.rubric,
            "domain": one.domain,
            "indicator": one.indicator or None,
            "school_year": one.year,
            **asdict(one.numbers),
        }
