"""Starts the practice workspace: ``python -m bot.rehearsal --port 0 --state FOLDER``."""

import argparse
import asyncio
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn

from bot.rehearsal.clock import Clock
from bot.rehearsal.delivery import RETRY_AFTER
from bot.rehearsal.faults.lines import Lines
from bot.rehearsal.manifest import under_manifest
from bot.rehearsal.server import build
from bot.rehearsal.world import DEFAULT_WORLD, WorldError, read_world

LOCK = "in-use"


class CannotStart(Exception):
    """The workspace cannot start; the sentence says why, and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; the page's address is the first line printed. The exit code."""
    asked = _parser().parse_args(arguments)
    try:
        with _held(asked.state):
            _serve(asked)
    except (CannotStart, WorldError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve(asked: argparse.Namespace) -> None:
    world = read_world(asked.world)
    if asked.manifest:
        world = under_manifest(world, asked.manifest)
    clock = Clock(asked.clock_file or asked.state / "clock")
    if asked.reset:
        _clear(asked.state)
        clock.path.unlink(missing_ok=True)
    listening = _listen(asked.port)
    port = listening.getsockname()[1]
    lines = Lines()
    try:
        app = build(
            world,
            asked.state,
            clock,
            port,
            asked.reminders_command,
            asked.import_command,
            request_url=asked.request_url,
            retry_after=asked.retry_after,
            lines=lines,
        )
    except ValueError as error:
        raise CannotStart(str(error)) from error
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=1, http=lines.protocol()
    )
    print(f"http://127.0.0.1:{port}/", flush=True)
    asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise CannotStart(
            f"Port {port} cannot be used ({error.strerror}). Choose another with --port; 0 takes a free one."
        ) from error


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the folder, so that two rehearsals never write into the same one. Raises CannotStart."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LOCK).touch()
    except OSError as error:
        why = f"The folder {folder} cannot be used ({error.strerror})."
        raise CannotStart(f"{why} Name another with --state.") from error
    # SQLite's lock is the one that every platform has, and it ends with its process however that dies.
    with closing(sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            why = f"Another rehearsal is running in {folder}."
            raise CannotStart(f"{why} End it first, or name another folder with --state.") from error
        yield


def _clear(folder: Path) -> None:
    """Take away what a rehearsal wrote into its folder, and leave the lock that this process holds."""
    for found in folder.iterdir():
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found, ignore_errors=True)
        elif not found.name.startswith(LOCK):
            found.unlink(missing_ok=True)


def _port(written: str) -> int:
    number = int(written) if written.isdecimal() else -1
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{written!r} is not a port; it must be a number from 0 to 65535")
    return number


def _pauses(written: str) -> tuple[float, ...]:
    try:
        return tuple(float(pause) for pause in written.split(",") if pause)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{written!r} is not a list of seconds, like 1,60,300") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.rehearsal", description="A practice workspace on this computer."
    )
    parser.add_argument("--port", type=_port, default=0, help="the port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--state", type=Path, required=True, help="the folder that keeps the rehearsal")
    parser.add_argument("--world", type=Path, default=DEFAULT_WORLD, help="a YAML file of people and channels")
    parser.add_argument("--manifest", type=Path, help="the app's manifest: its scopes, events and commands")
    parser.add_argument("--request-url", help="reach the app here by signed HTTP requests, not by Socket Mode")
    parser.add_argument(
        "--retry-after", type=_pauses, default=RETRY_AFTER, help="seconds before an event's retries (default 1,60,300)"
    )
    parser.add_argument("--clock-file", type=Path, help="where the seconds to add to the clock are kept")
    parser.add_argument("--reminders-command", help="a command that prints the reminders to come as JSON")
    parser.add_argument("--import-command", help="a command that imports a file, whose path is added to it")
    parser.add_argument("--reset", action="store_true", help="start anew")
    return parser


if __name__ == "__main__":
    sys.exit(main())
