"""Signs of life: when something last ticked, so that a dead tick is noticed."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.statements import upserting
from storage.tables.messages import heartbeats


def beat(conn: Connection, of: str, at: datetime) -> None:
    """Say that `of` was alive at the real moment `at`."""
    # One statement: several processes say so at the same instant.
    conn.execute(upserting(heartbeats, ("of", "at"), frozenset(), conn.dialect.name), {"of": of, "at": at})


def last_beat(conn: Connection, of: str) -> datetime | None:
    """When `of` was last alive, or None."""
    return conn.scalar(select(heartbeats.c.at).where(heartbeats.c.of == of))
