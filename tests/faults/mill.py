"""A practice workspace with many channels, messages that are due in them, and a count of what was posted."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml
from slack_sdk import WebClient
from sqlalchemy import Connection, func, select

from planning.messages import Kind, Wanted
from storage.books import Ledger, WorkspaceBooks
from storage.database import Database
from storage.heartbeats import last_beat
from storage.tables.messages import deliveries
from storage.workspaces import bind_workspace
from tests.bot.rehearsal.conftest import ROOT
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running

FULL = bool(os.environ.get("LEVERS_FAULTS"))
"""At full length with `make faults`."""
LEASE = 2
WORLD = yaml.safe_load((Path(__file__).parents[1] / "bot" / "rehearsal" / "world.yaml").read_text(encoding="utf-8"))


@dataclass
class Mill:
    """One workspace, bound to `slack_id`: `url` is the practice workspace's."""

    url: str
    database: Database
    channels: tuple[str, ...]
    slack_id: str = "T1"
    _workspace: str = ""

    @property
    def api(self) -> str:
        """Its Web API."""
        return f"{self.url}api/"

    @property
    def visitor(self) -> Visitor:
        """Somebody who causes faults."""
        return Visitor(self.url, "UREV")

    @property
    def workspace(self) -> str:
        """Our own id of it."""
        if not self._workspace:
            with self.database.write() as conn:
                self._workspace = self.workspace_in(conn)
        return self._workspace

    def workspace_in(self, conn: Connection) -> str:
        """The same, where a transaction is open already."""
        return bind_workspace(conn, self.slack_id, datetime.now(UTC))

    def want(self, messages: int, due: datetime | None = None, name: str = "") -> None:
        """Owe so many messages, spread over the channels, now or at the moment `due`."""
        with WorkspaceBooks(self.database, self.workspace, "America/Chicago").write() as ledger:
            self.want_in(ledger, messages, due, name)

    def want_in(self, ledger: Ledger, messages: int, due: datetime | None = None, name: str = "") -> None:
        """The same, where a transaction is open already."""
        for number in range(messages):
            channel = self.channels[number % len(self.channels)]
            occasion, moment = f"{name}{number}", due or datetime.now(UTC)
            ledger.deliveries.want(Wanted(Kind.WELCOME, channel, occasion, channel, moment))

    def states(self) -> Counter[str]:
        """How many messages are in which state."""
        mine = deliveries.c.workspace == self.workspace
        with self.database.read() as conn:
            return Counter(conn.scalars(select(deliveries.c.state).where(mine)))

    def unsettled(self) -> int:
        """How many are still to be sent."""
        states = self.states()
        return states.total() - states["settled"]

    def unsettled_of(self, kind: Kind) -> int:
        """How many of one kind are still to be sent."""
        with self.database.read() as conn:
            query = select(func.count()).where(deliveries.c.kind == kind.value, deliveries.c.state != "settled")
            return conn.scalar(query) or 0

    def posted(self) -> Counter[str]:
        """How often each message stands in Slack, by its key."""
        client, found = WebClient("xoxb-rehearsal", base_url=self.api), Counter[str]()
        workspace = self.workspace
        with self.database.read() as conn:
            direct = conn.scalars(select(deliveries.c.sent_to).where(deliveries.c.workspace == workspace))
            channels = {*self.channels, *(one for one in direct if one)}
        for channel in channels:
            for page in client.conversations_history(channel=channel, limit=200, include_all_metadata=True):
                found.update(
                    message["metadata"]["event_payload"]["key"]
                    for message in page["messages"]
                    if message.get("metadata", {}).get("event_type") == "levers_message"
                )
        return found

    def start(self, clock: Path | None = None, stops_at: tuple[str, ...] = ()) -> "subprocess.Popen[bytes]":
        """A sender in a process of its own; with a clock file it makes the rounds too.

        It may stop at a person, "before" or "after" it says that it begins to send them a message.
        """
        url = self.database.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.faults.sender", url, self.api, str(LEASE), self.slack_id]
        return subprocess.Popen([*command, *([str(clock), *stops_at] if clock else [])], cwd=ROOT)

    @contextmanager
    def started(
        self, count: int, clock: Path | None = None, stops_at: tuple[str, ...] = ()
    ) -> "Iterator[list[subprocess.Popen[bytes]]]":
        """So many senders, ready to send; they end with the block."""
        senders = [self.start(clock, stops_at) for _ in range(count)]
        try:
            until(lambda: all(self._ready(sender.pid) for sender in senders))
            yield senders
        finally:
            for sender in senders:
                sender.kill()
                sender.wait()

    def _ready(self, process: int) -> bool:
        with self.database.read() as conn:
            return last_beat(conn, f"sender {process}") is not None

    def assert_each_once(self, messages: int) -> None:
        """Nothing lost, nothing repeated."""
        posted = self.posted()
        lost, repeated = messages - len(posted), sum(posted.values()) - len(posted)
        print(f"{messages} due: lost {lost}, repeated {repeated}")
        assert (lost, repeated) == (0, 0)


def until(what: Callable[[], object], seconds: float = 60) -> None:
    """Ask until the answer is true, for that long at most."""
    over = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < over, "waited in vain"
        time.sleep(0.05)


@contextmanager
def mill(
    folder: Path, database: Database, channels: int, slack_id: str = "T1", people: Iterable[str] = ()
) -> Iterator[Mill]:
    """A practice workspace with so many private channels that Levers is in, and with these people."""
    folder.mkdir()
    ids = tuple(f"CMILL{number}" for number in range(channels))
    more = [{"id": one, "name": one.lower(), "private": True, "has_bot": True} for one in ids]
    them = [{"id": one, "name": one.lower(), "real_name": one.title(), "role": "Teacher"} for one in people]
    world = {**WORLD, "channels": [*WORLD["channels"], *more], "people": [*WORLD["people"], *them]}
    (folder / "world.yaml").write_text(yaml.safe_dump(world), encoding="utf-8")
    with running(folder / "state", "--world", str(folder / "world.yaml")) as url:
        ready = Mill(url, database, ids, slack_id)
        assert ready.workspace, "known before anything holds the database"
        yield ready
