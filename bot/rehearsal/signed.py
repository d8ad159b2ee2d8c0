"""Signed HTTP requests: the way to an app that listens at an address of its own.

Follows docs.slack.dev, "Verifying requests from Slack" (the v0 signature), "The Events API" (url_verification, retry
headers, X-Slack-No-Retry), "Slash commands" (form fields) and "Handling user interaction" (the field ``payload``).
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import h11

from bot.rehearsal.delivery import ACKNOWLEDGE_SECONDS, NotConnected, Rejected, Unanswered
from bot.rehearsal.wire import Json, new_id, parse

LOOPBACK = ("127.0.0.1", "localhost")
MOST_ANSWER_BYTES = 2_000_000
KNOCK_SECONDS = 0.3
CONTENT_TYPES = {True: "application/json", False: "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What the app answered over HTTP; header names in lower case."""

    status: int
    headers: dict[str, str]
    content: bytes


class SignedRequests:
    """Reaches the app at ``url`` (http, loopback only; ValueError otherwise), signing with its signing secret."""

    timeout_reason = "http_timeout"

    def __init__(self, url: str, signing_secret: str, verification_token: str) -> None:
        try:
            parts = urlsplit(url)
            self._port = parts.port or 80
        except ValueError as error:
            raise ValueError(f"The request URL {url} is not an address ({error}).") from error
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            raise ValueError(f"The request URL {url} must begin with http://127.0.0.1 or http://localhost.")
        self._host = parts.hostname
        self._target = parts.path or "/"
        if parts.query:
            self._target += f"?{parts.query}"
        self._secret = signing_secret.encode()
        self._token = verification_token
        self._verified = False
        self.on_change: Callable[[], None] = lambda: None
        self.on_connect: Callable[[], None] = lambda: None

    @property
    def connected(self) -> bool:
        """Whether the app has answered Slack's challenge and has been there since."""
        return self._verified

    async def keep_knocking(self) -> None:
        """Challenge the address until it answers, and again whenever the app has gone, until cancelled."""
        while True:
            if not self._verified and await self._answers_challenge():
                self._set(True)
                self.on_connect()
            await asyncio.sleep(KNOCK_SECONDS)

    async def send(self, kind: str, payload: Json, retry: int, reason: str) -> Any:
        """Send one thing; the JSON (or text) of the answer, or None. Raises NotConnected, Unanswered, Rejected."""
        as_json = kind == "events_api"
        headers = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason} if retry else {}
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        body = json.dumps(payload) if as_json else urlencode(fields)
        answer = await self._post(body.encode(), as_json, headers)
        if not 200 <= answer.status < 300:
            raise Rejected(answer.status, final=answer.headers.get("x-slack-no-retry") == "1")
        return _said(answer)

    async def _answers_challenge(self) -> bool:
        challenge = new_id("challenge")
        body = json.dumps({"token": self._token, "challenge": challenge, "type": "url_verification"})
        try:
            answer = await self._post(body.encode(), True, {})
        except (NotConnected, Unanswered):
            return False
        said = _said(answer)
        if isinstance(said, dict):
            said = said.get("challenge") or said.get("text")
        return answer.status == 200 and said == challenge

    async def _post(self, body: bytes, as_json: bool, headers: dict[str, str]) -> Answer:
        stamp = str(int(time.time()))
        head = {
            "host": f"{self._host}:{self._port}",
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "accept": "*/*",
            "content-type": CONTENT_TYPES[as_json],
            "content-length": str(len(body)),
            "connection": "close",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": sign(self._secret, stamp, body),
            **headers,
        }
        try:
            async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                return await _exchange(self._host, self._port, self._target, head, body)
        except TimeoutError as error:
            raise Unanswered from error
        except (OSError, h11.RemoteProtocolError) as error:
            self._set(False)
            raise NotConnected from error

    def _set(self, verified: bool) -> None:
        if self._verified != verified:
            self._verified = verified
            self.on_change()


def sign(secret: bytes, stamp: str, body: bytes) -> str:
    """The v0 signature of a request: HMAC-SHA256 over version, timestamp (seconds since 1970) and body."""
    return "v0=" + hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


async def _exchange(host: str, port: int, target: str, head: dict[str, str], body: bytes) -> Answer:
    """One HTTP/1.1 request on a connection of its own. Raises OSError and h11.RemoteProtocolError."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        wire = h11.Connection(h11.CLIENT)
        request = h11.Request(method="POST", target=target, headers=list(head.items()))
        for event in (request, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(wire.send(event) or b"")
        await writer.drain()
        return await _answer(wire, reader)
    finally:
        writer.close()


async def _answer(wire: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    status, headers, content = 0, {}, bytearray()
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            wire.receive_data(await reader.read(65_536))
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
        elif isinstance(event, h11.Data):
            content += event.data
            if len(content) > MOST_ANSWER_BYTES:
                raise h11.RemoteProtocolError("the answer is too large")
        elif isinstance(event, h11.EndOfMessage):
            return Answer(status, headers, bytes(content))
        elif isinstance(event, h11.ConnectionClosed):
            raise h11.RemoteProtocolError("closed without an answer")


def _said(answer: Answer) -> Any:
    """JSON where the answer is JSON; other text as a message's text, as Slack reads it; None where it is empty."""
    if not answer.content.strip():
        return None
    if answer.headers.get("content-type", "").startswith("application/json"):
        try:
            return parse(answer.content)
        except ValueError:
            return None
    return {"text": answer.content.decode(errors="replace")}
