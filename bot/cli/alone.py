"""SQLite carries one serving process: a lock beside the file keeps a second one away, and ends with its process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rubric.errors import LeversError
from storage.database import Database

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]


class ServedAlreadyError(LeversError):
    """Another process serves the same SQLite file."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"Another `levers serve` runs on {file}. An SQLite file carries one; stop it first, or use PostgreSQL."
        )


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Be the only one that serves an SQLite file; PostgreSQL carries any number. Raises ServedAlreadyError."""
    file = database.url.database
    if fcntl is None or not database.embedded or not file or file == ":memory:":
        yield
        return
    with Path(f"{file}.serving").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ServedAlreadyError(file) from error
        yield
