"""The commands about schools: `schools`, `schools add` and `schools set`."""

from datetime import time
from typing import Annotated

import typer

from bot.cli.calendars import calendar
from bot.cli.options import AsJson, Workspace, print_json
from bot.cli.surroundings import surroundings
from planning.school_days import checked_hours
from planning.verbs.replan import replan_school
from storage.schools import UnknownSchoolError, add_school, change_school, find_school, list_schools

schools = typer.Typer(name="schools", help="List schools, add one, set what is known of one, or keep its calendar.")
schools.command("calendar")(calendar)

Code = Annotated[str, typer.Argument(help="The school's code; it never changes, and case is no matter.")]
Name = Annotated[str | None, typer.Option("--name", help="What people call the school.")]
Network = Annotated[str | None, typer.Option("--network", help="The network or district that looks after it.")]
Zone = Annotated[
    str | None, typer.Option("--time-zone", help="Such as America/Chicago; empty for the default (LEVERS_TIME_ZONE).")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(schools)


@schools.callback(invoke_without_command=True)
def listing(context: typer.Context, as_json: AsJson = False, workspace: Workspace = None) -> None:
    """List the schools."""
    if context.invoked_subcommand is None:
        _list(as_json, workspace)


def _list(as_json: bool, workspace: str | None) -> None:
    around = surroundings(workspace)
    home, default = around.workspace, around.settings.levers_time_zone
    with around.database.read() as conn:
        known = list_schools(conn, home)
    if as_json:
        print_json(
            [
                {"code": one.code, "name": one.name, "network": one.network, "time_zone": one.time_zone or default}
                for one in known
            ]
        )
        return
    for one in known:
        zone = one.time_zone or f"{default} (default)"
        print("  ".join(part for part in (one.code, one.name, one.network, zone) if part))
    if not known:
        print("There are no schools yet; `levers import` or `levers schools add CODE` brings them in.")


@schools.command("list")
def list_them(as_json: AsJson = False, workspace: Workspace = None) -> None:
    """List the schools."""
    _list(as_json, workspace)


@schools.command("add")
def add(
    code: Code, name: Name = None, network: Network = None, time_zone: Zone = None, workspace: Workspace = None
) -> None:
    """Add a school."""
    around = surroundings(workspace)
    home = around.workspace
    with around.database.write() as conn:
        added = add_school(conn, home, code, name=name or "", network=network or "", time_zone=time_zone)
    print(f"{added.title} is added under the code {added.code}.")


@schools.command("set")
def change(
    code: Code,
    name: Name = None,
    network: Network = None,
    time_zone: Zone = None,
    staff_hours: Annotated[
        str | None, typer.Option("--staff-hours", help="When staff may be reached, such as 07:30-17:00.")
    ] = None,
    day_ends: Annotated[str | None, typer.Option("--day-ends", help="When the school day ends, such as 15:15.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Of the public holidays, such as US.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Of the public holidays, such as IL; or empty.")] = None,
    workspace: Workspace = None,
) -> None:
    """Set a school's name, network, time zone, hours or place; what is not given stays."""
    given = (name, network, time_zone, staff_hours, day_ends, country, state)
    if all(one is None for one in given):
        raise typer.BadParameter("give --name, --network, --time-zone, --staff-hours, --day-ends, --country or --state")
    around = surroundings(workspace)
    home = around.workspace
    with around.books.write() as ledger:
        conn, now = ledger.view.conn, around.clock()
        school = find_school(conn, home, code)
        if school is None:
            raise UnknownSchoolError(code)
        before = ledger.schools.calendar(school.id)
        changed = change_school(conn, home, school.id, name=name, network=network, time_zone=time_zone)
        known = ledger.schools.calendar(school.id)
        begins, until = _hours(staff_hours) if staff_hours else (known.staff_from, known.staff_until)
        ends = _wall_time(day_ends) if day_ends else known.day_ends
        land, part = known.country if country is None else country, known.state if state is None else state
        wanted = checked_hours(known, begins, until, ends, land, part) if any(given[3:]) or state == "" else known
        if wanted != before:
            # What is still to come moves in this very transaction.
            ledger.schools.set_calendar(school.id, wanted)
            replan_school(ledger, school.id, before, now)
    zone = changed.time_zone or f"{around.settings.levers_time_zone} (default)"
    print(f"{changed.code}: {changed.title}, network {changed.network or 'none'}, time zone {zone}.")


def _hours(said: str) -> tuple[time, time]:
    begins, _, until = said.partition("-")
    return _wall_time(begins), _wall_time(until)


def _wall_time(said: str) -> time:
    try:
        return time.fromisoformat(said.strip())
    except ValueError:
        raise typer.BadParameter(f"“{said}” is no time; write it like 15:15") from None
