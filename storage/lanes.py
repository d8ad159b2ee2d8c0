"""When Slack may be called next, by workspace and by channel: rows that every process shares, on the real clock."""

from typing import Any

from sqlalchemy import case, func, or_, select

from storage.tables.messages import deliveries, lanes
from storage.view import View, insert_in

ALL = "*"
"""Everything in the workspace."""


def hold(view: View, place: str, until: float) -> None:
    """Let nothing go to `place` (a channel, or ALL) before `until` (real seconds since 1970); it never gets shorter."""
    statement = insert_in(view.conn.dialect.name)(lanes).values(
        workspace=view.workspace, place=place, next_at=int(until * 1000)
    )
    later = case((lanes.c.next_at > statement.excluded.next_at, lanes.c.next_at), else_=statement.excluded.next_at)
    view.conn.execute(statement.on_conflict_do_update(index_elements=["workspace", "place"], set_={"next_at": later}))


def clear(view: View, real: float) -> Any:
    """The condition on a delivery that its channel and its workspace may be written to at the moment `real`."""
    where = func.coalesce(deliveries.c.sent_to, deliveries.c.recipient)
    closed = select(lanes.c.place).where(
        lanes.c.workspace == view.workspace,
        lanes.c.next_at > int(real * 1000),
        or_(lanes.c.place == ALL, lanes.c.place == where),
    )
    return ~closed.correlate(deliveries).exists()


def soonest(view: View, real: float) -> float | None:
    """The seconds until the next held lane opens, or None where none is held."""
    held = select(func.min(lanes.c.next_at)).where(
        lanes.c.workspace == view.workspace, lanes.c.next_at > int(real * 1000)
    )
    at = view.conn.scalar(held)
    return None if at is None else at / 1000 - real
