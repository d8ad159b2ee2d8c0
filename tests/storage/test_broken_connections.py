"""A server that was restarted: what broke unused is noticed before its use, what broke in use is given up."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import database as of_database
from storage.books import WorkspaceBooks
from storage.claim_statements import beginning
from storage.database import Database
from storage.workspaces import bind_workspace
from tests.databases import fresh_database
from tests.planning.school import NOW


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A PostgreSQL: SQLite has no server."""
    with fresh_database("postgresql", tmp_path) as fresh:
        yield fresh


@pytest.fixture
def books(database: Database) -> WorkspaceBooks:
    """The books of one workspace with nothing in them."""
    with database.write() as conn:
        return WorkspaceBooks(database, bind_workspace(conn, "T1", NOW), "America/Chicago")


def begin_nothing(books: WorkspaceBooks) -> int:
    """Say of a message that is not there that it begins: how many did."""
    facts = {"of": books.workspace, "this": "none", "fence": 1, "real": 0, "until": 20, "begun": 0, "channel": None}
    with books.at_once() as view:
        return view.change(beginning(), facts)


def read_nothing(books: WorkspaceBooks) -> object:
    """Read whose schools there are."""
    with books.read() as ledger:
        return ledger.schools.all()


def break_all(database: Database) -> None:
    """Let the server end every other connection."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    other = Database(database.url.render_as_string(hide_password=False))
    with other.write() as conn:
        conn.execute(text(f"{ended} pg_backend_pid()"))
    other.close()
    time.sleep(0.1)


@pytest.mark.parametrize("use", [begin_nothing, read_nothing])
def test_a_connection_that_broke_while_it_lay_unused_is_noticed_before_its_use(
    books: WorkspaceBooks, use: Callable[[WorkspaceBooks], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = use(books)
    monkeypatch.setattr(of_database, "IDLE_SECONDS", 0)
    break_all(books.database)
    assert use(books) == before


@pytest.mark.parametrize("use", [begin_nothing, read_nothing])
def test_a_connection_that_broke_in_use_is_given_up(
    books: WorkspaceBooks, use: Callable[[WorkspaceBooks], object]
) -> None:
    before = use(books)
    break_all(books.database)
    with pytest.raises(OperationalError):
        use(books)
    assert use(books) == before


def test_what_stands_alone_is_never_in_a_transaction(books: WorkspaceBooks) -> None:
    begin_nothing(books)
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
    with books.at_once() as view:
        view.change(beginning(), {"of": "", "this": "", "fence": 1, "real": 0, "until": 0, "begun": 0, "channel": None})
        with books.database.read() as conn:
            assert conn.scalar(waiting) == 0


def test_closing_gives_back_every_connection(books: WorkspaceBooks) -> None:
    begin_nothing(books)
    read_nothing(books)
    books.database.close()
    count = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
    with books.database.read() as conn:
        deadline = time.monotonic() + 5
        while (left := conn.scalar(count)) != 1 and time.monotonic() < deadline:
            time.sleep(0.05)
            conn.rollback()
    assert left == 1
