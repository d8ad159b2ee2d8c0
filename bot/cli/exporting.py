"""`levers export`: a school's plan as a file."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.files import write_whole
from bot.cli.options import Workspace
from bot.cli.surroundings import surroundings
from bot.documents.forms import Form, made
from bot.documents.reading import read_document
from planning.plan import NoPlanError
from storage.schools import School, UnknownSchoolError, find_school, list_schools


def register(app: typer.Typer) -> None:
    """Add `export`."""
    app.command()(export)


def export(
    school: Annotated[str, typer.Argument(help="The school's code.")],
    form: Annotated[Form, typer.Option("--format", help="The kind of file.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write; one that is there is replaced.")],
    without_owners: Annotated[
        bool, typer.Option("--without-owners", help="Leave out names and notes, for readers outside the school.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Write a school's live plan as PDF, HTML, XLSX, CSV or ICS. People appear by their Slack member ids."""
    here = surroundings(workspace)
    with here.database.read() as conn:
        found = find_school(conn, here.workspace, school)
        close = () if found else _alike(school, list_schools(conn, here.workspace))
    if found is None:
        raise UnknownSchoolError(school, close)
    with here.books.read() as ledger:
        plan = ledger.plans.live(found.id)
        if plan is None:
            raise NoPlanError
        document = read_document(ledger, plan, owners=not without_owners, standing=True)
    write_whole(output, made(document, form))
    print(f"{output} holds the plan of {document.school}.")


def _alike(code: str, schools: Sequence[School]) -> tuple[str, ...]:
    codes = {school.code.casefold(): school.code for school in schools}
    return tuple(codes[close] for close in get_close_matches(code.casefold(), codes, n=3))
