"""Messages as the verbs want them: one row a message, wanted again to bring what was sent up to date."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, select, update

from planning.messages import Delivery, Kind, Wanted
from storage.tables.base import new_id
from storage.tables.messages import deliveries
from storage.view import View, insert_in

WAITING, CLAIMED, SENDING, SETTLED, STOPPED = "waiting", "claimed", "sending", "settled", "stopped"

_wanted_again = {
    "wanted": deliveries.c.wanted + 1,
    # One that is under way keeps its state: whoever sends it sees that it was wanted again meanwhile.
    "state": case((deliveries.c.state.in_((CLAIMED, SENDING)), deliveries.c.state), else_=WAITING),
    "attempts": 0,
}


_NEW = {"wanted": 1, "shown": 0, "state": WAITING, "lease_until": 0, "token": 0, "attempts": 0}


@cache
def _want(dialect: str) -> Any:
    statement = insert_in(dialect)(deliveries)
    return statement.on_conflict_do_update(
        index_elements=["workspace", "kind", "recipient", "occasion"],
        set_={**_wanted_again, "due_at": statement.excluded.due_at},
    )


@cache
def _refresh(to_one: bool) -> Any:
    of = deliveries.c
    sent = (
        select(of.id)
        .where(of.workspace == bindparam("in"), of.kind == bindparam("of"), of.subject == bindparam("about"))
        .where(of.ts.is_not(None), of.id != bindparam("but"))
        .order_by(of.ts.desc())
        .limit(bindparam("newest"))
    )
    if to_one:
        sent = sent.where(of.recipient == bindparam("to"))
    again = {**_wanted_again, "due_at": bindparam("now")}
    return update(deliveries).where(of.workspace == bindparam("in"), of.id.in_(sent)).values(**again)


class Deliveries:
    """The messages of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def want(self, wanted: Wanted) -> None:
        """Owe a message, or bring the same one up to date where it is known already."""
        self._view.messages_wanted = True
        row = {
            "workspace": self._view.workspace,
            "id": new_id(),
            "kind": wanted.kind.value,
            "recipient": wanted.recipient,
            "occasion": wanted.occasion,
            "subject": wanted.subject,
            "due_at": wanted.due,
            "key": new_id(),
        }
        self._view.conn.execute(_want(self._view.conn.dialect.name), {**_NEW, **row})

    def refresh(
        self, kind: Kind, subject: str, now: datetime, *, to: str | None = None, newest: int = 1, but: str = ""
    ) -> None:
        """Bring the `newest` sent messages of `kind` about `subject` up to date, all but the one with the id `but`.

        `to` keeps it to one recipient. Older messages have scrolled away: updating them would only hold up others.
        """
        self._view.messages_wanted = True
        facts = {"in": self._view.workspace, "of": kind.value, "about": subject, "but": but, "newest": newest}
        one = {} if to is None else {"to": to}
        self._view.conn.execute(_refresh(to is not None), {**facts, **one, "now": now})

    def find(self, kind: Kind, recipient: str, occasion: str) -> Delivery | None:
        """One message, or None where it was never wanted."""
        rows = self._view.rows(deliveries, kind=kind.value, recipient=recipient, occasion=occasion)
        return delivery(rows[0]) if rows else None

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
