"""Starts the practice workspace: ``python -m bot.rehearsal --port 0 --state FOLDER``."""

import argparse
import asyncio
import shutil
import socket
import sys
from pathlib import Path

import uvicorn

from bot.rehearsal.clock import Clock
from bot.rehearsal.server import build
from bot.rehearsal.world import DEFAULT_WORLD, WorldError, read_world


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; the page's address is the first line printed. The exit code."""
    asked = _parser().parse_args(arguments)
    try:
        world = read_world(asked.world)
    except WorldError as error:
        print(error, file=sys.stderr)
        return 1
    clock = Clock(asked.clock_file or asked.state / "clock")
    if asked.reset:
        shutil.rmtree(asked.state, ignore_errors=True)
        clock.path.unlink(missing_ok=True)
    listening = socket.create_server(("127.0.0.1", asked.port))
    port = listening.getsockname()[1]
    app = build(world, asked.state, clock, port, asked.reminders_command, asked.import_command)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    print(f"http://127.0.0.1:{port}/", flush=True)
    asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.rehearsal", description="A practice workspace on this computer."
    )
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--state", type=Path, required=True, help="the folder that keeps the rehearsal")
    parser.add_argument("--world", type=Path, default=DEFAULT_WORLD, help="a YAML file of people and channels")
    parser.add_argument("--clock-file", type=Path, help="where the seconds to add to the clock are kept")
    parser.add_argument("--reminders-command", help="a command that prints the reminders to come as JSON")
    parser.add_argument("--import-command", help="a command that imports a file, whose path is added to it")
    parser.add_argument("--reset", action="store_true", help="start anew")
    return parser


if __name__ == "__main__":
    sys.exit(main())
