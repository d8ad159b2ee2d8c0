"""A stage for tests: the practice workspace, the real bot on it, and the fictional school with its reviews."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.clock import clock
from bot.samples.bringing import FRESH, live_through
from bot.samples.facts import SampleSchool, read_sample
from bot.wiring import Service, wired
from planning.ledger import ReviewHere
from planning.session import Session
from storage.books import Ledger, WorkspaceBooks
from storage.database import Database
from tests.bot.rehearsal.conftest import shut
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running
from tests.clocks import set_clock
from tests.databases import fresh_database

ZONE = "America/Chicago"
MANIFEST = Path(__file__).parents[2] / "bot" / "manifest.yaml"
HALF_DAY = datetime(2026, 12, 2, 19, 0, tzinfo=UTC)
"""Wednesday, December 2, 2026, one in the afternoon at Juniper Hills: the rehearsed session begins."""

APART_SECONDS = 0.05
"""Between two messages in one channel: nobody reads along whom more of them in a second would disturb."""

CLOSED_MEANWHILE = ("views.update", "not_found")
"""What Slack answers where the person was quicker, which no click of a test can rule out."""

VOTERS = ("UPRINCIPAL1", "UTEACHER1", "UTEACHER2", "UTEACHER3", "UTEACHER4", "UCOACH1")


class Stage:
    """One rehearsal: `url` is the practice workspace's, `service` the bot that runs on it now.

    It begins at the moment `now`, at `school` with the past that it comes with; the school fresh from review unless
    it is another.
    """

    def __init__(self, url: str, database: Database, clock_file: Path, now: datetime, school: SampleSchool) -> None:
        self.url = url
        self.database = database
        self.clock_file = clock_file
        self.set_time(now)
        live_through(database, self.now(), (school,))
        self._start_bot()

    @property
    def books(self) -> WorkspaceBooks:
        """The books of the workspace."""
        return self.service.books

    def now(self) -> datetime:
        """The rehearsal's moment."""
        return clock(self.clock_file)()

    def set_time(self, moment: datetime) -> None:
        """Move the clock to `moment`."""
        set_clock(self.clock_file, moment)

    def visitor(self, person: str = "UREVIEWER1") -> Visitor:
        """`person`, at the page."""
        return Visitor(self.url, person)

    def restart_bot(self, *, stop: bool = True) -> None:
        """Stop the bot and start it anew from the database, as after a crash between two requests."""
        if stop:
            self.stop_bot()
        self._start_bot()

    def stop_bot(self) -> None:
        """End the bot; the workspace stays."""
        shut(self._handler.client)
        self.service.tick.stop()

    def settled(self) -> None:
        """Wait until everybody has their answer and everything that is due has been sent."""
        self.service.afterwards.wait()
        self.service.tick.wake()
        self.until(lambda: not self._owed(), seconds=40)

    def refused(self) -> list[Any]:
        """The calls that Slack refused once all is settled; not that a window was closed before its new look came."""
        self.settled()
        calls = self.visitor().log()
        return [one for one in calls if not one["ok"] and (one["name"], one["error"]) != CLOSED_MEANWHILE]

    def until(self, what: Callable[[], Any], seconds: float = 15) -> Any:
        """Ask until the answer is true, for that long at most."""
        over = time.monotonic() + seconds
        while not (answer := what()):
            assert time.monotonic() < over, "waited in vain"
            time.sleep(0.02)
        return answer

    def read(self, what: Callable[[Ledger], Any]) -> Any:
        """Something from the database, once what followed from the last gesture is done."""
        self.service.afterwards.wait()
        with self.books.read() as ledger:
            return what(ledger)

    def session(self) -> Session:
        """The school's open session."""
        found = self.read(lambda ledger: ledger.sessions.open_at(self.school_id(ledger)))
        assert found is not None
        return found  # type: ignore[no-any-return]

    def school_id(self, ledger: Ledger) -> str:
        """Juniper Hills."""
        return ledger.schools.all()[0].id

    def review(self) -> ReviewHere:
        """The newest review of the school."""
        found = self.read(lambda ledger: ledger.reviews.latest(self.school_id(ledger), released=False))
        assert found is not None
        return found  # type: ignore[no-any-return]

    def _owed(self) -> bool:
        from sqlalchemy import select

        from storage.tables.messages import deliveries

        if self.read(lambda ledger: ledger.errands.left()):
            return True
        with self.database.read() as conn:
            due = select(deliveries.c.id).where(
                deliveries.c.state.in_(("waiting", "claimed", "sending")),
                deliveries.c.due_at <= self.now() + timedelta(seconds=3),
            )
            return conn.scalar(due) is not None

    def _start_bot(self) -> None:
        client = WebClient("xoxb-rehearsal", base_url=f"{self.url}api/")
        self.service: Service = wired(self.database, clock(self.clock_file), client, ZONE, apart=APART_SECONDS)
        self._handler: Any = SocketModeHandler(self.service.app, "xapp-rehearsal")
        self._handler.connect()
        self.service.tick.start()
        self.service.tick.wake()


@contextmanager
def staged(
    folder: Path, kind: str = "sqlite", now: datetime = HALF_DAY, school: SampleSchool | None = None
) -> Iterator[Stage]:
    """A rehearsal in `folder`, on a database of `kind`, ready for somebody to press *Connect this channel*.

    Where `school` is given, it begins there instead, at the moment `now`.
    """
    clock_file = folder / "clock"
    with (
        fresh_database(kind, folder) as database,
        running(folder / "workspace", "--clock-file", str(clock_file), "--manifest", str(MANIFEST)) as url,
    ):
        stage = Stage(url, database, clock_file, now, school or read_sample(FRESH, now))
        try:
            yield stage
        finally:
            stage.stop_bot()
