"""What one school's Home tab and status cost as more schools come: nothing that anybody would notice."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_sdk import WebClient
from sqlalchemy import text

from bot.handlers import home, schools
from bot.handlers.requests import Command, Desk
from planning.sift import Sift
from storage.books import WorkspaceBooks
from storage.workspaces import bind_workspace
from tests.benchmarks.a_big_district import fill
from tests.benchmarks.measuring import MEASURED
from tests.databases import fresh_database
from tests.planning.school import NOW

FEW, MANY, TIMES = (1_000, 10_000, 60) if MEASURED else (100, 1_000, 3)
ONE = 50
REVIEWED = MANY // 250
MOST = 1.2


KINDS = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])


@contextmanager
def workspace_of(kind: str, folder: Path, schools_there: int) -> Iterator[WorkspaceBooks]:
    """The books of one workspace with so many schools."""
    folder.mkdir()
    with fresh_database(kind, folder) as database:
        with database.write() as conn:
            books = WorkspaceBooks(database, bind_workspace(conn, "T1", NOW), "America/Chicago")
        grow(books, schools_there)
        yield books


def grow(books: WorkspaceBooks, schools_there: int) -> None:
    """Add schools, and let the database know of them."""
    with books.database.write() as conn:
        fill(conn, books.workspace, 0, schools_there, NOW)
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


def quickest(*several: Callable[[], object]) -> list[float]:
    """The seconds that each takes where nothing else disturbs it; they take turns, so that all are disturbed alike."""
    found: list[list[float]] = [[] for _ in several]
    for _ in range(TIMES):
        for page, times in zip(several, found, strict=True):
            begun = time.perf_counter()
            page()
            times.append(time.perf_counter() - begun)
    return [min(times) for times in found]


@KINDS
def test_one_school_does_not_slow_down_with_the_number_of_schools(kind: str, tmp_path: Path) -> None:
    few, many = (workspace_of(kind, tmp_path / str(number), number) for number in (FEW, MANY))
    with few as of_few, many as of_many:
        found = {name: quickest(page, pages(of_many)[name]) for name, page in pages(of_few).items()}
    for name, (before, after) in found.items():
        print(f"\n{kind}, {name}: {before * 1000:.1f} and {after * 1000:.1f} ms ({after / before:.2f})")
    assert not MEASURED or max(after / before for before, after in found.values()) <= MOST


@KINDS
def test_a_reviewer_s_forty_schools_among_ten_thousand(kind: str, tmp_path: Path) -> None:
    with workspace_of(kind, tmp_path / "many", MANY) as books:
        desk = Desk(books, lambda: NOW, "UBOT")
        (seconds,) = quickest(lambda: home.tab(desk, "UREVIEWER", Sift()))
        with books.read() as ledger:
            assert len(home.schools(ledger, "UREVIEWER", Sift(), NOW).shown) == min(10, REVIEWED)
    print(f"\n{kind}, Home of a reviewer of forty schools: {seconds * 1000:.1f} ms")
