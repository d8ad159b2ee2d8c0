"""A sender in a process of its own, to be killed: `python -m tests.faults.sender DATABASE API LEASE`."""

import sys
import time
from datetime import UTC, datetime

from slack_sdk import WebClient

from bot.sending.postman import Postman
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.workspaces import bind_workspace


def postman(database: Database, api: str, slack_id: str = "T1", timeout: int = 10) -> Postman:
    """A sender of the workspace bound to `slack_id`, through the practice workspace at `api`."""
    with database.write() as conn:
        workspace = bind_workspace(conn, slack_id, datetime.now(UTC))
    books = WorkspaceBooks(database, workspace, "America/Chicago")
    client = WebClient("xoxb-rehearsal", base_url=api, timeout=timeout, retry_handlers=[])
    return Postman(books, client, lambda: datetime.now(UTC))


if __name__ == "__main__":
    claims.LEASE_SECONDS = int(sys.argv[3])
    sender = postman(Database(sys.argv[1]), sys.argv[2])
    while True:
        wait = sender.run()
        time.sleep(0.2 if wait is None else min(wait, 0.2))
