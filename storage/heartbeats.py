"""Signs of life: when something last ticked, so that a dead tick is noticed."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.tables.messages import heartbeats


def beat(conn: Connection, of: str, at: datetime) -> None:
    """Say that `of` was alive at the real moment `at`."""
    conn.execute(delete(heartbeats).where(heartbeats.c.of == of))
    conn.execute(insert(heartbeats).values(of=of, at=at))


def last_beat(conn: Connection, of: str) -> datetime | None:
    """When `of` was last alive, or None."""
    return conn.scalar(select(heartbeats.c.at).where(heartbeats.c.of == of))
