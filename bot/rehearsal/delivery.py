"""Delivery to the app, whichever way it is reached: answers within three seconds, and events until acknowledged.

Follows docs.slack.dev, "The Events API" (three seconds; retried nearly at once, after one minute, after five, with the
reason) and "Handling user interaction".
"""

import asyncio
import time
from collections.abc import Iterable
from typing import Any, Protocol

from bot.rehearsal.faults.board import Faults
from bot.rehearsal.log import RequestLog
from bot.rehearsal.wire import Json

ACKNOWLEDGE_SECONDS = 3.0
RETRY_AFTER = (1.0, 60.0, 300.0)


class NotConnected(Exception):
    """The app cannot be reached."""


class Unanswered(Exception):
    """The app did not acknowledge within three seconds."""


class Rejected(Exception):
    """The app answered with an HTTP error; ``final`` where it also said that it wants no retry."""

    def __init__(self, status: int, *, final: bool) -> None:
        self.status = status
        self.final = final
        super().__init__(f"http_error {status}")


class Way(Protocol):
    """One way to reach the app: Socket Mode, or signed HTTP requests."""

    timeout_reason: str
    """What a retry after three seconds without an answer gives as its reason."""

    @property
    def connected(self) -> bool:
        """Whether the app can be reached."""
        ...

    async def send(self, kind: str, payload: Json, retry: int, reason: str) -> Any:
        """Send one thing; what the app answered, or None. Raises NotConnected, Unanswered and Rejected."""
        ...


class Delivery:
    """Sends gestures and events, keeps the request log, and lets the standing faults interfere."""

    def __init__(self, way: Way, faults: Faults, log: RequestLog, retry_after: Iterable[float] = RETRY_AFTER) -> None:
        self._way = way
        self._faults = faults
        self._log = log
        self._retry_after = tuple(retry_after)
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def connected(self) -> bool:
        """Whether the app can be reached."""
        return self._way.connected

    async def ask(self, kind: str, payload: Json) -> Any:
        """Send a command or an interaction; the answer. Raises NotConnected, Unanswered and Rejected."""
        if self._faults.take("duplicate_deliveries"):
            # Slack's second copy comes when the first seems lost: its answer changes nothing.
            self._in_background(self._second(kind, payload))
        return await self._send(kind, payload)

    def tell(self, payload: Json) -> None:
        """Send an event in the background, again until it is acknowledged or the retries are used up."""
        self._in_background(self._tell(payload))
        if self._faults.take("duplicate_deliveries"):
            self._in_background(self._tell(payload))

    def stop(self) -> None:
        """Give up what still waits for its retry."""
        for task in self._running:
            task.cancel()

    async def _second(self, kind: str, payload: Json) -> None:
        try:
            await self._send(kind, payload, note="fault: duplicate_deliveries")
        except (NotConnected, Unanswered, Rejected):
            return

    async def _tell(self, payload: Json) -> None:
        reason = ""
        for attempt, pause in enumerate((0.0, *self._retry_after)):
            await asyncio.sleep(pause)
            try:
                await self._send("events_api", payload, attempt, reason)
                return
            except Unanswered:
                reason = self._way.timeout_reason
            except NotConnected:
                reason = "connection_failed"
            except Rejected as rejection:
                if rejection.final:
                    return
                reason = "http_error"

    async def _send(self, kind: str, payload: Json, retry: int = 0, reason: str = "", note: str = "") -> Any:
        began = time.perf_counter()
        answer: Any = None
        error: str | None = None
        status: int | None = None
        try:
            answer = await self._way.send(kind, payload, retry, reason)
            if self._faults.stands("late"):
                note = f"{note} fault: late".strip()
                raise Unanswered
            return answer
        except Unanswered:
            error = "timeout"
            raise
        except NotConnected:
            error = "not_connected"
            raise
        except Rejected as rejection:
            error, status = "http_error", rejection.status
            raise
        finally:
            if retry:
                note = f"{note} retry {retry} ({reason})".strip()
            name = f"{kind}: {_about(payload)}"
            self._log.add("to_app", name, began, payload, answer, error=error, status=status, note=note)

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def _about(payload: Json) -> str:
    """What the log calls a payload: its event's type, its command, or its own type."""
    inner = payload.get("event")
    return str(inner.get("type") if isinstance(inner, dict) else payload.get("command") or payload.get("type"))
