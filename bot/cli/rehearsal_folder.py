"""The folder of a rehearsal: made where it is missing, held by one rehearsal at a time, cleared to start anew."""

import os
import shutil
import time
from pathlib import Path

from rubric.errors import LeversError

try:
    import fcntl
except ImportError:  # Windows, where nothing keeps two rehearsals of one folder apart.
    fcntl = None  # type: ignore[assignment]

PATIENCE_SECONDS = 3.0
"""What was started by a rehearsal that was killed needs a moment to end."""
WRITTEN = ("clock", "levers.db", "levers.db-wal", "levers.db-shm")


class FolderError(LeversError):
    """The folder cannot be used."""

    def __init__(self, folder: Path, why: str | None) -> None:
        super().__init__(f"{folder} cannot keep a rehearsal ({why}). Name another folder with --folder.")


class OccupiedError(LeversError):
    """Another rehearsal runs in the folder; `process` is its process id, where it is known."""

    def __init__(self, folder: Path, process: str) -> None:
        who = f" (process {process})" if process else ""
        super().__init__(
            f"A rehearsal is running in {folder} already{who}. Go on with that one, end it first, "
            "or name another folder with --folder."
        )


def take(folder: Path) -> tuple[int, ...]:
    """Make `folder` and hold it, until every process ends that has the descriptors returned.

    Raises FolderError, or OccupiedError while another rehearsal holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise FolderError(folder, error.strerror) from error
    if fcntl is None:
        return ()
    over = time.monotonic() + PATIENCE_SECONDS
    while not _locked(held):
        if time.monotonic() > over:
            raise OccupiedError(folder, os.read(held, 20).decode(errors="replace").strip())
        time.sleep(0.05)
    os.truncate(held, 0)
    os.write(held, f"{os.getpid()}\n".encode())
    return (held,)


def clear(folder: Path) -> None:
    """Take away what a rehearsal wrote, and nothing else: the folder may hold a person's own files too."""
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    for name in WRITTEN:
        (folder / name).unlink(missing_ok=True)


def _locked(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
