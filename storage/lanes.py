"""When Slack may be called next, by workspace and by channel: rows that every process shares, on the real clock."""

import time
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from storage.statements import insert_in
from storage.tables.messages import deliveries, lanes
from storage.view import View

ALL = "*"
"""Everything in the workspace."""
LONGEST_SECONDS = 900.0
"""Slack asks for seconds. What is held for longer was held before the clock was set back, and counts no more."""


def hold(view: View, place: str, seconds: float) -> None:
    """Let nothing go to `place` (a channel, or ALL) for `seconds` from now on, a quarter of an hour at the most."""
    until = time.time() + min(seconds, LONGEST_SECONDS)
    row = {"workspace": view.workspace, "place": place, "next_at": int(until * 1000)}
    view.conn.execute(_hold(view.conn.dialect.name), row)


@cache
def _hold(dialect: str) -> Any:
    statement = insert_in(dialect)(lanes)
    soon = statement.excluded.next_at + int(LONGEST_SECONDS * 1000)
    longer = lanes.c.next_at.between(statement.excluded.next_at, soon)
    later = case((longer, lanes.c.next_at), else_=statement.excluded.next_at)
    return statement.on_conflict_do_update(index_elements=["workspace", "place"], set_={"next_at": later})


def at(real: float) -> dict[str, int]:
    """What `clear` and the like need to know of the moment `real` (real seconds since 1970)."""
    return {"real_ms": int(real * 1000), "longest_ms": int((real + LONGEST_SECONDS) * 1000)}


def clear() -> Any:
    """The condition on a delivery that its channel and its workspace `of` may be written to at the moment `at`."""
    where = func.coalesce(deliveries.c.sent_to, deliveries.c.recipient)
    closed = select(lanes.c.place).where(
        lanes.c.workspace == bindparam("of"),
        _held(),
        or_(lanes.c.place == ALL, lanes.c.place == where),
    )
    return ~closed.correlate(deliveries).exists()


def soonest(view: View, real: float) -> float | None:
    """The seconds until the next held lane opens, or None where none is held."""
    opens = view.conn.scalar(_next_open(), {"of": view.workspace, **at(real)})
    return None if opens is None else opens / 1000 - real


@cache
def _next_open() -> Any:
    return select(func.min(lanes.c.next_at)).where(lanes.c.workspace == bindparam("of"), _held())


def _held() -> Any:
    return lanes.c.next_at.between(bindparam("real_ms"), bindparam("longest_ms"))
