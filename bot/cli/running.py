"""What keeps an installation running: `migrate`, `administrators`, `doctor` and `manifest`."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Annotated

import typer
import yaml
from sqlalchemy import select

from bot.cli.options import Workspace
from bot.cli.surroundings import surroundings
from storage.database import Database
from storage.heartbeats import last_beat
from storage.migrate import migrate as bring_up_to_date
from storage.tables.workspaces import workspaces


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(administrators)
    app.command()(doctor)
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
        beat = last_beat(conn, "tick")
    print(f"Database: {here.database.url.render_as_string(hide_password=True)}, reachable")
    for row in known:
        print(f"Workspace: {row.id}, {'bound to Slack' if row.slack_id else 'not served yet'}")
    for name in ("slack_bot_token", "slack_app_token", "slack_signing_secret"):
        print(f"{name.upper()}: {'set' if getattr(here.settings, name) else 'not set'}")
    if beat is None:
        print("Tick: never")
    else:
        print(f"Tick: {round((datetime.now(UTC) - beat).total_seconds())} seconds ago")


def manifest(as_yaml: Annotated[bool, typer.Option("--yaml", help="YAML instead of JSON.")] = False) -> None:
    """Print the app manifest to create the Slack app from."""
    text = files("bot").joinpath("manifest.yaml").read_text(encoding="utf-8")
    print(text if as_yaml else json.dumps(yaml.safe_load(text), indent=2))
