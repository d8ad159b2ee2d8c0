"""The statements that take and mark messages, each built once: building takes several times as long as running."""

from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, case, func, select, text, update

from storage import lanes, pauses
from storage.deliveries import CLAIMED, SENDING, SETTLED, STOPPED, WAITING
from storage.tables.messages import FRESH, TAKEN, deliveries

UPLOAD_LEASE_SECONDS = 180
"""The longest lease that is given: for files, which take several calls each."""
LONGEST_LEASE_SECONDS = UPLOAD_LEASE_SECONDS + 120
"""One that ends later was given before the clock was set back: nobody holds it any more.

Well above the longest that is given, since the clocks of two hosts are never quite the same.
"""

of = deliveries.c


@cache
def taking(what: str) -> Any:
    """Take `at_most` of the messages that are FRESH, SHOWN, CLAIMED or SENDING in the workspace `of`, and return them.

    The first two are due at `now` in a lane that is open at `real_ms`; the others' lease is over at `real`.
    They go `into` a state under a lease `until`.
    """
    by_due = (of.due_at, of.id)
    if what in (CLAIMED, SENDING):
        conditions: tuple[Any, ...] = (
            text(TAKEN),
            of.state == what,
            ~of.lease_until.between(bindparam("real"), bindparam("longest")),
        )
        order: tuple[Any, ...] = by_due
    else:
        conditions = (text(what), of.due_at <= bindparam("now"), lanes.clear(what), pauses.going_on())
        order = by_due if what == FRESH else (of.ts.desc(), *by_due)
    free = (
        select(of.id)
        .where(of.workspace == bindparam("of"), *conditions)
        .order_by(*order)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True)
        # Read once in a WITH of its own; a subquery PostgreSQL may read again for every row, and so pass the limit.
        .cte("free")
    )
    # Whoever died before it began to send a message has not attempted it, and whoever looks for one does not send it.
    attempts = of.attempts if what in (CLAIMED, SENDING) else of.attempts + 1
    return (
        update(deliveries)
        .where(of.workspace == bindparam("of"), of.id.in_(select(free.c.id)))
        .values(state=bindparam("into"), token=of.token + 1, lease_until=bindparam("until"), attempts=attempts)
        .returning(deliveries)
    )


@cache
def marking() -> Any:
    """Change `this` message of the workspace `of` where the token is `fence`; what to set is given when it is run."""
    return update(deliveries).where(
        of.workspace == bindparam("of"), of.id == bindparam("this"), of.token == bindparam("fence")
    )


@cache
def beginning() -> Any:
    """The same where nobody has taken it over: it is sent into `channel` under a lease `until`.

    `again` is 1 where it was looked for, found absent and is now attempted once more, else 0.
    """
    return (
        marking()
        .where(text(TAKEN))
        .values(
            state=SENDING,
            lease_until=bindparam("until"),
            begun_at=bindparam("begun"),
            sent_to=bindparam("channel", type_=String),
            attempts=of.attempts + bindparam("again"),
        )
    )


@cache
def settling() -> Any:
    """The same, where what was wanted as it was `seen` is done with; what is wanted anew by now waits again."""
    again = case((of.wanted == bindparam("seen"), SETTLED), else_=WAITING)
    return marking().values(state=again, shown=bindparam("seen"), attempts=0)


@cache
def stopping() -> Any:
    """The same where what was `seen` is given up on, with the reason `why`."""
    again = case((of.wanted == bindparam("seen"), STOPPED), else_=WAITING)
    return marking().values(state=again, why_stopped=bindparam("why"))


@cache
def standing() -> Any:
    """The same for a message that stands at `stands` in `channel`, with its `permalink`."""
    return settling().values(
        sent_to=bindparam("channel"), ts=bindparam("stands", type_=String), link=bindparam("permalink", type_=String)
    )


@cache
def standing_and_holding() -> Any:
    """The same, and the lane of `channel` is held until `next_at`, in one statement that does not wait for the disk.

    Should the machine lose its power in that part of a second, the message is one of which it is said that it is being
    sent, as after any crash, and is looked for in Slack. The wait would be as long as all the rest.
    """
    held = lanes.holding("postgresql").values(
        workspace=bindparam("of"), place=bindparam("channel"), next_at=bindparam("next_at")
    )
    # Only for this transaction (PostgreSQL's pages on asynchronous commit and on set_config).
    without_waiting = func.set_config("synchronous_commit", "off", True) == "off"
    return standing().where(without_waiting).add_cte(held.returning(held.table.c.place).cte("held"))
