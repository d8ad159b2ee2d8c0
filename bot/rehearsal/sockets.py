"""Socket Mode: the app's connections, envelopes out, acknowledgements in, and events retried until acknowledged.

Follows docs.slack.dev, "Using Socket Mode" (envelopes, hello, several connections) and "Events API" (retries).
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.rehearsal.wire import Json

ACKNOWLEDGE_SECONDS = 3.0
RETRY_AFTER = (1.0, 60.0, 300.0)
MOST_CONNECTIONS = 10


class NotConnected(Exception):
    """No socket of the app is open."""


class Unanswered(Exception):
    """The app did not acknowledge within three seconds."""


class Sockets:
    """Every open socket of the app, and the envelopes that wait for their acknowledgement."""

    def __init__(self, base: str, app_id: str) -> None:
        self._address = base.replace("http://", "ws://") + "/socket"
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: list[WebSocket] = []
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._telling: set[asyncio.Task[None]] = set()
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
        await socket.send_json(self._hello())
        self.on_change()
        self.on_connect()
        try:
            while True:
                self._hear(await socket.receive_text())
        except (WebSocketDisconnect, KeyError, RuntimeError):
            pass
        finally:
            self._open.remove(socket)
            self.on_change()

    async def ask(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Any:
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

    def tell(self, payload: Json) -> None:
        """Send an event in the background, again after a minute and after five where nobody acknowledges it."""
        task = asyncio.get_running_loop().create_task(self._tell(payload))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, payload: Json) -> None:
        reason = ""
        for attempt, pause in enumerate((0.0, *RETRY_AFTER)):
            await asyncio.sleep(pause)
            try:
                await self.ask("events_api", payload, attempt, reason)
                return
            except Unanswered:
                reason = "timeout"
            except NotConnected:
                reason = "connection_failed"

    def _hear(self, text: str) -> None:
        try:
            answer = json.loads(text)
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
