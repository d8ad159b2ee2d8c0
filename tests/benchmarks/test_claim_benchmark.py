"""What sending costs the database: claiming and marking beside a bare loop, and a tick with much to come."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from planning.messages import Kind
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.tables.base import new_id
from storage.tables.messages import deliveries
from storage.workspaces import bind_workspace
from tests.databases import fresh_database
from tests.planning.school import NOW

TO_COME, DUE, BATCH = 100_000, 500, 20


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkspaceBooks]:
    """The books of one workspace on a database of each kind."""
    with fresh_database(request.param, tmp_path) as database:
        with database.write() as conn:
            workspace = bind_workspace(conn, "T1", NOW)
        yield WorkspaceBooks(database, workspace, "America/Chicago")


def owe(books: WorkspaceBooks, count: int, days: int = 0) -> None:
    """Owe so many messages, due in `days`."""
    same = {"kind": Kind.CHECK_IN.value, "occasion": f"in {days} days", "subject": "", "due_at": NOW + timedelta(days)}
    state = {"wanted": 1, "shown": 0, "state": "waiting", "lease_until": 0, "token": 0, "attempts": 0, "looks": 0}
    rows = (
        {"workspace": books.workspace, "id": new_id(), "key": new_id(), "recipient": f"U{n}", **same, **state}
        for n in range(count)
    )
    with books.database.write() as conn:
        conn.execute(insert(deliveries), list(rows))
        if not books.database.embedded:
            conn.execute(text("ANALYZE deliveries"))


def test_a_tick_with_nothing_due_costs_little_however_much_is_to_come(books: WorkspaceBooks) -> None:
    owe(books, TO_COME, days=30)
    claimed = [timed(books) for _ in range(50)]
    print(f"\n{books.database.url.get_backend_name()}: {min(claimed) * 1000:.2f} ms with {TO_COME} rows to come")
    assert min(claimed) < 0.02


def timed(books: WorkspaceBooks) -> float:
    """The seconds that a claim takes which finds nothing."""
    begun = time.perf_counter()
    with books.write() as ledger:
        assert claims.claim(ledger.view, NOW, time.time(), BATCH) == []
    return time.perf_counter() - begun


def test_claiming_and_marking_beside_a_bare_loop_with_the_same_commits(books: WorkspaceBooks) -> None:
    owe(books, DUE)
    begun, sent = time.perf_counter(), 0
    while True:
        with books.write() as ledger:
            batch = claims.claim(ledger.view, NOW, time.time(), BATCH)
        if not batch:
            break
        for one in batch:
            with books.write() as ledger:
                assert claims.begin(ledger.view, one, time.time())
            with books.write() as ledger:
                assert claims.sent(ledger.view, one, "D1", f"1.{sent}", None)
            sent += 1
    ours = sent / (time.perf_counter() - begun)
    bare = bare_loop(books.database)
    print(f"\n{books.database.url.get_backend_name()}: {ours:.0f} a second, bare {bare:.0f} ({ours / bare:.2f})")
    assert sent == DUE


def bare_loop(database: Database) -> float:
    """Rows a second that a loop on the driver's own connection marks with the same commits: one a batch, two a row."""
    mark = "?" if database.embedded else "%s"
    with database.engine.connect() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        ids = [row[0] for row in driver.execute("SELECT id FROM deliveries").fetchall()]
        driver.commit()
        begun = time.perf_counter()
        for number, one in enumerate(ids):
            for state in ("sending", "settled") if number % BATCH else ("claimed", "sending", "settled"):
                if database.embedded:
                    driver.execute("BEGIN IMMEDIATE")
                driver.execute(f"UPDATE deliveries SET state = '{state}' WHERE id = {mark}", (one,))
                driver.commit()
        return len(ids) / (time.perf_counter() - begun)
