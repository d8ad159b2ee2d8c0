"""A tick that finds nothing due reads a few entries of an index, however much is to come, on both databases."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage.books import WorkspaceBooks
from storage.claim import claim, doubtful
from storage.database import Database
from storage.workspaces import bind_workspace
from tests.benchmarks.engine import owe
from tests.planning.school import NOW

TO_COME = 5000
INDEXES = ("ix_deliveries_fresh", "ix_deliveries_shown", "ix_deliveries_taken", "ix_deliveries_taken")


@pytest.fixture
def books(database: Database) -> WorkspaceBooks:
    """The books of one workspace, with much to come and nothing due."""
    with database.write() as conn:
        workspace = bind_workspace(conn, "T1", NOW)
    books = WorkspaceBooks(database, workspace, "America/Chicago")
    owe(books, TO_COME, days=30)
    return books


def test_what_is_due_is_found_by_an_index_and_not_by_reading_what_is_to_come(books: WorkspaceBooks) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(books.database.engine, "before_cursor_execute", listen)
    with books.write() as ledger:
        assert claim(ledger.view, NOW + timedelta(days=1), time.time(), 20) == []
        assert doubtful(ledger.view, time.time(), 20) == []
    event.remove(books.database.engine, "before_cursor_execute", listen)
    claims = [one for one in asked if "UPDATE deliveries" in one[0]]
    assert len(claims) == len(INDEXES)
    explain = "EXPLAIN QUERY PLAN " if books.database.embedded else "EXPLAIN "
    with books.database.read() as conn:
        for (statement, parameters), index in zip(claims, INDEXES, strict=True):
            plan = str(conn.exec_driver_sql(explain + statement, parameters).all())
            assert index in plan, plan
            assert "SCAN deliveries" not in plan.replace("USING", "") and "Seq Scan on deliveries" not in plan, plan
