"""Socket Mode: the app's connections, envelopes out, acknowledgements in.

Follows docs.slack.dev, "Using Socket Mode" (envelopes, hello, disconnect, several connections).
"""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.rehearsal.delivery import ACKNOWLEDGE_SECONDS, NotConnected, Unanswered
from bot.rehearsal.faults.lines import Lines
from bot.rehearsal.wire import Json, parse

MOST_CONNECTIONS = 10


class Sockets:
    """Every open socket of the app, and the envelopes that wait for their acknowledgement."""

    timeout_reason = "timeout"

    def __init__(self, base: str, app_id: str, lines: Lines) -> None:
        self._address = base.replace("http://", "ws://") + "/socket"
        self._app_id = app_id
        self._lines = lines
        self._tickets: set[str] = set()
        self._open: list[WebSocket] = []
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self.on_change: Callable[[], None] = lambda: None
        self.on_connect: Callable[[], None] = lambda: None

    @property
    def connected(self) -> bool:
        """Whether the app can be reached."""
        return bool(self._open)

    def address(self) -> str:
        """A fresh socket address, good for one connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return f"{self._address}?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, socket: WebSocket) -> None:
        """Keep one connection until it closes."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self._open) >= MOST_CONNECTIONS:
            await socket.close(code=1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self._open.append(socket)
        try:
            await socket.send_json(self._hello())
            self.on_change()
            self.on_connect()
            while True:
                self._hear(await socket.receive_text())
        except (WebSocketDisconnect, KeyError, RuntimeError):
            pass
        finally:
            self._open.remove(socket)
            self.on_change()

    def drop(self, reason: str = "") -> None:
        """Close every socket: after a ``disconnect`` with ``reason`` (warning, ...) or, without one, as a cut line."""
        for socket in self._open:
            task = asyncio.get_running_loop().create_task(self._close(socket, reason))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def _close(self, socket: WebSocket, reason: str) -> None:
        if not reason:
            await self._lines.cut(socket.client)
            return
        try:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "rehearsal"}})
            await socket.close()
        except (RuntimeError, WebSocketDisconnect):
            return

    async def send(self, kind: str, payload: Json, retry: int, reason: str) -> Any:
        """Send one envelope to one socket; the acknowledgement's payload, or None.

        Raises NotConnected where no socket is open and Unanswered after three seconds of real time.
        """
        envelope: Json = {
            "envelope_id": str(uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        if not self._open:
            raise NotConnected
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = heard
        try:
            await socket.send_json(envelope)
            return await asyncio.wait_for(heard, ACKNOWLEDGE_SECONDS)
        except TimeoutError as error:
            raise Unanswered from error
        except (RuntimeError, WebSocketDisconnect) as error:
            raise NotConnected from error
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    def _hear(self, text: str) -> None:
        try:
            answer = parse(text)
        except ValueError:
            return
        if isinstance(answer, dict):
            waiting = self._waiting.get(str(answer.get("envelope_id")))
            if waiting and not waiting.done():
                waiting.set_result(answer.get("payload"))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "rehearsal", "build_number": 1, "approximate_connection_time": 3600},
            "connection_info": {"app_id": self._app_id},
        }
