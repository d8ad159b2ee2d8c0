"""`levers schools calendar`: a school's closed, busy and open days and school years, by hand or from a file."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.options import AsJson, Workspace, print_json
from bot.cli.surroundings import surroundings
from planning.calendar import SchoolCalendar
from planning.calendar_files import Read, read_calendar
from planning.school_days import Days, entries, still_closed, with_brought, with_entries
from planning.verbs.school_time import keep_calendar
from rubric.errors import LeversError
from storage.schools import UnknownSchoolError, find_school


class BadCalendarError(LeversError):
    """A calendar file with rows that are wrong: nothing of it is kept."""

    def __init__(self, file: str, read: Read) -> None:
        lines = [f"{file}, {read.row} {number}: {sentence}" for number, sentence in sorted(read.problems)]
        super().__init__("\n".join((*lines, "Nothing was changed.")))


class EmptyReplacementError(LeversError):
    """A file that would take the place of everything entered before, and says nothing."""

    def __init__(self, file: str, read: Read) -> None:
        lines = [f"left out: {file}, {read.row} {number}: {reason}" for number, reason in read.skipped]
        nothing = f"{file}: nothing in it is a closed day, a busy day or a school year, so that nothing takes the place"
        super().__init__("\n".join((*lines, f"{nothing} of what is entered. Nothing was changed.")))


def calendar(
    code: Annotated[str, typer.Argument(help="The school's code.")],
    file: Annotated[Path | None, typer.Option("--import", help="An ICS file, or a CSV or XLSX table.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let the file take the place of everything entered before.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing.")] = False,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Show a school's own days, or bring them in from a file.

    A table has the columns first, last, name and kind (closed, busy, open or year); last and kind may be empty. Without
    a kind, or in an ICS file without a category, words decide: “no school”, and “break” and “holiday” where the title
    is about one, mean closed, “testing”, “exams”, “report cards” and “conferences” busy, “first day of school” and
    “last day of school” the year. Open days are school days though they are public holidays. What says none of this is
    left out and named; --dry-run shows how each entry is read.
    """
    if file is None and (replace or dry_run):
        raise typer.BadParameter("--replace and --dry-run go with --import FILE")
    here = surroundings(workspace)
    with here.database.read() as conn:
        school = find_school(conn, here.workspace, code)
    if school is None:
        raise UnknownSchoolError(code)
    with here.books.read() as ledger:
        known = ledger.schools.calendar(school.id)
    if file is None:
        _show([_row(one) for one in entries(known)], known, as_json)
        return
    read = read_calendar(file, known)
    if read.problems:
        raise BadCalendarError(file.name, read)
    if replace and not read.found:
        raise EmptyReplacementError(file.name, read)
    if dry_run:
        changed = _changed(known, read, replace=replace)
    else:
        with here.books.write() as ledger:
            known = ledger.schools.calendar(school.id)
            changed = _changed(known, read, replace=replace)
            keep_calendar(ledger, school.id, changed, here.clock())
    for note in read.notes:
        print(note, file=sys.stderr)
    for number, reason in read.skipped:
        print(f"left out: {file.name}, {read.row} {number}: {reason}", file=sys.stderr)
    for number, one in read.found:
        if why := still_closed(changed, one):
            reason = f"“{one.name}” opens nothing: it is “{why}” that closes school then, and no public holiday."
            print(f"{file.name}, {read.row} {number}: {reason}", file=sys.stderr)
    _show(
        list(_outcomes(known, changed, read)),
        changed,
        as_json,
        "Nothing in the file is a closed, busy or open day, or a school year.",
    )
    if dry_run:
        print("Nothing was written: this was a dry run.", file=sys.stderr)


def _changed(known: SchoolCalendar, read: Read, *, replace: bool) -> SchoolCalendar:
    brought = [one for _, one in read.found]
    return with_entries(known, brought) if replace else with_brought(known, brought)


def _outcomes(before: SchoolCalendar, after: SchoolCalendar, read: Read) -> Iterator[dict[str, Any]]:
    rows = {one: number for number, one in reversed(read.found)}
    old, new = set(entries(before)), set(entries(after))
    for one in sorted(old | new):
        outcome = "unchanged" if one in old and one in new else "added" if one in new else "removed"
        if one in rows or outcome == "removed":
            yield {**_row(one), "outcome": outcome, "row": rows.get(one)}


def _row(one: Days) -> dict[str, Any]:
    return {"kind": one.kind.value, "first": one.first.isoformat(), "last": one.last.isoformat(), "name": one.name}


def _show(
    rows: Sequence[dict[str, Any]],
    known: SchoolCalendar,
    as_json: bool,
    nothing: str = "No days of its own are entered.",
) -> None:
    if as_json:
        print_json(rows)
        return
    place = f"{known.country}-{known.state}" if known.state else known.country
    print(
        f"Time zone {known.zone}; staff hours {known.staff_from:%H:%M} to {known.staff_until:%H:%M}; school ends "
        f"{known.day_ends:%H:%M}; public holidays {place}."
    )
    for row in rows:
        span = row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
        print("  ".join(part for part in (row.get("outcome", ""), span, row["kind"], row["name"]) if part))
    if not rows:
        print(nothing)
