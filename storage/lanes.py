"""When Slack may be called next, by workspace and by channel: rows that every process shares, on the real clock."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from storage.tables.messages import deliveries, lanes
from storage.view import View, insert_in

ALL = "*"
"""Everything in the workspace."""


def hold(view: View, place: str, until: float) -> None:
    """Let nothing go to `place` (a channel, or ALL) before `until` (real seconds since 1970); it never gets shorter."""
    row = {"workspace": view.workspace, "place": place, "next_at": int(until * 1000)}
    view.conn.execute(_hold(view.conn.dialect.name), row)


@cache
def _hold(dialect: str) -> Any:
    statement = insert_in(dialect)(lanes)
    later = case((lanes.c.next_at > statement.excluded.next_at, lanes.c.next_at), else_=statement.excluded.next_at)
    return statement.on_conflict_do_update(index_elements=["workspace", "place"], set_={"next_at": later})


def clear() -> Any:
    """The condition on a delivery that its channel and its workspace `of` may be written to at the moment `real_ms`."""
    where = func.coalesce(deliveries.c.sent_to, deliveries.c.recipient)
    closed = select(lanes.c.place).where(
        lanes.c.workspace == bindparam("of"),
        lanes.c.next_at > bindparam("real_ms"),
        or_(lanes.c.place == ALL, lanes.c.place == where),
    )
    return ~closed.correlate(deliveries).exists()


def soonest(view: View, real: float) -> float | None:
    """The seconds until the next held lane opens, or None where none is held."""
    at = view.conn.scalar(_next_open(), {"of": view.workspace, "real_ms": int(real * 1000)})
    return None if at is None else at / 1000 - real


@cache
def _next_open() -> Any:
    mine = (lanes.c.workspace == bindparam("of"), lanes.c.next_at > bindparam("real_ms"))
    return select(func.min(lanes.c.next_at)).where(*mine)
