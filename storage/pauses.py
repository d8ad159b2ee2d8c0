"""What waits until somebody mends it: a person, a channel or a whole workspace that Slack refuses for good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select

from planning.messages import Kind
from planning.pauses import ALL, Pause
from storage.deliveries import Deliveries
from storage.tables.messages import deliveries, pauses
from storage.view import View

TOLD = 20
"""More people than are told of one pause."""


class Pauses:
    """What waits in one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def all(self) -> Sequence[Pause]:
        """Everything that waits, the oldest first."""
        return paused(self._view)

    def lift(self, place: str) -> bool:
        """Go on with `place`; whether it was paused."""
        return lift(self._view, place)


def pause(view: View, place: str, why: str, at: datetime) -> None:
    """Send nothing to `place` until it is lifted; the first reason stays."""
    view.insert_once(pauses, {"place": place, "why": why, "at": at})


def lift(view: View, place: str) -> bool:
    """Go on with `place`: what waited is sent, and whoever was told of it sees so. Whether it was paused."""
    this = (pauses.c.workspace == view.workspace, pauses.c.place == place)
    since = view.conn.scalar(select(pauses.c.at).where(*this))
    if since is None:
        return False
    view.conn.execute(delete(pauses).where(*this))
    Deliveries(view).refresh(Kind.PAUSED, place, since, newest=TOLD)
    return True


def paused(view: View) -> Sequence[Pause]:
    """Everything that waits, the oldest first."""
    return [Pause(row.place, row.why, row.at, _whose(view, row.place)) for row in view.rows(pauses, order="at, place")]


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


def _whose(view: View, place: str) -> str | None:
    """Whose direct messages go to `place` (Slack: people's ids begin with U or W, direct messages' with D)."""
    if place.startswith(("U", "W")):
        return place
    if not place.startswith("D"):
        return None
    sent = (deliveries.c.workspace == view.workspace, deliveries.c.sent_to == place)
    found: str | None = view.conn.scalar(select(deliveries.c.recipient).where(*sent).limit(1))
    return found
