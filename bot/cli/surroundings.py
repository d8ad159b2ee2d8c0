"""What every command needs before it starts: settings, the migrated database, the workspace, the clock."""

from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from bot.clock import Clock, clock
from bot.settings import Settings
from rubric.errors import LeversError
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.migrate import check_migrated, migrate
from storage.workspaces import the_workspace


class SettingsError(LeversError):
    """The environment holds a value that Levers cannot use."""

    def __init__(self, error: ValidationError) -> None:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        super().__init__(f"A setting is wrong. {problems}")


@dataclass
class Surroundings:
    """The settings, and what follows from them, made when first asked for."""

    settings: Settings
    named_workspace: str | None = None

    @cached_property
    def clock(self) -> Clock:
        """The clock that decides what is due."""
        return clock(self.settings.levers_clock_file)

    @cached_property
    def database(self) -> Database:
        """The database; an SQLite file is brought to the newest shape first, a PostgreSQL must be there already."""
        database = Database(self.settings.levers_database_url)
        if database.embedded:
            migrate(database)
        else:
            check_migrated(database)
        return database

    @cached_property
    def workspace(self) -> str:
        """The id of the workspace that the command speaks about."""
        with self.database.write() as conn:
            return the_workspace(conn, self.clock(), self.named_workspace)

    @cached_property
    def books(self) -> WorkspaceBooks:
        """The books of that workspace."""
        return WorkspaceBooks(self.database, self.workspace, self.settings.levers_time_zone)


def surroundings(workspace: str | None = None) -> Surroundings:
    """Read the environment. Raises SettingsError that names the variable."""
    try:
        return Surroundings(Settings(), workspace)
    except ValidationError as error:
        raise SettingsError(error) from error
