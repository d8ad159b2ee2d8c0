"""The TCP connections of the server, so that one can be cut without an answer, as a network does."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class Lines:
    """Every open connection by its far end (host, port)."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.BaseTransport] = {}

    async def cut(self, far_end: Any) -> None:
        """Close the connection from ``far_end`` at once."""
        line = self._open.get(tuple(far_end))
        if isinstance(line, asyncio.Transport):
            line.abort()
            # The server notices on the loop's next turn, and then sends no answer.
            await asyncio.sleep(0)

    def protocol(self) -> type[H11Protocol]:
        """The HTTP protocol for uvicorn that tells this object of its connections."""
        lines = self._open

        class Protocol(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                self._far_end = transport.get_extra_info("peername")
                # A connection that became a WebSocket ends without a word to this protocol.
                for far_end in [known for known, line in lines.items() if line.is_closing()]:
                    del lines[far_end]
                lines[self._far_end] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                lines.pop(self._far_end, None)
                super().connection_lost(exc)

        return Protocol
