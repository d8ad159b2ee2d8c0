"""`levers serve` in a process of its own, as somebody would run it behind a proxy, and how it says that it is."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.bot.rehearsal.conftest import ROOT


def health(port: int) -> str:
    """What the command says at ``port`` about itself; empty where nobody answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return f"{error.code}: {error.read().decode()}"
    except OSError:
        return ""


@contextmanager
def levers_serve(database: str, workspace: str, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """The command, on the database and the workspace with these addresses."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "LEVERS_"))}
    environment |= {
        "LEVERS_DATABASE_URL": database,
        "SLACK_BOT_TOKEN": "xoxb-rehearsal",
        "SLACK_SIGNING_SECRET": "rehearsal",
        "SLACK_API_URL": f"{workspace}api/",
    }
    command = [sys.executable, "-m", "bot", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        over = time.monotonic() + 60
        while health(port) != "ok":
            assert process.poll() is None, "levers serve has ended"
            assert time.monotonic() < over, "levers serve does not answer"
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(15)
