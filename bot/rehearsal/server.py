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
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from bot.rehearsal.answers import Answers
from bot.rehearsal.api.desk import Desk
from bot.rehearsal.api.files import MOST_BYTES, receive_bytes
from bot.rehearsal.clock import Clock
from bot.rehearsal.gestures import Gestures
from bot.rehearsal.others import Others
from bot.rehearsal.practice import PAGE, Practice
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.triggers import ResponseUrls, Triggers
from bot.rehearsal.uploads import Uploads
from bot.rehearsal.wire import Refusal
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


def build(world: World, folder: Path, clock: Clock, port: int, reminders_command: str | None = None) -> Starlette:
    """The application for one rehearsal kept in ``folder``, reached at ``port``."""
    base = f"http://127.0.0.1:{port}"
    workspace = Workspace(world, folder, clock)
    sockets, triggers, urls = Sockets(base, world.app.id), Triggers(), ResponseUrls(base)
    gestures = Gestures(workspace, sockets, triggers, urls)
    sockets.on_change, sockets.on_connect = workspace.changed, gestures.introduce
    answers = Answers(workspace)
    desk = Desk(workspace, sockets, triggers, base)
    others = Others(workspace, gestures)
    practice = Practice(workspace, sockets, gestures, others, desk, reminders_command)

    async def page(request: Request) -> Response:  # noqa: ARG001
        headers = {"content-security-policy": POLICY, "referrer-policy": "no-referrer", "cache-control": "no-store"}
        return FileResponse(PAGE / "index.html", headers=headers)

    async def upload(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return PlainTextResponse("too large", 413)
        try:
            receive_bytes(workspace, request.path_params["key"], await request.body())
        except Refusal as refusal:
            return PlainTextResponse(refusal.code, 400)
        return PlainTextResponse("OK")

    async def response(request: Request) -> Response:
        try:
            used = urls.use(request.path_params["name"])
            content = await request.json()
        except Refusal as refusal:
            return JSONResponse(refusal.body(), 404)
        except ValueError:
            return JSONResponse(Refusal("invalid_payload").body(), 400)
        outcome = answers.say(workspace.conversation(used.channel), used.person, content, used.ts)
        return PlainTextResponse("ok") if outcome["ok"] else JSONResponse(outcome, 400)

    async def archive(request: Request) -> Response:
        channel, mark = request.path_params["channel"], request.path_params["mark"].removeprefix("p")
        return RedirectResponse(f"/#{channel}/{mark[:-6]}.{mark[-6:]}")

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001
        saving = asyncio.create_task(workspace.keep_saving())
        yield
        saving.cancel()
        workspace.save_now()

    return Starlette(
        routes=[
            Route("/", page),
            Route("/api/{method}", desk.answer, methods=["GET", "POST"]),
            WebSocketRoute("/socket", sockets.serve),
            Route("/response/{name}", response, methods=["POST"]),
            Route("/upload/{key}", upload, methods=["POST", "PUT"]),
            Route("/archives/{channel}/{mark}", archive),
            Route("/practice/upload", Uploads(workspace, base).receive, methods=["POST"]),
            *practice.routes(),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        middleware=[Middleware(Door, port=port)],
        lifespan=lifespan,
    )
