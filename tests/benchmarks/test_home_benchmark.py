"""What one school's Home tab and status cost as more schools come: nothing that anybody would notice."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient
from sqlalchemy import text

from bot.handlers import home, schools
from bot.handlers.requests import Command, Desk
from planning.sift import Sift
from storage.books import WorkspaceBooks
from storage.workspaces import bind_workspace
from tests.benchmarks.many_schools import fill
from tests.databases import fresh_database
from tests.planning.school import NOW

FEW, MANY, ONE = 1_000, 10_000, 500
MOST = 1.2
TIMES = 60


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkspaceBooks]:
    """The books of one workspace on a database of each kind."""
    with fresh_database(request.param, tmp_path) as database:
        with database.write() as conn:
            workspace = bind_workspace(conn, "T1", NOW)
        yield WorkspaceBooks(database, workspace, "America/Chicago")


def grow(books: WorkspaceBooks, first: int, last: int) -> None:
    """Add schools, and let the database know of them."""
    with books.database.write() as conn:
        fill(conn, books.workspace, first, last, NOW)
    with books.database.write() as conn:
        conn.execute(text("ANALYZE"))


def pages(books: WorkspaceBooks) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    desk = Desk(books, lambda: NOW, "UBOT")
    owner, principal = f"UOWNER{ONE}x1", f"UPRINCIPAL{ONE}"
    body = {"user_id": principal, "channel_id": f"C{ONE}", "text": "status"}
    asked = Command(desk, body, WebClient("xoxb-none"), lambda **_: None)
    return {
        "Home of an owner": lambda: home.tab(desk, owner, Sift()),
        "Home of a principal": lambda: home.tab(desk, principal, Sift()),
        "status of a school": lambda: schools.status(asked),
    }


def quickest(page: Callable[[], object]) -> float:
    """The seconds that the page takes where nothing else disturbs it."""
    found = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        page()
        found.append(time.perf_counter() - begun)
    return sorted(found)[TIMES // 10]


def test_one_school_does_not_slow_down_with_the_number_of_schools(books: WorkspaceBooks) -> None:
    grow(books, 0, FEW)
    found = {name: quickest(page) for name, page in pages(books).items()}
    grow(books, FEW, MANY)
    for name, page in pages(books).items():
        after = quickest(page)
        ratio = after / found[name]
        kind = books.database.url.get_backend_name()
        print(
            f"\n{kind}, {name}: {found[name] * 1000:.1f} ms with {FEW}, {after * 1000:.1f} ms with {MANY} ({ratio:.2f})"
        )
        assert ratio <= MOST, name


def test_a_reviewer_s_forty_schools_among_ten_thousand(books: WorkspaceBooks) -> None:
    grow(books, 0, MANY)
    desk = Desk(books, lambda: NOW, "UBOT")
    seconds = quickest(lambda: home.tab(desk, "UREVIEWER", Sift()))
    print(f"\n{books.database.url.get_backend_name()}, Home of a reviewer of forty schools: {seconds * 1000:.1f} ms")
    assert len(home.schools(desk, "UREVIEWER", Sift()).shown) == 10
