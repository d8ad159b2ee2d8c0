"""A practice workspace of its own for each test, in its own process, and a small app like anybody's."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.bot.rehearsal.pages import window
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running
from tests.e2e.browser import chromium

ROOT = Path(__file__).parents[3]
SMALL_WORLD = Path(__file__).with_name("world.yaml")


@contextmanager
def connected(app: App, ping_interval: float = 10) -> Iterator[App]:
    """The app with its Socket Mode connection open, which it looks after every ``ping_interval`` seconds."""
    handler: Any = SocketModeHandler(app, "xapp-rehearsal", ping_interval=ping_interval)
    handler.connect()
    try:
        yield app
    finally:
        shut(handler.client)


def shut(client: Any) -> None:
    """Close a Socket Mode client at once: its own way waits three seconds for a read to time out."""
    client.auto_reconnect_enabled = False
    with suppress(OSError, AttributeError):
        client.current_session.sock.shutdown(socket.SHUT_RDWR)
    client.close()


def client_of(address: str, token: str = "xoxb-rehearsal") -> WebClient:
    """An ordinary Slack client pointed at the workspace."""
    return WebClient(token, base_url=f"{address}api/", retry_handlers=[])


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A workspace with the small world."""
    clock = str(tmp_path / "clock")
    with running(tmp_path / "state", "--world", str(SMALL_WORLD), "--clock-file", clock) as url:
        yield url


@pytest.fixture
def visitor(address: str) -> Visitor:
    """The acting person of the small world."""
    return Visitor(address, "UREV")


@pytest.fixture
def client(address: str) -> WebClient:
    """The app's client."""
    return client_of(address)


@pytest.fixture
def app(client: WebClient) -> App:
    """A small app, not yet connected."""
    return App(client=client, signing_secret="rehearsal")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module; two at once in a process would not do."""
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A window of the acting person."""
    with window(browser, address) as opened:
        yield opened
