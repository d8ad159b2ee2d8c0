"""When Slack may be called next, by method and by channel: rows that every process shares, on the real clock."""

import time
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, func, literal, select

from planning.messages import IN_CHANNELS, WITH_FILES, Delivery
from storage.statements import insert_in
from storage.tables.messages import FRESH, deliveries, lanes
from storage.view import View

POST, UPDATE, OPEN = "chat.postMessage", "chat.update", "conversations.open"
FILES = "files"
"""What it takes to upload: several methods, and none of them for anything else."""
LONGEST_SECONDS = 900.0
"""Slack asks for seconds. What is held for longer was held before the clock was set back, and counts no more."""


def lane(method: str, channel: str) -> str:
    """What waits when Slack takes no more calls of `method`: of posts those to the `channel`, else all of its kind.

    Slack counts posts by channel, and everything else by method (its page on rate limits).
    """
    if method == POST:
        return f"{POST} {channel}"
    return method if method in (UPDATE, OPEN) else FILES


def lanes_of(one: Delivery) -> tuple[str, ...]:
    """The lanes that must be open for a message to be sent: what `clear` asks the database for."""
    channel = one.sent_to or one.wanted.recipient
    if one.ts is not None:
        return channel, UPDATE
    if one.wanted.kind in WITH_FILES:
        return channel, FILES
    opened = one.sent_to is not None or one.wanted.kind in IN_CHANNELS
    return (channel, POST, lane(POST, channel), *(() if opened else (OPEN,)))


def hold(view: View, place: str, seconds: float) -> None:
    """Let nothing go to `place` (a channel, or a lane) for `seconds` from now on, a quarter of an hour at the most."""
    view.write(holding(view.dialect), {"workspace": view.workspace, "place": place, "next_at": until(seconds)})


def until(seconds: float) -> int:
    """The moment in real milliseconds until which a lane is held for `seconds`."""
    return int((time.time() + min(seconds, LONGEST_SECONDS)) * 1000)


@cache
def holding(dialect: str) -> Any:
    """The statement that holds a lane until `next_at`, unless it is held for longer."""
    statement = insert_in(dialect)(lanes)
    soon = statement.excluded.next_at + int(LONGEST_SECONDS * 1000)
    longer = lanes.c.next_at.between(statement.excluded.next_at, soon)
    later = case((longer, lanes.c.next_at), else_=statement.excluded.next_at)
    return statement.on_conflict_do_update(index_elements=["workspace", "place"], set_={"next_at": later})


def at(real: float) -> dict[str, int]:
    """What `clear` and the like need to know of the moment `real` (real seconds since 1970)."""
    return {"real_ms": int(real * 1000), "longest_ms": int((real + LONGEST_SECONDS) * 1000)}


def clear(what: str) -> Any:
    """The condition on a delivery, FRESH or SHOWN, that its lanes in the workspace `of` are open at the moment `at`."""
    of = deliveries.c
    channel = func.coalesce(of.sent_to, of.recipient)
    places: list[Any] = [channel, UPDATE]
    if what == FRESH:
        files = of.kind.in_([kind.value for kind in WITH_FILES])
        unopened = and_(of.sent_to.is_(None), of.kind.not_in([kind.value for kind in IN_CHANNELS]))
        posted = case((files, FILES), else_=literal(f"{POST} ") + channel)
        places = [channel, posted, case((files, FILES), else_=POST), case((unopened, OPEN), else_=channel)]
    # Counted, so that PostgreSQL looks the few lanes of a message up: of an EXISTS it makes a join with all of them.
    closed = select(func.count()).where(lanes.c.workspace == bindparam("of"), _held(), lanes.c.place.in_(places))
    return closed.correlate(deliveries).scalar_subquery() == 0


def held_elsewhere(view: View, place: str, real: float) -> bool:
    """Whether posts to another channel than that of the lane `place` are held at the moment `real`."""
    others = (lanes.c.place.startswith(f"{POST} "), lanes.c.place != place)
    query = select(lanes.c.place).where(lanes.c.workspace == view.workspace, _held(), *others).limit(1)
    return view.conn.scalar(query, at(real)) is not None


def soonest(view: View, real: float) -> float | None:
    """The seconds until the next held lane opens, or None where none is held."""
    opens = view.conn.scalar(_next_open(), {"of": view.workspace, **at(real)})
    return None if opens is None else opens / 1000 - real


@cache
def _next_open() -> Any:
    return select(func.min(lanes.c.next_at)).where(lanes.c.workspace == bindparam("of"), _held())


def _held() -> Any:
    return lanes.c.next_at.between(bindparam("real_ms"), bindparam("longest_ms"))
