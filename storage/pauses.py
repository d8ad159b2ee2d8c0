"""What waits until somebody mends it: a person, a channel or a whole workspace that Slack refuses for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select

from storage.tables.messages import deliveries, pauses
from storage.view import View

ALL = "*"
"""Everything in the workspace."""


@dataclass(frozen=True, slots=True)
class Pause:
    """`place` is a channel, a person, or ALL; `why` is Slack's word; `at` when it first said so."""

    place: str
    why: str
    at: datetime


def pause(view: View, place: str, why: str, at: datetime) -> None:
    """Send nothing to `place` until it is lifted; the first reason stays."""
    view.insert_once(pauses, {"place": place, "why": why, "at": at})


def lift(view: View, place: str) -> bool:
    """Go on with `place`: what waited is sent. Whether it was paused."""
    mine = pauses.c.workspace == view.workspace
    lifted = view.conn.execute(delete(pauses).where(mine, pauses.c.place == place)).rowcount > 0
    view.messages_wanted = view.messages_wanted or lifted
    return lifted


def paused(view: View) -> Sequence[Pause]:
    """Everything that waits, the oldest first."""
    return [Pause(row.place, row.why, row.at) for row in view.rows(pauses, order="at, place")]


def going_on() -> Any:
    """The condition on a delivery that nothing it needs is paused in the workspace `of`."""
    stopped = select(pauses.c.place).where(
        pauses.c.workspace == bindparam("of"),
        or_(
            pauses.c.place == ALL,
            pauses.c.place == deliveries.c.recipient,
            pauses.c.place == deliveries.c.sent_to,
        ),
    )
    return ~stopped.correlate(deliveries).exists()
