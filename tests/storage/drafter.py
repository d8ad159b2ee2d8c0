"""A teacher in a process of its own, who adds actions without end: `python -m tests.storage.drafter DATABASE PRIORITY`.

Each action's id is printed once it was said to be saved.
"""

import sys
from itertools import count

from planning.verbs import draft
from storage.books import WorkspaceBooks
from storage.database import Database
from tests.planning.school import NOW, step


def main(url: str, workspace: str, priority: str) -> None:
    """Add one after the other, until the process is killed."""
    books = WorkspaceBooks(Database(url), workspace, "America/Chicago")
    for number in count():
        kept = draft.add_action(
            books, "UANA", priority, step("UBEN", f"Write shared plan {number}"), f"{number:016}", NOW
        )
        print(kept.id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
