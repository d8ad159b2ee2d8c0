"""Practice workspaces in processes of their own: one process reads the code, each workspace is a copy of it."""

import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path

from bot.rehearsal.__main__ import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


@contextmanager
def running(state: Path, *options: str) -> Iterator[str]:
    """A workspace's address while it runs."""
    heard, told = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_serve, args=(told, "--port", "0", "--state", str(state), *options))
    process.start()
    told.close()
    try:
        with heard, open(heard.fileno(), encoding="utf-8", closefd=False) as said:
            yield said.readline().strip()
    finally:
        process.terminate()
        process.join(10)


def _serve(told: Connection, *arguments: str) -> None:
    with open(told.fileno(), "w", encoding="utf-8", closefd=False) as out, redirect_stdout(out):
        sys.exit(main(list(arguments)))
