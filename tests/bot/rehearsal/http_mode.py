"""An app that listens for signed HTTP requests, for tests: served by uvicorn on loopback, or held by a bare ear."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette import SlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def served(app: App, port: int) -> Iterator[None]:
    """The Bolt app behind its Starlette adapter at ``http://127.0.0.1:port/slack/events``."""
    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    starlette = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(starlette, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Heard:
    """One request as it came: header names in lower case."""

    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.content.decode(), strict_parsing=True).items()}


@dataclass
class HttpEar:
    """Keeps what it hears and answers the challenge; everything else with the next of ``answers``, then with 200.

    An answer is (status, headers), or the seconds to say nothing for.
    """

    answers: list[Any] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)


@contextmanager
def hearing(ear: HttpEar, port: int) -> Iterator[HttpEar]:
    """The ear, listening at ``port``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            if b"url_verification" in content:
                self._say(200, {}, json.loads(content)["challenge"].encode())
            ear.heard.append(Heard(headers, content))
            if b"url_verification" not in content:
                answer = ear.answers.pop(0) if ear.answers else (200, {})
                if isinstance(answer, float | int):
                    time.sleep(answer)
                    return
                self._say(*answer)

        def _say(self, status: int, headers: dict[str, str], content: bytes = b"") -> None:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield ear
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
