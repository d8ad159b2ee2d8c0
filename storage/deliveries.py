"""Messages as the verbs want them: one row a message, wanted again to bring what was sent up to date."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, case, func, or_, select, union_all, update

from planning.messages import Delivery, Kind, Wanted
from storage.statements import insert_in
from storage.tables.base import new_id
from storage.tables.messages import deliveries, reminders
from storage.view import View

LAST_MOMENT = datetime(9999, 1, 1, tzinfo=UTC)
WAITING, CLAIMED, SENDING, SETTLED, STOPPED = "waiting", "claimed", "sending", "settled", "stopped"

# Spelled out, since a list as a parameter keeps several from being wanted together.
_under_way = or_(deliveries.c.state == CLAIMED, deliveries.c.state == SENDING)
_wanted_again = {
    "wanted": deliveries.c.wanted + 1,
    # One that is under way keeps its state: whoever sends it sees that it was wanted again meanwhile.
    "state": case((_under_way, deliveries.c.state), else_=WAITING),
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
def _want_unsent(dialect: str) -> Any:
    statement = insert_in(dialect)(deliveries)
    let_go = deliveries.c.state == SETTLED
    moved = and_(deliveries.c.state == WAITING, deliveries.c.due_at != statement.excluded.due_at)
    return statement.on_conflict_do_update(
        index_elements=["workspace", "kind", "recipient", "occasion"],
        set_={**_wanted_again, "due_at": statement.excluded.due_at},
        where=and_(deliveries.c.ts.is_(None), or_(let_go, moved)),
    )


@cache
def _refresh() -> Any:
    of, to = deliveries.c, bindparam("to", type_=String)
    meant = (
        select(of.id)
        .where(of.workspace == bindparam("in"), of.kind == bindparam("of"), of.subject == bindparam("about"))
        .where(of.id != bindparam("but"), or_(to.is_(None), of.recipient == to))
    )
    sent = meant.where(of.ts.is_not(None)).order_by(of.ts.desc()).limit(bindparam("newest"))
    # What is just being sent for the first time was rendered before this change, most likely: it is shown anew as well.
    return _once_more(sent, meant.where(of.ts.is_(None), _under_way))


@cache
def _refresh_asking() -> Any:
    of, why = deliveries.c, reminders.c
    asked = (
        select(why.carried_by.label("id"))
        .where(why.workspace == bindparam("in"), why.person == bindparam("to"), why.action_id == bindparam("about"))
        .where(why.carried_by.is_not(None), why.carried_by != bindparam("but"))
        .group_by(why.carried_by)
        .order_by(func.max(why.carried_at).desc())
        .limit(bindparam("newest"))
    )
    theirs = (of.workspace == bindparam("in"), of.kind == Kind.CHECK_IN.value, of.recipient == bindparam("to"))
    return _once_more(asked, select(of.id).where(*theirs, of.id != bindparam("but"), of.ts.is_(None), _under_way))


def _once_more(sent: Any, first: Any) -> Any:
    """Bring up to date what was `sent`, and what is just being sent for the first time."""
    again = {**_wanted_again, "due_at": bindparam("now")}
    # One list of both: two conditions beside each other would have PostgreSQL read every message there is.
    ids = union_all(select(sent.subquery().c.id), first)
    stands = or_(deliveries.c.ts.is_not(None), _under_way)
    mine = (deliveries.c.workspace == bindparam("in"), deliveries.c.id.in_(ids))
    return update(deliveries).where(*mine, stands).values(**again)


_to_them = (
    deliveries.c.workspace == bindparam("workspace"),
    deliveries.c.kind == bindparam("kind"),
    deliveries.c.recipient == bindparam("recipient"),
)
_NOT_DONE = deliveries.c.state.in_((WAITING, CLAIMED, SENDING))
_LAST_SENT = (
    select(deliveries)
    .where(*_to_them, deliveries.c.occasion < bindparam("before"), deliveries.c.ts.is_not(None))
    .order_by(deliveries.c.occasion.desc())
    .limit(1)
)
_WAITING_FOR = select(deliveries).where(*_to_them, deliveries.c.ts.is_(None), _NOT_DONE).order_by(deliveries.c.occasion)
_COMES_WITHIN = (
    select(deliveries.c.id)
    .where(*_to_them, deliveries.c.due_at >= bindparam("first"), deliveries.c.due_at < bindparam("until"))
    .where(or_(deliveries.c.ts.is_not(None), _NOT_DONE))
    .limit(1)
)
_ASKED_ON = select(deliveries.c.occasion).where(
    *_to_them, or_(deliveries.c.ts.is_not(None), and_(deliveries.c.due_at <= bindparam("now"), _NOT_DONE))
)
_to_come = (
    select(deliveries)
    .where(deliveries.c.workspace == bindparam("workspace"), deliveries.c.state == WAITING)
    .where(deliveries.c.due_at > bindparam("after"))
    .order_by(deliveries.c.due_at, deliveries.c.recipient)
)
_TO_COME = _to_come.where(deliveries.c.due_at <= bindparam("until"))
_HELD = _to_come.where(deliveries.c.ts.is_(None))
_PUT = (
    update(deliveries)
    .where(deliveries.c.workspace == bindparam("of_workspace"), deliveries.c.id == bindparam("of_id"))
    .where(deliveries.c.state == WAITING)
    .values(due_at=bindparam("due"))
)


@cache
def _letting_go(by: tuple[str, ...]) -> Any:
    columns = ("workspace", "kind", *by)
    return (
        update(deliveries)
        .where(*(deliveries.c[name] == bindparam(f"of_{name}") for name in columns))
        .where(deliveries.c.ts.is_(None), or_(deliveries.c.state == WAITING, deliveries.c.state == CLAIMED))
        .values(state=SETTLED, token=deliveries.c.token + 1)
    )


class Deliveries:
    """The messages of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def want(self, wanted: Wanted) -> None:
        """Owe a message, or bring the same one up to date where it is known already."""
        self.want_all((wanted,))

    def want_all(self, several: Iterable[Wanted]) -> None:
        """The same for several messages, in one go."""
        rows = [{**_NEW, "workspace": self._view.workspace, **_row(wanted)} for wanted in several]
        if rows:
            self._view.messages_wanted = True
            self._view.write(_want(self._view.dialect), *rows)

    def owe(self, wanted: Wanted) -> None:
        """Owe a message once: one that was sent stays as it is, one that still waits gets the new moment."""
        known = self.find(wanted.kind, wanted.recipient, wanted.occasion)
        if known is None:
            self.want(wanted)
        elif known.ts is None and known.wanted.due != wanted.due:
            self.put(known, wanted.due)

    def want_unsent(self, wanted: Wanted) -> None:
        """Owe a message unless it was sent or given up on; one that was let go of meanwhile waits again."""
        self._view.messages_wanted = True
        row = {**_NEW, "workspace": self._view.workspace, **_row(wanted)}
        self._view.write(_want_unsent(self._view.dialect), row)

    def about(self, kind: Kind, subject: str) -> Sequence[Delivery]:
        """Every message of `kind` about `subject`, by occasion."""
        rows = self._view.rows(deliveries, kind=kind.value, subject=subject, order="occasion")
        return [delivery(row) for row in rows]

    def to(self, kind: Kind, recipient: str) -> Sequence[Delivery]:
        """Every message of `kind` to `recipient`, by occasion."""
        rows = self._view.rows(deliveries, kind=kind.value, recipient=recipient, order="occasion")
        return [delivery(row) for row in rows]

    def last_sent(self, kind: Kind, recipient: str, before: str) -> Delivery | None:
        """The newest message of `kind` that was sent to `recipient` for an occasion before `before`."""
        rows = self._view.ask(_LAST_SENT, kind=kind.value, recipient=recipient, before=before)
        return next((delivery(row) for row in rows), None)

    def waiting(self, kind: Kind, recipient: str) -> Sequence[Delivery]:
        """The messages of `kind` that `recipient` has not got yet, by occasion."""
        return [delivery(row) for row in self._view.ask(_WAITING_FOR, kind=kind.value, recipient=recipient)]

    def comes_within(self, kind: Kind, recipient: str, first: datetime, until: datetime) -> bool:
        """Whether a message of `kind` for `recipient` is due from `first` on and before `until`, sent or not."""
        return bool(self._view.ask(_COMES_WITHIN, kind=kind.value, recipient=recipient, first=first, until=until))

    def refresh(
        self, kind: Kind, subject: str, now: datetime, *, to: str | None = None, newest: int = 1, but: str = ""
    ) -> None:
        """Bring the `newest` sent messages of `kind` about `subject` up to date, all but the one with the id `but`.

        One that is being sent for the first time just now is brought up to date once it stands.
        `to` keeps it to one recipient. Older messages have scrolled away: updating them would only hold up others.
        """
        self._view.messages_wanted = True
        facts = {"in": self._view.workspace, "of": kind.value, "about": subject, "to": to, "but": but}
        self._view.write(_refresh(), {**facts, "newest": newest, "now": now})

    def refresh_asking(self, person: str, actions: Iterable[str], now: datetime, *, newest: int, but: str = "") -> None:
        """The same for the `newest` check-in messages that asked `person` about each of `actions`."""
        self._view.messages_wanted = True
        facts = {"in": self._view.workspace, "to": person, "but": but, "newest": newest, "now": now}
        self._view.write(_refresh_asking(), *({**facts, "about": action} for action in actions))

    def find(self, kind: Kind, recipient: str, occasion: str) -> Delivery | None:
        """One message, or None where it was never wanted."""
        rows = self._view.rows(deliveries, kind=kind.value, recipient=recipient, occasion=occasion)
        return delivery(rows[0]) if rows else None

    def to_come(self, after: datetime, until: datetime | None = None) -> Sequence[Delivery]:
        """Messages of every kind that wait for a moment after `after`, soonest first."""
        rows = self._view.ask(_TO_COME, after=after, until=until or LAST_MOMENT)
        return [delivery(row) for row in rows]

    def asked_on(self, person: str, now: datetime) -> frozenset[date]:
        """The local dates whose check-in message `person` has been sent, or is about to be, by the moment `now`."""
        rows = self._view.ask(_ASKED_ON, kind=Kind.CHECK_IN.value, recipient=person, now=now)
        return frozenset(date.fromisoformat(row.occasion) for row in rows)

    def withdraw(self, kind: Kind, occasion: str, *, to: str | None = None, subject: str | None = None) -> None:
        """Let go of messages that wait and were never sent; wanted again, they wait again. An empty `occasion` is any.

        The token moves on, so that whoever claimed one meanwhile cannot send it any more.
        """
        asked = {"occasion": occasion or None, "recipient": to, "subject": subject}
        by = tuple(name for name, value in asked.items() if value is not None)
        whose = {f"of_{name}": asked[name] for name in by}
        self._view.write(_letting_go(by), {"of_workspace": self._view.workspace, "of_kind": kind.value, **whose})

    def held(self, after: datetime) -> Sequence[Delivery]:
        """Messages that were never sent and wait for a moment after `after`, soonest first."""
        return [delivery(row) for row in self._view.ask(_HELD, after=after)]

    def put(self, known: Delivery, due: datetime) -> None:
        """Let a message that waits wait for the moment `due` instead."""
        self._view.write(_PUT, {"of_workspace": self._view.workspace, "of_id": known.id, "due": due})


def _row(wanted: Wanted) -> dict[str, Any]:
    return {
        "id": new_id(),
        "key": new_id(),
        "kind": wanted.kind.value,
        "recipient": wanted.recipient,
        "occasion": wanted.occasion,
        "subject": wanted.subject,
        "due_at": wanted.due,
    }


def delivery(row: Any) -> Delivery:
    """A row of the table as a value."""
    wanted = Wanted(Kind(row.kind), row.recipient, row.occasion, row.subject, row.due_at)
    return Delivery(row.id, wanted, row.sent_to, row.ts, row.link)
