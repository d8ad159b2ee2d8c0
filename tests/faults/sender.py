"""A sender as a process: `python -m tests.faults.sender DATABASE API LEASE SLACK_ID [CLOCK_FILE [PERSON WHERE]]`.

With a clock file it makes the rounds too; with a person it stops itself once, as SIGSTOP does, when it has taken their
message: "before" it says that it begins to send it, or "after".
"""

import os
import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import OperationalError

from bot.clock import Clock, clock
from bot.sending.postman import Postman
from planning.verbs import rounds
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.heartbeats import beat
from storage.view import View
from storage.workspaces import bind_workspace


def books_of(database: Database, slack_id: str) -> WorkspaceBooks:
    """The books of the workspace bound to `slack_id`."""
    with database.write() as conn:
        workspace = bind_workspace(conn, slack_id, datetime.now(UTC))
    return WorkspaceBooks(database, workspace, "America/Chicago")


class Stopping(WebClient):
    """Stops its process the first time that the direct message of `stops_at` is opened: no transaction is open then."""

    stops_at = ""

    def conversations_open(self, **asked: Any) -> SlackResponse:
        """As ever, and then the stop."""
        answer = super().conversations_open(**asked)
        if self.stops_at in asked["users"]:
            self.stops_at = ""
            os.kill(os.getpid(), signal.SIGSTOP)
        return answer


def stop_after_beginning(person: str) -> None:
    """Stop this process once, when it has said that it begins to send a message to `person`."""
    begin = claims.begin

    def stopping(view: View, one: claims.Claim, *more: Any) -> bool:
        begun = begin(view, one, *more)
        if one.delivery.wanted.recipient == person:
            claims.begin = begin
            os.kill(os.getpid(), signal.SIGSTOP)
        return begun

    claims.begin = stopping


def postman(
    database: Database,
    api: str,
    slack_id: str = "T1",
    timeout: int = 10,
    now: Clock = lambda: datetime.now(UTC),
    stops_at: str = "",
) -> Postman:
    """A sender of the workspace bound to `slack_id`, through the practice workspace at `api`."""
    client = Stopping("xoxb-rehearsal", base_url=api, timeout=timeout, retry_handlers=[])
    client.stops_at = stops_at
    return Postman(books_of(database, slack_id), client, now)


if __name__ == "__main__":
    address, api, lease, slack_id, *moved = sys.argv[1:]
    claims.LEASE_SECONDS = int(lease)
    database, now = Database(address), clock(Path(moved[0]) if moved else None)
    person, where = moved[1:] or ("", "")
    if where == "after":
        stop_after_beginning(person)

    def ready() -> Postman:
        """The sender, once it has said that it lives."""
        sender = postman(database, api, slack_id, now=now, stops_at=person if where == "before" else "")
        with database.write() as conn:
            beat(conn, f"sender {os.getpid()}", datetime.now(UTC))
        return sender

    while True:
        # Several that begin on one SQLite file wait for each other for longer than its patience.
        with suppress(OperationalError):
            sender = ready()
            break
    wait, made = None, datetime.min.replace(tzinfo=UTC)
    while True:
        # As the tick does: what fails is tried again.
        with suppress(OperationalError, ExceptionGroup):
            if moved and now() - made > timedelta(hours=1):
                rounds.make(books_of(database, slack_id), now())
                made = now()
            wait = sender.run()
        time.sleep(0.2 if wait is None else min(wait, 0.2))
