"""A sender in a process of its own: `python -m tests.faults.sender DATABASE API LEASE SLACK_ID [CLOCK_FILE]`."""

import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_sdk import WebClient
from sqlalchemy.exc import OperationalError

from bot.clock import Clock, clock
from bot.sending.postman import Postman
from planning.verbs import rounds
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.heartbeats import beat
from storage.workspaces import bind_workspace


def books_of(database: Database, slack_id: str) -> WorkspaceBooks:
    """The books of the workspace bound to `slack_id`."""
    with database.write() as conn:
        workspace = bind_workspace(conn, slack_id, datetime.now(UTC))
    return WorkspaceBooks(database, workspace, "America/Chicago")


def postman(
    database: Database, api: str, slack_id: str = "T1", timeout: int = 10, now: Clock = lambda: datetime.now(UTC)
) -> Postman:
    """A sender of the workspace bound to `slack_id`, through the practice workspace at `api`."""
    client = WebClient("xoxb-rehearsal", base_url=api, timeout=timeout, retry_handlers=[])
    return Postman(books_of(database, slack_id), client, now)


if __name__ == "__main__":
    address, api, lease, slack_id, *moved = sys.argv[1:]
    claims.LEASE_SECONDS = int(lease)
    database, now = Database(address), clock(Path(moved[0]) if moved else None)
    sender = postman(database, api, slack_id, now=now)
    with database.write() as conn:
        beat(conn, f"sender {os.getpid()}", datetime.now(UTC))
    wait, made = None, datetime.min.replace(tzinfo=UTC)
    while True:
        # As the tick does: what fails is tried again.
        with suppress(OperationalError):
            if moved and now() - made > timedelta(hours=1):
                rounds.make(books_of(database, slack_id), now())
                made = now()
            wait = sender.run()
        time.sleep(0.2 if wait is None else min(wait, 0.2))
