"""Taking messages to send: claimed under a lease, begun just before the post, marked where id and token still match."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from planning.messages import Delivery, Kind
from storage import lanes
from storage.claim_statements import (
    LONGEST_LEASE_SECONDS,
    UPLOAD_LEASE_SECONDS,
    beginning,
    marking,
    settling,
    standing,
    standing_and_holding,
    stopping,
    taking,
)
from storage.deliveries import CLAIMED, SENDING, STOPPED, WAITING, delivery
from storage.tables.messages import FRESH, SHOWN, deliveries
from storage.view import View

LEASE_SECONDS = 20
"""Longer than any one post may take; after it, somebody else may take the message over."""
FAILED = "failed"
"""Why a message was given up on that was attempted too often."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message this process may send while its lease runs. `wanted` is what is shown once it is sent."""

    delivery: Delivery
    token: int
    wanted: int
    attempts: int
    key: str
    in_doubt: bool = False
    begun_at: int | None = None
    looks: int = 0


@dataclass(frozen=True, slots=True)
class GivenUp:
    """So many messages of one kind that nobody sends any more. `why` is Slack's word, or FAILED."""

    kind: Kind
    why: str
    count: int


def claim(view: View, now: datetime, real: float, limit: int) -> list[Claim]:
    """Take up to `limit` messages that are due at `now`, or whose claimant died before it began to send.

    `real` is the real time in seconds since 1970: leases do not follow a moved clock. New messages come before
    updates, and updates of new messages before those of old ones, which nobody looks at.
    """
    # One after the other, and each by an index: together they would sort all that is due for every few messages.
    for what in (FRESH, SHOWN, CLAIMED):
        if batch := _take(view, what, CLAIMED, now, real, limit):
            return batch
    return []


def doubtful(view: View, real: float, limit: int) -> list[Claim]:
    """Take messages whose sender died between beginning and marking: they may have been posted, or not."""
    return _take(view, SENDING, SENDING, None, real, limit)


def end_leases(view: View) -> None:
    """Take over at once what a process claimed and left behind: only for a start on SQLite, which has one that serves.

    Where it had begun to send, Slack may be about to record the post: that is looked for once its lease is over.
    """
    left = (deliveries.c.workspace == view.workspace, deliveries.c.state == CLAIMED)
    view.conn.execute(update(deliveries).where(*left).values(lease_until=0))


def begin(view: View, one: Claim, real: float, lease: int = LEASE_SECONDS, channel: str | None = None) -> bool:
    """Say that the post is about to be made; False when somebody else took the message over.

    A lease that ran out is no matter where nobody did: making a file may take long. It begins anew, and outlasts the
    post that follows, so that nobody looks for the message meanwhile. Where it is to stand is kept too, so that it can
    be looked for there.
    """
    # One that was in doubt keeps the moment it was first begun at: so far back it may stand in Slack.
    begun_at = int(real) if one.begun_at is None or not one.in_doubt else one.begun_at
    values = {"until": int(real) + lease, "begun": begun_at, "channel": channel or one.delivery.sent_to}
    return view.change(beginning(), {**_facts(view, one), "again": int(one.in_doubt), **values}) == 1


def making(view: View, one: Claim, real: float) -> bool:
    """Its files are made now, which may take longer than the lease of a post: nobody takes it over meanwhile."""
    return _mark(view, one, lease_until=int(real) + UPLOAD_LEASE_SECONDS)


def runs(began: float, lease: int, real: float) -> bool:
    """Whether the lease of a post that was begun at `began` still runs at `real`: nobody looks for it meanwhile."""
    return began - 1 <= real < int(began) + lease


def looked(view: View, one: Claim, real: float, seconds: float = LEASE_SECONDS, *, refused: bool = False) -> bool:
    """It was looked for, and nobody could say whether it is there: the next look comes after so many `seconds`.

    Only a look that was `refused` counts: how long Slack could not be asked says nothing.
    """
    until = int(real) + min(int(seconds) + 1, UPLOAD_LEASE_SECONDS)
    return _mark(view, one, looks=one.looks + refused, lease_until=until)


def sent(view: View, one: Claim, channel: str, ts: str, link: str | None, apart: float = 0) -> bool:
    """The message stands at `ts` in `channel`, where nothing else goes for `apart` seconds.

    It waits again where it was wanted anew meanwhile.
    """
    facts = {**_facts(view, one), "seen": one.wanted, "channel": channel, "stands": ts, "permalink": link}
    if not view.embedded:
        return view.change(standing_and_holding(), {**facts, "next_at": lanes.until(apart)}) == 1
    lanes.hold(view, channel, apart)
    return view.change(standing(), facts) == 1


def found(view: View, one: Claim, channel: str, ts: str, link: str | None) -> bool:
    """A message in doubt was posted after all. What it showed is not known, so it waits to be brought up to date."""
    return _mark(view, one, state=WAITING, attempts=0, sent_to=channel, ts=ts, link=link)


def passed_over(view: View, one: Claim) -> bool:
    """What it would have said is no longer true or no longer wanted: nothing was sent."""
    return view.conn.execute(settling(), {**_facts(view, one), "seen": one.wanted}).rowcount == 1


def put_off(view: View, one: Claim, until: datetime) -> bool:
    """Try again at the moment `until`; it counts as an attempt."""
    return _mark(view, one, state=WAITING, due_at=until)


def wait_in_lane(view: View, one: Claim) -> bool:
    """Wait until its lane opens; no attempt was made."""
    return _mark(view, one, state=WAITING, attempts=_before(one))


def slow_down(view: View, one: Claim, until: datetime) -> bool:
    """Wait until the moment `until`, because of others in the same channel; no attempt was made."""
    return _mark(view, one, state=WAITING, due_at=until, attempts=_before(one))


def stop(view: View, one: Claim, why: str) -> bool:
    """Give up on it, with Slack's word for why; what is wanted anew by now waits again."""
    return view.conn.execute(stopping(), {**_facts(view, one), "seen": one.wanted, "why": why}).rowcount == 1


def given_up(view: View) -> Sequence[GivenUp]:
    """How many messages were given up on, by kind and reason."""
    of = deliveries.c
    query = select(of.kind, of.why_stopped, func.count()).where(of.workspace == view.workspace, of.state == STOPPED)
    rows = view.conn.execute(query.group_by(of.kind, of.why_stopped).order_by(of.kind, of.why_stopped))
    return [GivenUp(Kind(kind), why, count) for kind, why, count in rows]


def _take(view: View, what: str, state: str, now: datetime | None, real: float, limit: int) -> list[Claim]:
    until = int(real) + LEASE_SECONDS
    facts = {"of": view.workspace, "real": int(real), "at_most": limit, "into": state, "until": until}
    when = lanes.at(real) | {"now": now} if what in (FRESH, SHOWN) else {"longest": int(real) + LONGEST_LEASE_SECONDS}
    rows = view.conn.execute(taking(what), {**facts, **when}).all()
    oldest_first = sorted(rows, key=lambda row: (row.due_at, row.id))
    newest_message_first = sorted(oldest_first, key=lambda row: row.ts or "9", reverse=True)
    return [
        Claim(
            delivery(row), row.token, row.wanted, row.attempts, row.key, row.state == SENDING, row.begun_at, row.looks
        )
        for row in newest_message_first
    ]


def _before(one: Claim) -> int:
    # Taking a message counts as an attempt; taking one in doubt does not, since it is only looked for at first.
    return one.attempts if one.in_doubt else max(0, one.attempts - 1)


def _mark(view: View, one: Claim, **values: Any) -> bool:
    return view.conn.execute(marking(), {**_facts(view, one), **values}).rowcount == 1


def _facts(view: View, one: Claim) -> dict[str, Any]:
    return {"of": view.workspace, "this": one.delivery.id, "fence": one.token}
