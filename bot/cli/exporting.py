"""`levers export` and `levers talking-points`: a school's findings and plan as a file, or to be read aloud."""

from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.files import FileError, write_whole
from bot.cli.lowest import NoReviewError
from bot.cli.options import Workspace
from bot.cli.surroundings import Surroundings, surroundings
from bot.documents.content import Document
from bot.documents.forms import Form, made
from bot.documents.ratings_picture import alt
from bot.documents.reading import HOST, Sight, school_document
from bot.documents.talking_points import talking_points
from bot.logs import set_up_logs
from planning.people import Role, Viewer
from storage.books import Ledger
from storage.schools import School, UnknownSchoolError, find_school, list_schools

YOURS = "This copy is for you: it has names beside how actions go, and notes. To hand one on, add --for."
Code = Annotated[str, typer.Argument(help="The school's code.")]


class Reader(StrEnum):
    """For whom a file is made: it holds what that person would see in Slack, and no more."""

    TEAM = "team"
    LEADER = "leader"
    DISTRICT = "district"
    REVIEWER = "reviewer"


_ROLES: dict[Reader, frozenset[Role]] = {
    Reader.TEAM: frozenset(),
    Reader.LEADER: frozenset({Role.PRINCIPAL}),
    Reader.DISTRICT: frozenset({Role.DISTRICT}),
    Reader.REVIEWER: frozenset({Role.REVIEWER}),
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(export)
    app.command("talking-points")(talk)


def export(
    school: Code,
    form: Annotated[Form, typer.Option("--format", help="The kind of file.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write; one that is there is replaced.")],
    reader: Annotated[
        Reader | None,
        typer.Option("--for", help="Who will read it: it then shows what they may see. Else your own."),
    ] = None,
    font: Annotated[
        list[Path] | None, typer.Option("--font", help="A font file, or a folder of fonts, for other scripts.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Write a school's findings and live plan as PDF, HTML, XLSX, CSV, ICS or PNG (the levels by domain).

    People appear under the names that Slack last gave for them, else by their Slack member ids. Your own copy has the
    plan with owners and how each action goes, and the evidence that the team may read. The team's is the plan as it was
    agreed, with counts of how it goes; a leader's has the leaders' evidence too; a district's or reviewer's says how
    each action goes, with the names and notes that the school shows them.
    """
    set_up_logs()
    here = surroundings(workspace)
    fonts = [*here.settings.fonts, *(font or ())]
    for one in fonts:
        if not one.exists():
            raise FileError(f"{one}: there is no such font file or folder.")
    document = _document(here, school, reader)
    write_whole(output, made(document, form, fonts))
    if form is Form.PNG:
        print(f"{output} shows the levels by domain. In words: {alt(document)}")
    else:
        print(f"{output} holds {_contents(document)} of {document.school}.")
        if reader is None and document.plan is not None:
            print(YOURS)


def talk(school: Code, workspace: Workspace = None) -> None:
    """Print what a reviewer can read aloud in three minutes from the newest review, held or not."""
    here = surroundings(workspace)
    known = _school(here, school)
    with here.books.read() as ledger:
        review = ledger.reviews.latest(known.id, released=False)
    if review is None:
        raise NoReviewError(known)
    print("\n\n".join(talking_points(known.title, review.review, review.rubric, review.earlier)))


def _document(here: Surroundings, code: str, reader: Reader | None) -> Document:
    found = _school(here, code)
    with here.books.read() as ledger:
        sight = HOST if reader is None else Sight.of(_viewer(ledger, found, reader))
        return school_document(ledger, found.id, sight).named(ledger.people.name_of)


def _school(here: Surroundings, code: str) -> School:
    with here.database.read() as conn:
        found = find_school(conn, here.workspace, code)
        close = () if found else _alike(code, list_schools(conn, here.workspace))
    if found is None:
        raise UnknownSchoolError(code, close)
    return found


def _viewer(ledger: Ledger, school: School, reader: Reader) -> Viewer:
    shown = ledger.people.names_since(school.id)
    return Viewer("", school.id, _ROLES[reader], member=reader is Reader.TEAM, names_since=shown)


def _contents(document: Document) -> str:
    if document.plan is None:
        return "the findings (there is no committed plan yet)"
    return "the plan and the findings" if document.findings else "the plan"


def _alike(code: str, schools: Sequence[School]) -> tuple[str, ...]:
    codes = {school.code.casefold(): school.code for school in schools}
    return tuple(codes[close] for close in get_close_matches(code.casefold(), codes, n=3))
