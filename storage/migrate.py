"""Bringing a database to the newest shape with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from rubric.errors import LeversError
from storage.database import Database

MIGRATING = 7_356_019
"""What names the lock that migrating takes on PostgreSQL: any number that nothing else in the database uses."""
PATIENCE_MS = 60_000
"""How long one that migrates waits for another one to end, which takes seconds."""


class NotMigratedError(LeversError):
    """The database has an older shape than this version of Levers needs."""

    def __init__(self) -> None:
        super().__init__("The database does not have the newest shape yet. Run `levers migrate` first.")


def migrate(database: Database) -> None:
    """Bring `database` to the newest migration; where it is there already it only reads.

    Processes that migrate at the same instant wait for each other.
    """
    config = _config()
    if _revision(database) == _newest():
        return
    with database.write(PATIENCE_MS) as conn:
        if not database.embedded:
            # SQLite's write lock keeps them apart already; here both would make the first table.
            conn.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def check_migrated(database: Database) -> None:
    """Raise NotMigratedError where `database` lacks a migration."""
    if _revision(database) != _newest():
        raise NotMigratedError


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _revision(database: Database) -> str | None:
    with database.read() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
