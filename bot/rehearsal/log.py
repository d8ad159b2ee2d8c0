"""The request log: what the app sent and what was sent to it, what came back and how long it took; no secrets."""

import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.rehearsal.wire import Json

KEPT = 500
SHOWN = 200
LONGEST_TEXT = 10_000
SECRET_KEYS = frozenset({"token", "trigger_id", "response_url", "upload_url", "key"})
SECRET_BEGINNINGS = ("xoxb-", "xoxp-", "xapp-", "ws://")
LEFT_OUT = "(left out)"


@dataclass(frozen=True)
class Entry:
    """One exchange. ``direction`` is from_app or to_app; ``status`` an HTTP status where there was one."""

    number: int
    at: str
    direction: str
    name: str
    ok: bool
    error: str | None
    status: int | None
    took_ms: float
    request: Any
    answer: Any
    note: str


class RequestLog:
    """The last exchanges between the workspace and the app."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._count = 0

    def add(
        self,
        direction: str,
        name: str,
        began: float,
        request: Json,
        answer: Any,
        error: str | None = None,
        status: int | None = None,
        note: str = "",
    ) -> None:
        """Keep one exchange that began at ``began`` (``time.perf_counter()``) and is over now."""
        self._count += 1
        took = time.perf_counter() - began
        at = datetime.fromtimestamp(time.time() - took, UTC).isoformat(timespec="milliseconds")
        entry = Entry(
            self._count,
            at,
            direction,
            name,
            error is None,
            error,
            status,
            round(took * 1000, 2),
            without_secrets(request),
            without_secrets(answer),
            note,
        )
        self._entries.append(entry)

    def newest(self, after: int, limit: int) -> list[Json]:
        """The entries with a number above ``after``, the newest first, ``limit`` at the most."""
        found = [vars(entry) for entry in reversed(self._entries) if entry.number > after]
        return found[:limit]

    def routes(self) -> list[Route]:
        """Where the log can be read."""
        return [Route("/practice/log", self._show)]

    async def _show(self, request: Request) -> Response:
        asked = request.query_params
        after, limit = _number(asked.get("after"), 0), _number(asked.get("limit"), SHOWN)
        return JSONResponse({"entries": self.newest(after, limit)})


def without_secrets(value: Any) -> Any:
    """A copy of a JSON value without tokens and the addresses that work like them; very long text is cut."""
    if isinstance(value, dict):
        return {
            key: LEFT_OUT if key in SECRET_KEYS and isinstance(inner, str) else without_secrets(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    if isinstance(value, str):
        if value.startswith(SECRET_BEGINNINGS):
            return LEFT_OUT
        return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
    return value


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
