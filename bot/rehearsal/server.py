"""The workspace's server: one Starlette application on loopback, with its door checks."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from bot.rehearsal.addresses import Addresses
from bot.rehearsal.api.desk import METHODS, Desk
from bot.rehearsal.bring import Bring
from bot.rehearsal.clock import Clock
from bot.rehearsal.delivery import RETRY_AFTER, Delivery
from bot.rehearsal.faults.consequences import Consequences
from bot.rehearsal.faults.control import Control
from bot.rehearsal.faults.lines import Lines
from bot.rehearsal.gestures import Gestures
from bot.rehearsal.log import RequestLog
from bot.rehearsal.members import Members
from bot.rehearsal.others import Others
from bot.rehearsal.practice import PAGE, Practice
from bot.rehearsal.signed import SignedRequests
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.triggers import ResponseUrls, Triggers
from bot.rehearsal.uploads import Uploads
from bot.rehearsal.workspace import Workspace
from bot.rehearsal.world import World

LOOPBACK = ("127.0.0.1", "localhost")
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Door:
    """Refuses requests that other hosts' pages make: Host must be loopback, Origin (where sent) the page's own."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._welcome(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            refusal = PlainTextResponse("This workspace answers only pages of its own address.", 403)
            await refusal(scope, receive, send)

    def _welcome(self, headers: Headers) -> bool:
        # Slack's own Socket Mode client leaves the port out of Host.
        name, _, port = headers.get("host", "").partition(":")
        if name not in LOOPBACK or port not in ("", str(self._port)):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        parts = urlsplit(origin)
        return parts.scheme == "http" and parts.hostname in LOOPBACK and parts.port == self._port


def build(
    world: World,
    folder: Path,
    clock: Clock,
    port: int,
    reminders_command: str | None = None,
    import_command: str | None = None,
    *,
    request_url: str | None = None,
    retry_after: tuple[float, ...] = RETRY_AFTER,
    lines: Lines | None = None,
) -> Starlette:
    """The application for one rehearsal kept in ``folder``, reached at ``port``.

    With ``request_url`` the app is reached by signed HTTP requests instead of Socket Mode; ValueError where that is
    not on this computer. ``retry_after`` are the pauses before an event's retries, in seconds. ``lines`` are the
    server's connections, so that faults can cut them.
    """
    base = f"http://127.0.0.1:{port}"
    workspace = Workspace(world, folder, clock)
    log, triggers, urls = RequestLog(), Triggers(), ResponseUrls(base, workspace.records.response_urls)
    lines = lines or Lines()
    sockets = Sockets(base, world.app.id, lines)
    signed = (
        SignedRequests(request_url, world.app.signing_secret, world.app.verification_token) if request_url else None
    )
    way: Sockets | SignedRequests = signed or sockets
    delivery = Delivery(way, workspace.faults, log, retry_after)
    gestures, members = Gestures(workspace, delivery, triggers, urls), Members(workspace, delivery)
    way.on_change, way.on_connect = workspace.changed, members.introduce
    workspace.faults.on_change = Consequences(workspace, sockets, delivery)
    desk = Desk(workspace, sockets, triggers, base, log, lines)
    bring = Bring(folder, import_command, world.brought) if import_command else None
    practice = Practice(workspace, delivery, gestures, members, Others(workspace, gestures), reminders_command, bring)

    async def page(request: Request) -> Response:  # noqa: ARG001
        headers = {"content-security-policy": POLICY, "referrer-policy": "no-referrer", "cache-control": "no-store"}
        return FileResponse(PAGE / "index.html", headers=headers)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001
        running = [asyncio.create_task(workspace.keep_saving())]
        if signed:
            running.append(asyncio.create_task(signed.keep_knocking()))
        yield
        for task in running:
            task.cancel()
        delivery.stop()
        workspace.keep()

    return Starlette(
        routes=[
            Route("/", page),
            Route("/api/{method}", desk.answer, methods=["GET", "POST"]),
            WebSocketRoute("/socket", sockets.serve),
            *Addresses(workspace, urls, log).routes(),
            *log.routes(),
            *Control(workspace, workspace.faults, tuple(METHODS)).routes(),
            Route("/practice/upload", Uploads(workspace, base).receive, methods=["POST"]),
            *practice.routes(),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        middleware=[Middleware(Door, port=port)],
        lifespan=lifespan,
    )
