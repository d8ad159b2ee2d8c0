"""`levers rehearse`, as a newcomer runs it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def rehearsal(folder: Path) -> Iterator[str]:
    """The page's address while a rehearsal runs in `folder`."""
    command = [sys.executable, "-m", "bot", "rehearse", "--no-browser", "--folder", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
