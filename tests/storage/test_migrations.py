"""Migrations bring any database to the newest shape, whoever else migrates it, on both databases."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

import storage
from storage.database import BUSY_TIMEOUT_MS, Database
from storage.migrate import NotMigratedError, check_migrated, migrate
from storage.tables import metadata
from storage.tables.sessions import ballots
from tests.databases import new_postgresql

MIGRATING = """
import sys
from storage.database import BUSY_TIMEOUT_MS, Database
from storage.migrate import migrate
migrate(Database(sys.argv[1]))
"""

A_VOTE = (
    "INSERT INTO workspaces (id, created_at) VALUES ('T1', '2026-11-02 12:00:00+00')",
    "INSERT INTO schools (workspace, id, code, code_key) VALUES ('T1', 's', 'S', 's')",
    "INSERT INTO reviews (workspace, id, school_id, rubric_id, rubric_version, date, digest, imported_at) "
    "VALUES ('T1', 'r', 's', 'pl', '2012', '2026-11-01', '', '2026-11-02 12:00:00+00')",
    "INSERT INTO sessions (workspace, id, school_id, review_id, channel, facilitator, opened_at, phase, step, state, "
    "round, shortlist_size, dots, cap, priorities, everyone_votes, advises, off_table, settled_by, guests) VALUES "
    "('T1', 'x', 's', 'r', 'C', 'U', '2026-11-02 12:00:00+00', 'vote', 4, 'open', 1, 8, 5, 3, 3, false, false, '', '', "
    "'[]')",
    "INSERT INTO ballots VALUES "
    "('T1', 'x', 1, 'UANA', 'Lead', 'Vision', 2), ('T1', 'x', 1, 'UANA', 'Teach', 'Choice', 1)",
    """INSERT INTO ballot_drafts VALUES ('T1', 'x', 1, 'UBEN', '[["Lead", "Vision", 3]]')""",
)
"""What a vote looked like before 0012."""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    return f"sqlite:///{tmp_path / 'empty.db'}" if request.param == "sqlite" else new_postgresql()


def migrate_to(database: Database, revision: str) -> None:
    """Bring `database` up or down to one migration."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with database.write() as conn:
        config.attributes["connection"] = conn
        now = MigrationContext.configure(conn).get_current_revision()
        (command.downgrade if now and now > revision else command.upgrade)(config, revision)


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


def test_ballots_keep_their_dots_through_a_change_of_shape_and_back(address: str) -> None:
    database = Database(address)
    migrate_to(database, "0011")
    with database.write() as conn:
        for statement in A_VOTE:
            conn.execute(text(statement))
    migrate(database)
    with database.read() as conn:
        found = {row.person: (row.dots, row.begun) for row in conn.execute(select(ballots))}
    cast = [["Lead", "Vision", 2], ["Teach", "Choice", 1]]
    assert found == {"UANA": (cast, None), "UBEN": (None, [["Lead", "Vision", 3]])}
    migrate_to(database, "0011")
    with database.read() as conn:
        found_before = conn.execute(text("SELECT person, indicator, dots FROM ballots ORDER BY indicator")).all()
        assert [tuple(row) for row in found_before] == [("UANA", "Choice", 1), ("UANA", "Vision", 2)]
        assert conn.scalar(text("SELECT person FROM ballot_drafts")) == "UBEN"
    database.close()


def test_whoever_finds_another_migrating_waits_for_longer_than_for_a_gesture(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    with database.read():
        """The file is there."""
    other = sqlite3.connect(tmp_path / "empty.db", check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ends = threading.Timer((BUSY_TIMEOUT_MS + 500) / 1000, other.execute, ("COMMIT",))
    ends.start()
    migrate(database)
    check_migrated(database)
    with database.read() as conn:
        assert conn.scalar(text("PRAGMA busy_timeout")) == BUSY_TIMEOUT_MS
    ends.join()
    other.close()
    database.close()


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
