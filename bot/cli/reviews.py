"""The commands about reviews: `import`, `lowest` and `template`."""

import dataclasses
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.cli.files import write_new
from bot.cli.import_report import ImportReport
from bot.cli.importing import ImportLine, import_file
from bot.cli.lowest import lowest_of_all, lowest_of_one, said
from bot.cli.options import AsJson, Workspace, print_json
from bot.cli.surroundings import surroundings
from planning.verbs.connect import tell_of_held_reviews
from rubric.library import find_rubric
from rubric.template import template_workbook
from storage.rubrics import known_rubrics


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("import")(import_reviews)
    app.command("lowest")(lowest)
    app.command("template")(template)


def import_reviews(
    file: Annotated[Path, typer.Argument(help="A review file: CSV, XLSX or JSON.")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="For a file with one row a review: what its columns mean.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let a changed review take the stored one's place in the history.")
    ] = False,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Bring reviews in from a file. A bad row refuses its review; the others go in."""
    around = surroundings(workspace)
    report = ImportReport(file.name)
    lines: list[ImportLine] = []
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def watch(rows: Iterable[Any], size: int | None) -> Iterable[Any]:
            return progress.track(rows, total=size, description=file.name)

        run = import_file(
            around.database,
            around.workspace,
            file,
            around.clock(),
            mapping=mapping,
            replace=replace,
            dry_run=dry_run,
            watch=watch if console.is_terminal else lambda rows, _size: rows,
        )
        for note in run.notes:
            _complain(f"note: {note}")
        for line in run.lines:
            for sentence in report.sentences(line):
                _complain(sentence)
            if as_json:
                lines.append(line)
    if report.any_kept and not dry_run:
        # The schools that have a channel hear of what is held for them; the bot that serves sends it.
        tell_of_held_reviews(around.books, around.clock())
    if as_json:
        print_json([dataclasses.asdict(line) for line in lines])
    else:
        print("\n".join(report.summary(dry_run)))
    if report.any_refused:
        raise typer.Exit(1)


def lowest(
    school: Annotated[str | None, typer.Argument(help="The school's code.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Each school's latest review.")] = False,
    top: Annotated[int, typer.Option("--top", min=1, help="How many indicators a school.")] = 8,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """The lowest-rated indicators of a school's latest review, each with why it stands where it stands."""
    if every == (school is not None):
        raise typer.BadParameter("give one school's code, or --all for every school")
    around = surroundings(workspace)
    home = around.workspace
    with around.database.read() as conn:
        lists = lowest_of_all(conn, home, top) if school is None else [lowest_of_one(conn, home, school, top)]
    if as_json:
        print_json([row for one in lists for row in one.rows()])
    else:
        print("\n\n".join(said(one) for one in lists) or "No school has a review yet; `levers import` brings them in.")


def template(
    output: Annotated[Path, typer.Option("--output", "-o", help="The workbook to make, ending in .xlsx.")],
    rubric: Annotated[
        str, typer.Option("--rubric", help="The rubric, as id@version; a bare id means its newest version.")
    ] = "personalized-learning",
    workspace: Workspace = None,
) -> None:
    """Make a workbook that a reviewer can fill in and `levers import` reads."""
    if output.suffix.lower() != ".xlsx":
        raise typer.BadParameter("the template is a workbook: let the name end in .xlsx", param_hint="--output")
    around = surroundings(workspace)
    home = around.workspace
    with around.database.read() as conn:
        wanted = find_rubric(known_rubrics(conn, home), rubric)
    write_new(output, template_workbook(wanted))
    print(f"{output} is ready to be filled in: {len(wanted.indicators)} indicators of {wanted.name} ({wanted.key}).")


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)
