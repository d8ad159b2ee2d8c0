"""A practice workspace of its own for each test, in its own process, and a small app like anybody's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.bot.rehearsal.visitor import Visitor

ROOT = Path(__file__).parents[3]


@contextmanager
def running(state: Path, *options: str) -> Iterator[str]:
    """A workspace's address while it runs."""
    command = [sys.executable, "-m", "bot.rehearsal", "--port", "0", "--state", str(state), *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with running(tmp_path / "state", "--clock-file", str(tmp_path / "clock")) as url:
        yield url


@pytest.fixture
def visitor(address: str) -> Visitor:
    return Visitor(address)


@pytest.fixture
def client(address: str) -> WebClient:
    return WebClient("xoxb-rehearsal", base_url=f"{address}api/", retry_handlers=[])


@contextmanager
def connected(app: App) -> Iterator[App]:
    """The app with its Socket Mode connection open."""
    handler: Any = SocketModeHandler(app, "xapp-rehearsal")
    handler.client.base_url = app.client.base_url
    handler.connect()
    try:
        yield app
    finally:
        handler.close()


@pytest.fixture
def app(client: WebClient) -> App:
    return App(client=client, signing_secret="rehearsal")
