"""A sender that does nothing, and the same without Levers: the driver's own statements with the same commits."""

import time
from collections.abc import Sequence
from datetime import timedelta
from math import inf
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import insert, text

from planning.messages import Kind, Wanted
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.tables.base import new_id
from storage.tables.messages import FRESH, deliveries
from tests.planning.school import NOW

BATCH = 20
FIRST = 10 * BATCH
"""After so many a process has built its statements, and PostgreSQL has planned them."""
NEW = {"wanted": 1, "shown": 0, "state": "waiting", "lease_until": 0, "token": 0, "attempts": 0, "looks": 0}


def owe(books: WorkspaceBooks, count: int, days: int = 0, name: str = "") -> None:
    """Owe so many messages, due in `days`."""
    same = {
        "kind": Kind.CHECK_IN.value,
        "occasion": f"{name}in {days} days",
        "subject": "",
        "due_at": NOW + timedelta(days),
    }
    with books.database.write() as conn:
        for first in range(0, count, 10_000):
            rows = (
                {"workspace": books.workspace, "id": new_id(), "key": new_id(), "recipient": f"U{n}", **same, **NEW}
                for n in range(first, min(first + 10_000, count))
            )
            conn.execute(insert(deliveries), list(rows))
        if not books.database.embedded:
            conn.execute(text("ANALYZE deliveries"))


def send_all(books: WorkspaceBooks, at_most: float = inf) -> int:
    """Take, begin and mark what is due in whole batches, as the sender does, without a post between; how many."""
    sent = 0
    while sent < at_most:
        with books.write() as ledger:
            batch = claims.claim(ledger.view, NOW, time.time(), BATCH)
        if not batch:
            break
        for one in batch:
            channel = f"D{one.delivery.wanted.recipient}"
            with books.at_once() as view:
                assert claims.begin(view, one, time.time(), channel=channel)
            with books.as_one() as view:
                assert claims.sent(view, one, channel, f"1.{sent}", None, apart=1)
            sent += 1
    return sent


def send_in_a_process(url: str, workspace: str, ready: Barrier) -> None:
    """The same in a process of its own, once all are ready: they have sent `FIRST` each, as a bot that has run."""
    books = WorkspaceBooks(Database(url), workspace, "America/Chicago")
    assert send_all(books, FIRST) == FIRST
    ready.wait(60)
    send_all(books)


def bare_loop(books: WorkspaceBooks, at_most: int) -> float:
    """Rows a second that a loop on the driver's own connection takes and marks: a commit a batch, and two a row."""
    mark, skip = ("?", "") if books.database.embedded else ("%s", "FOR UPDATE SKIP LOCKED")
    free = f"workspace = {mark} AND {FRESH} ORDER BY due_at, id LIMIT {BATCH} {skip}"
    take = (
        f"UPDATE deliveries SET state = 'claimed', token = token + 1, lease_until = {mark} "
        f"WHERE workspace = {mark} AND id IN (SELECT id FROM deliveries WHERE {free}) RETURNING id, token"
    )
    fits = f"WHERE workspace = {mark} AND id = {mark} AND token = {mark}"
    begin = f"UPDATE deliveries SET state = 'sending', lease_until = {mark}, begun_at = {mark}, sent_to = {mark} {fits}"
    settle = f"UPDATE deliveries SET state = 'settled', shown = 1, attempts = 0, ts = {mark} {fits}"
    hold = (
        f"INSERT INTO lanes (workspace, place, next_at) VALUES ({mark}, {mark}, {mark}) "
        "ON CONFLICT (workspace, place) DO UPDATE SET next_at = excluded.next_at"
    )
    # As Levers does: nobody waits for the disk to hear that a message was sent.
    soon = [] if books.database.embedded else [("SET LOCAL synchronous_commit = off", ())]
    with books.database.engine.connect() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None

        def commit(*statements: tuple[str, Sequence[Any]], returns: bool = False) -> list[Any]:
            if books.database.embedded:
                driver.execute("BEGIN IMMEDIATE")
            for statement, values in statements:
                cursor = driver.execute(statement, values)
            rows = list(cursor.fetchall()) if returns else []
            driver.commit()
            return rows

        begun, sent, mine = time.perf_counter(), 0, books.workspace
        while sent < at_most and (batch := commit((take, (int(time.time()) + 20, mine, mine)), returns=True)):
            for one, token in batch:
                now = int(time.time())
                commit((begin, (now + 20, now, f"D{sent}", mine, one, token)))
                commit(*soon, (settle, (f"1.{sent}", mine, one, token)), (hold, (mine, f"D{sent}", now * 1000)))
                sent += 1
        return sent / (time.perf_counter() - begun)


def wants(count: int) -> list[Wanted]:
    """So many messages to be wanted."""
    return [Wanted(Kind.CHECK_IN, f"U{number}", "2027-01-06", "", NOW) for number in range(count)]


def bulk(books: WorkspaceBooks, count: int) -> float:
    """The seconds that the driver's own bulk insert of the same rows takes."""
    mark = "?" if books.database.embedded else "%s"
    columns = ("workspace", "id", "key", "recipient", "kind", "occasion", "subject", "due_at", *NEW)
    statement = f"INSERT INTO deliveries ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
    begun = time.perf_counter()
    due: Any = NOW.replace(tzinfo=None).isoformat(" ") if books.database.embedded else NOW
    rows = [
        (books.workspace, new_id(), new_id(), f"U{n}", "check-in", "bare", "", due, *NEW.values()) for n in range(count)
    ]
    with books.database.engine.connect() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        if books.database.embedded:
            driver.execute("BEGIN IMMEDIATE")
        driver.cursor().executemany(statement, rows)
        driver.commit()
    return time.perf_counter() - begun
