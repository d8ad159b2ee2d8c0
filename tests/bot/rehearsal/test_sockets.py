"""Socket Mode delivers as Slack does: one socket an envelope, and again until somebody acknowledges."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.bot.rehearsal.conftest import SMALL_WORLD, client_of, shut
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running


class Ear:
    """A bare Socket Mode client that remembers what it hears and acknowledges all but the first ``deaf`` envelopes."""

    def __init__(self, address: str, deaf: int = 0) -> None:
        self.heard: list[SocketModeRequest] = []
        self._deaf = deaf
        self._lock = threading.Lock()
        self.client = SocketModeClient("xapp-rehearsal", web_client=client_of(address))
        self.client.socket_mode_request_listeners.append(self._hear)

    def _hear(self, client: Any, request: SocketModeRequest) -> None:
        with self._lock:
            self.heard.append(request)
            if len(self.heard) <= self._deaf:
                return
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))


@contextmanager
def listening(*ears: Ear) -> Iterator[None]:
    """Every ear's socket open, the first one's first."""
    for ear in ears:
        ear.client.connect()
    try:
        yield
    finally:
        for ear in ears:
            shut(ear.client)


def test_an_event_that_nobody_acknowledges_comes_again_and_says_why(address: str, visitor: Visitor) -> None:
    ear = Ear(address, deaf=1)
    with listening(ear):
        visitor.wait_for(lambda: len(ear.heard) == 2)
    first, second = ear.heard
    assert (first.retry_attempt, second.retry_attempt, second.retry_reason) == (0, 1, "timeout")
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.payload["event"]["type"] == "member_joined_channel"


def test_an_event_for_an_app_that_is_away_waits_for_its_retry(tmp_path: Path) -> None:
    options = ("--world", str(SMALL_WORLD), "--retry-after", "2,2,2")
    with running(tmp_path, *options) as url:
        visitor = Visitor(url, "UREV")
        visitor.say("Are you there?", "dm")
        ear = Ear(url)
        with listening(ear):
            visitor.wait_for(lambda: [r for r in ear.heard if r.payload["event"]["type"] == "message"])
    [late] = [r for r in ear.heard if r.payload["event"]["type"] == "message"]
    assert (late.retry_attempt, late.retry_reason) == (1, "connection_failed")


def test_each_envelope_goes_to_one_of_several_sockets(address: str, visitor: Visitor) -> None:
    ears = Ear(address), Ear(address)
    with listening(*ears):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        for _ in range(6):
            assert visitor.command("/levers", "CTEAM")["ok"]
    counts = [sum(request.type == "slash_commands" for request in ear.heard) for ear in ears]
    assert sum(counts) == 6
    assert all(counts)
