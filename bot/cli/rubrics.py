"""The command about rubrics: `rubric add`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.files import read_text
from bot.cli.options import Workspace
from bot.cli.surroundings import surroundings
from storage.rubrics import add_rubric

rubric = typer.Typer(name="rubric", help="Rubrics of your own.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(rubric)


@rubric.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="A rubric file (YAML).")],
    workspace: Workspace = None,
) -> None:
    """Publish a rubric. A published version is never edited: a change needs a new version."""
    source = read_text(file)
    around = surroundings(workspace)
    home = around.workspace
    with around.database.write() as conn:
        added = add_rubric(conn, home, source, file.name, around.clock())
    if added is None:
        print(f"{file.name} is published already and says the same; nothing changed.")
    else:
        count = f"{len(added.domains)} domains, {len(added.indicators)} indicators"
        print(f"{added.name} is published as {added.key}: {count}, {len(added.levels)} levels.")


@rubric.callback()
def rubrics() -> None:
    """Rubrics of your own."""
