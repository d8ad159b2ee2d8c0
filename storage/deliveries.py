"""Messages as the verbs want them: one row a message, wanted again to bring what was sent up to date."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.dialects import postgresql, sqlite

from planning.messages import Delivery, Kind, Wanted
from storage.tables.base import new_id
from storage.tables.messages import deliveries
from storage.view import View

WAITING, CLAIMED, SENDING, SETTLED, STOPPED = "waiting", "claimed", "sending", "settled", "stopped"

_wanted_again = {
    "wanted": deliveries.c.wanted + 1,
    # One that is under way keeps its state: whoever sends it sees that it was wanted again meanwhile.
    "state": case((deliveries.c.state.in_((CLAIMED, SENDING)), deliveries.c.state), else_=WAITING),
    "attempts": 0,
}


class Deliveries:
    """The messages of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def want(self, wanted: Wanted) -> None:
        """Owe a message, or bring the same one up to date where it is known already."""
        self._view.messages_wanted = True
        make = postgresql.insert if self._view.conn.dialect.name == "postgresql" else sqlite.insert
        statement = make(deliveries).values(
            workspace=self._view.workspace,
            id=new_id(),
            kind=wanted.kind.value,
            recipient=wanted.recipient,
            occasion=wanted.occasion,
            subject=wanted.subject,
            due_at=wanted.due,
            wanted=1,
            shown=0,
            state=WAITING,
            lease_until=0,
            token=0,
            attempts=0,
            key=new_id(),
        )
        self._view.conn.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace", "kind", "recipient", "occasion"],
                set_={**_wanted_again, "due_at": wanted.due},
            )
        )

    def refresh(
        self, kind: Kind, subject: str, now: datetime, *, to: str | None = None, newest: int = 1, but: str = ""
    ) -> None:
        """Bring the `newest` sent messages of `kind` about `subject` up to date, all but the one with the id `but`.

        `to` keeps it to one recipient. Older messages have scrolled away: updating them would only hold up others.
        """
        self._view.messages_wanted = True
        sent = (
            select(deliveries.c.id)
            .where(self._mine(), deliveries.c.kind == kind.value, deliveries.c.subject == subject)
            .where(deliveries.c.ts.is_not(None), deliveries.c.id != but)
            .order_by(deliveries.c.ts.desc())
            .limit(newest)
        )
        if to is not None:
            sent = sent.where(deliveries.c.recipient == to)
        self._view.conn.execute(
            update(deliveries).where(self._mine(), deliveries.c.id.in_(sent)).values(**_wanted_again, due_at=now)
        )

    def find(self, kind: Kind, recipient: str, occasion: str) -> Delivery | None:
        """One message, or None where it was never wanted."""
        row = self._view.conn.execute(
            select(deliveries).where(
                self._mine(),
                deliveries.c.kind == kind.value,
                deliveries.c.recipient == recipient,
                deliveries.c.occasion == occasion,
            )
        ).one_or_none()
        return None if row is None else delivery(row)

    def to_come(self, after: datetime, until: datetime | None = None) -> Sequence[Delivery]:
        """Messages of every kind that wait for a moment after `after`, soonest first."""
        waiting = (self._mine(), deliveries.c.state == WAITING, deliveries.c.due_at > after)
        query = select(deliveries).where(*waiting).order_by(deliveries.c.due_at, deliveries.c.recipient)
        if until is not None:
            query = query.where(deliveries.c.due_at <= until)
        return [delivery(row) for row in self._view.conn.execute(query)]

    def _mine(self) -> Any:
        return deliveries.c.workspace == self._view.workspace


def delivery(row: Any) -> Delivery:
    """A row of the table as a value."""
    wanted = Wanted(Kind(row.kind), row.recipient, row.occasion, row.subject, row.due_at)
    return Delivery(row.id, wanted, row.sent_to, row.ts, row.link)
