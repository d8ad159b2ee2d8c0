"""The engine beside others in one run: APScheduler's job store, procrastinate, and a bare loop with the same commits.

The sender does nothing. `LEVERS_DUE=10000,100000` measures at full length; times are of one machine, ratios hold. What
is compared takes turns, so that whatever else the machine does meanwhile slows both down.
"""

import asyncio
import multiprocessing
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import procrastinate
import psutil
import pytest
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import func, select

from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.tables.messages import deliveries
from storage.workspaces import bind_workspace
from tests.benchmarks.engine import BATCH, FIRST, bare_loop, bulk, owe, send_all, send_in_a_process, wants
from tests.databases import fresh_database, new_postgresql
from tests.planning.school import NOW

DUE = [int(number) for number in os.environ.get("LEVERS_DUE", "100").split(",")]
TO_COME = int(os.environ.get("LEVERS_TO_COME", "2000"))
"""A million at full length."""
JOBS = int(os.environ.get("LEVERS_JOBS", str(min(DUE[0], 2000))))
"""How many the job store and procrastinate get at the most: their rate is what counts."""
ROUNDS = 5 if "LEVERS_DUE" in os.environ else 1


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkspaceBooks]:
    """The books of one workspace on a database of each kind."""
    with fresh_database(request.param, tmp_path) as database:
        with database.write() as conn:
            workspace = bind_workspace(conn, "T1", NOW)
        yield WorkspaceBooks(database, workspace, "America/Chicago")


@pytest.mark.parametrize("due", DUE)
def test_one_process_beside_the_bare_loop(books: WorkspaceBooks, due: int) -> None:
    # One backlog, from which they take by turns.
    owe(books, 2 * due)
    share, grown = due // ROUNDS, []

    def levers() -> float:
        before, begun = psutil.Process().memory_info().rss, time.perf_counter()
        assert send_all(books, share) == share
        took = time.perf_counter() - begun
        grown.append((psutil.Process().memory_info().rss - before) / 1e6)
        return share / took

    compared = by_turns(levers, lambda: bare_loop(books, share), "bare loop")
    say(books, f"{due} due: {compared}, grown by {sum(grown):.1f} MB")
    assert sum(grown) < 10


def test_four_processes_beside_one(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path) as database:
        with database.write() as conn:
            workspace = bind_workspace(conn, "T1", NOW)
        books = WorkspaceBooks(database, workspace, "America/Chicago")
        names = count(1)

        def processes(number: int) -> float:
            owe(books, number * FIRST + 4 * DUE[0], name=f"{next(names)} ")
            return by_processes(database, workspace, number, 4 * DUE[0])

        say(books, f"four processes: {by_turns(lambda: processes(4), lambda: processes(1), 'one process')}")


def by_turns(ours: Callable[[], float], theirs: Callable[[], float], name: str) -> str:
    """Let both do the same for some rounds, and tell how many a second each did in the median, and the ratio."""
    rounds = [(ours(), theirs()) for _ in range(ROUNDS)]
    mine, others = (statistics.median(rates) for rates in zip(*rounds, strict=True))
    each = ", ".join(f"{one / other:.2f}" for one, other in rounds)
    return f"{mine:.0f}/s, {name} {others:.0f}/s, ratio {mine / others:.2f} (in each round {each})"


def by_processes(database: Database, workspace: str, number: int, due: int) -> float:
    """Messages a second that so many processes send, from the moment that all of them have run for a while."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(number + 1)
    url = database.url.render_as_string(hide_password=False)
    senders = [context.Process(target=send_in_a_process, args=(url, workspace, ready)) for _ in range(number)]
    for sender in senders:
        sender.start()
    ready.wait(60)
    begun = time.perf_counter()
    for sender in senders:
        sender.join()
    with database.read() as conn:
        assert conn.scalar(select(func.count()).where(deliveries.c.state != "settled")) == 0
    return due / (time.perf_counter() - begun)


@pytest.mark.parametrize("due", DUE)
def test_creating_beside_a_bare_bulk_insert(books: WorkspaceBooks, due: int) -> None:
    with books.write() as ledger:
        ledger.deliveries.want(wants(1)[0])
    begun = time.perf_counter()
    with books.write() as ledger:
        ledger.deliveries.want_all(wants(due))
    ours = time.perf_counter() - begun
    bare = bulk(books, due)
    say(books, f"creating {due}: {ours:.2f} s, a bare bulk insert {bare:.2f} s, ratio {ours / bare:.2f}")


def test_beside_procrastinate(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path) as database:
        with database.write() as conn:
            workspace = bind_workspace(conn, "T1", NOW)
        books = WorkspaceBooks(database, workspace, "America/Chicago")
        url, names = new_postgresql().replace("+psycopg", ""), count(1)
        asyncio.run(prepare_procrastinate(url))

        def levers() -> float:
            owe(books, JOBS, name=f"{next(names)} ")
            begun = time.perf_counter()
            assert send_all(books) == JOBS
            return JOBS / (time.perf_counter() - begun)

        compared = by_turns(levers, lambda: asyncio.run(procrastinates(url, JOBS)), "procrastinate")
        say(books, f"{JOBS} due: {compared}")


async def prepare_procrastinate(url: str) -> None:
    """Make the tables of procrastinate."""
    async with procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url)).open_async() as app:
        await app.schema_manager.apply_schema_async()


async def procrastinates(url: str, due: int) -> float:
    """Jobs a second that a worker of procrastinate does, one at a time."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="nothing")
    async def nothing(number: int) -> None:
        pass

    async with app.open_async():
        await nothing.batch_defer_async(*({"number": number} for number in range(due)))
        begun = time.perf_counter()
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        return due / (time.perf_counter() - begun)


DONE = threading.Semaphore(0)


def nothing() -> None:
    """What a job of the job store does."""
    DONE.release()


def test_beside_a_job_a_reminder_in_apschedulers_store(books: WorkspaceBooks) -> None:
    owe(books, JOBS)
    begun = time.perf_counter()
    send_all(books)
    ours, before = JOBS / (time.perf_counter() - begun), psutil.Process().memory_info().rss
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=books.database.engine)},
        job_defaults={"misfire_grace_time": None},
        timezone="UTC",
    )
    scheduler.start(paused=True)
    due = datetime.now(UTC) - timedelta(seconds=1)
    for number in range(JOBS):
        scheduler.add_job(nothing, "date", run_date=due, id=str(number))
    begun = time.perf_counter()
    scheduler.resume()
    for _ in range(JOBS):
        assert DONE.acquire(timeout=120)
    theirs = JOBS / (time.perf_counter() - begun)
    scheduler.shutdown()
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    say(books, f"{JOBS} due: {ours:.0f}/s, APScheduler's job store {theirs:.0f}/s, which grew by {grown:.1f} MB")


def say(books: WorkspaceBooks, what: str) -> None:
    """Print what was measured."""
    print(f"\n{books.database.url.get_backend_name()}: {what}")


def test_a_tick_with_nothing_due_costs_little_however_much_is_to_come(books: WorkspaceBooks) -> None:
    owe(books, TO_COME, days=30)
    took = []
    for _ in range(50):
        with books.write() as ledger:
            begun = time.perf_counter()
            assert claims.claim(ledger.view, NOW, time.time(), BATCH) == []
            assert claims.doubtful(ledger.view, time.time(), BATCH) == []
            took.append(time.perf_counter() - begun)
    say(books, f"{min(took) * 1000:.2f} ms (median {sorted(took)[25] * 1000:.2f}) with {TO_COME} rows to come")
