"""Migrations bring any database to the newest shape, whoever else migrates it, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage.database import Database
from storage.migrate import NotMigratedError, check_migrated, migrate
from storage.tables import metadata
from tests.databases import new_postgresql

MIGRATING = """
import sys
from storage.database import Database
from storage.migrate import migrate
migrate(Database(sys.argv[1]))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    return f"sqlite:///{tmp_path / 'empty.db'}" if request.param == "sqlite" else new_postgresql()


def tables(database: Database) -> set[str]:
    """The tables that are there, without the one that Alembic keeps for itself."""
    with database.read() as conn:
        return set(inspect(conn).get_table_names()) - {"alembic_version"}


def test_a_database_without_the_newest_shape_is_refused_until_it_is_migrated(address: str) -> None:
    database = Database(address)
    with pytest.raises(NotMigratedError, match="levers migrate"):
        check_migrated(database)
    migrate(database)
    check_migrated(database)
    assert tables(database) == set(metadata.tables)
    database.close()


def test_an_index_of_the_tables_is_as_partial_in_the_database(database: Database) -> None:
    """Alembic does not compare what an index leaves out, and two open sessions of one school hang on it."""
    partial = {
        index.name
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
        "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '% WHERE %'",
    }
    with database.read() as conn:
        found = set(conn.scalars(text(query[database.engine.dialect.name])))
    assert found == partial and "uq_sessions_open" in found and "uq_plans_live" in found


def test_processes_that_migrate_at_the_same_instant_all_end_well(address: str) -> None:
    together = [
        subprocess.Popen([sys.executable, "-c", MIGRATING, address], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ended = [(one.communicate()[1], one.returncode) for one in together]
    assert [code for _, code in ended] == [0, 0, 0], ended
    database = Database(address)
    check_migrated(database)
    database.close()
