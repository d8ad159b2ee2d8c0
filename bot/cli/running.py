"""What keeps an installation running: `migrate`, `administrators`, `doctor`, `resume` and `manifest`."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Annotated

import typer
import yaml
from sqlalchemy import select

from bot.cli.options import Workspace
from bot.cli.surroundings import surroundings
from bot.sending.refusals import MISSING_SCOPE
from bot.tick import LATE_SECONDS
from planning.pauses import ALL
from rubric.errors import LeversError
from storage.claim import FAILED, given_up
from storage.database import Database
from storage.heartbeats import last_beat
from storage.migrate import migrate as bring_up_to_date
from storage.pauses import lift, paused
from storage.tables.workspaces import workspaces
from storage.view import View

EVERYTHING = "everything"
"""What the pause of a whole workspace is called here: a shell would put names of files in the place of a star."""
_LATE = ", which is late. Either `levers serve` does not run, or it cannot write to the database; its log says why."


class NotPausedError(LeversError):
    """Nothing of that name waits."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is not paused. `levers doctor` lists what is.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(administrators)
    app.command()(doctor)
    app.command()(resume)
    app.command()(manifest)


def migrate() -> None:
    """Bring the database to the newest shape."""
    bring_up_to_date(Database(surroundings().settings.levers_database_url))
    print("The database has the newest shape.")


def administrators(
    add: Annotated[list[str] | None, typer.Option(help="The Slack member id of a new administrator.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="Whose right to take away.")] = None,
    workspace: Workspace = None,
) -> None:
    """List, add and remove the people who may connect channels and grant roles. Name the first one here."""
    here = surroundings(workspace)
    with here.books.write() as ledger:
        for person in add or ():
            ledger.people.name_administrator(person, here.clock())
        for person in remove or ():
            ledger.people.dismiss_administrator(person)
        for person in ledger.people.administrators():
            print(person)


def doctor() -> None:
    """Say whether everything that `serve` needs is there, and when it last ticked."""
    here = surroundings()
    with here.database.read() as conn:
        known = list(conn.execute(select(workspaces.c.id, workspaces.c.slack_id)))
        views = {row.id: View(conn, row.id, here.settings.levers_time_zone, writing=False) for row in known}
        waiting = {of: paused(view) for of, view in views.items()}
        lost = {of: given_up(view) for of, view in views.items()}
        beat = last_beat(conn, "tick")
    print(f"Database: {here.database.url.render_as_string(hide_password=True)}, reachable")
    for row in known:
        print(f"Workspace: {row.id}, {'bound to Slack' if row.slack_id else 'not served yet'}")
        for one in waiting[row.id]:
            what = EVERYTHING if one.place == ALL else one.place
            print(f"Paused: {what}, because Slack says “{one.why}”, since {one.at:%Y-%m-%d %H:%M} UTC")
            by_itself = "" if one.why == MISSING_SCOPE else "it goes on by itself within minutes; "
            print(f"  Mend that, and {by_itself}`levers resume {what}` does so at once.")
        for kind in lost[row.id]:
            why = "they failed too often" if kind.why == FAILED else f"Slack says “{kind.why}”"
            print(f"Given up: {kind.count} of the kind “{kind.kind.value}”, because {why}")
            print("  The log of `levers serve` names each; what stands in Slack is shown anew with the next change.")
    for name in ("slack_bot_token", "slack_app_token", "slack_signing_secret"):
        print(f"{name.upper()}: {'set' if getattr(here.settings, name) else 'not set'}")
    if beat is None:
        print("Tick: never")
    else:
        ago = round((datetime.now(UTC) - beat).total_seconds())
        print(f"Tick: {ago} seconds ago{_LATE if ago > LATE_SECONDS else ''}")


def resume(
    place: Annotated[str, typer.Argument(help="The channel or person that `levers doctor` names, or everything.")],
    workspace: Workspace = None,
) -> None:
    """Send again to what Slack had refused; what waited and still holds is sent."""
    here = surroundings(workspace)
    with here.books.write() as ledger:
        lifted = lift(ledger.view, ALL if place == EVERYTHING else place)
    if not lifted:
        raise NotPausedError(place)
    print(f"{place} goes on.")


def manifest(as_yaml: Annotated[bool, typer.Option("--yaml", help="YAML instead of JSON.")] = False) -> None:
    """Print the app manifest to create the Slack app from."""
    text = files("bot").joinpath("manifest.yaml").read_text(encoding="utf-8")
    print(text if as_yaml else json.dumps(yaml.safe_load(text), indent=2))
