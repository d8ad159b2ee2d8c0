"""One database behind one address: SQLite in WAL mode, or PostgreSQL, read and written in whole transactions."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

from rubric.errors import LeversError

BUSY_TIMEOUT_MS = 2000
IDLE_SECONDS = 1.0
"""A connection that lay unused for longer is tried before it is used: the server may have been restarted."""
PREPARED_AT_ONCE = 400
"""So many statements stay prepared on a connection. The driver's own limit (100, its page on prepared statements) is
less than the gestures of a session need, so that it let go of some and prepared them anew all the time."""
KEEPING_AT_ONCE: dict[str, Any] = {
    "isolation_level": "AUTOCOMMIT",
    "pool_reset_on_return": None,
    "skip_autocommit_rollback": True,
    "pool_size": 2,
}


class AddressError(LeversError):
    """The address of the database cannot be used."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"LEVERS_DATABASE_URL cannot be used ({why}); write it like sqlite:///levers.db or postgresql://host/levers."
        )


class Database:
    """Hands out connections, one transaction each. `url` is an SQLAlchemy address; `postgres://` is understood too.

    Raises AddressError for anything but SQLite and PostgreSQL, and for a folder that cannot be made.
    """

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(_with_driver(url))
        except ArgumentError as error:
            raise AddressError("it is no address") from error
        if self.url.get_backend_name() not in ("sqlite", "postgresql"):
            raise AddressError(f"it names {self.url.get_backend_name()}")
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self) if self.embedded else _postgresql_engine(self)
        # Connections that never are in a transaction: none is begun and ended around a statement, which costs more
        # than the statement. Only senders ask for them, one at a time each.
        self._keeping = self.engine if self.embedded else _postgresql_engine(self, **KEEPING_AT_ONCE)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state, and changes nothing: on PostgreSQL it may not write at all."""
        with self.engine.connect() as conn:
            if self.embedded:
                conn.exec_driver_sql("BEGIN")
                yield conn
                conn.rollback()
            else:
                # Its end is a commit: with every rollback the driver lets go of the statements that it has prepared.
                yield conn.execution_options(postgresql_readonly=True)
                conn.commit()

    @contextmanager
    def write(self, patience_ms: int = BUSY_TIMEOUT_MS) -> Iterator[Connection]:
        """A connection whose changes are kept together at the end, or not at all when an error leaves the block.

        On SQLite it waits for `patience_ms` at the most until nobody else writes.
        """
        with self.engine.connect() as conn:
            if self.embedded:
                _take_the_lock(conn, patience_ms)
            try:
                yield conn
            except BaseException:
                conn.rollback()
                raise
            conn.commit()

    @contextmanager
    def at_once(self) -> Iterator[Connection]:
        """A connection that keeps each statement as it is run: for one that stands alone, in one journey."""
        # SQLite's keeps them already, where no transaction is begun.
        with self._keeping.connect() as conn:
            yield conn

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        self._keeping.dispose()


def _take_the_lock(conn: Connection, patience_ms: int) -> None:
    """Take SQLite's write lock first of all: a read that turned into a write would fail half-way or lose an update."""
    if patience_ms == BUSY_TIMEOUT_MS:
        conn.exec_driver_sql("BEGIN IMMEDIATE")
        return
    conn.exec_driver_sql(f"PRAGMA busy_timeout={patience_ms}")
    try:
        conn.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        conn.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _with_driver(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _sqlite_engine(database: Database) -> Engine:
    file = database.url.database
    if file and file != ":memory:":
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise AddressError(f"{Path(file).parent}: {error.strerror}") from error
    engine = create_engine(database.url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver must not open transactions of its own: `write` says BEGIN IMMEDIATE itself.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def _postgresql_engine(database: Database, **more: Any) -> Engine:
    engine = create_engine(database.url, hide_parameters=True, **more)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # Nearly every statement is built once and asked for ever: what comes twice comes again.
        connection.prepare_threshold = 1
        connection.prepared_max = PREPARED_AT_ONCE

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info["unused since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def try_after_rest(connection: Any, record: Any, _proxy: Any) -> None:
        # Not before every use: it asks the server once more for each transaction of a sender that is busy.
        if time.monotonic() - record.info.get("unused since", time.monotonic()) <= IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine
