"""The commands about schools: `schools`, `schools add` and `schools set`."""

from typing import Annotated

import typer

from bot.cli.options import AsJson, Workspace, print_json
from bot.cli.surroundings import surroundings
from storage.schools import UnknownSchoolError, add_school, change_school, find_school, list_schools

schools = typer.Typer(name="schools", help="List schools, add one, or set what is known of one.")

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
    code: Code, name: Name = None, network: Network = None, time_zone: Zone = None, workspace: Workspace = None
) -> None:
    """Set a school's name, network or time zone; what is not given stays."""
    if name is None and network is None and time_zone is None:
        raise typer.BadParameter("give --name, --network or --time-zone")
    around = surroundings(workspace)
    home = around.workspace
    with around.database.write() as conn:
        school = find_school(conn, home, code)
        if school is None:
            raise UnknownSchoolError(code)
        changed = change_school(conn, home, school.id, name=name, network=network, time_zone=time_zone)
    zone = changed.time_zone or f"{around.settings.levers_time_zone} (default)"
    print(f"{changed.code}: {changed.title}, network {changed.network or 'none'}, time zone {zone}.")
