"""Bringing a database to the newest shape with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.database import Database


def migrate(database: Database) -> None:
    """Bring `database` to the newest migration; does nothing where it is there already."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.write() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
