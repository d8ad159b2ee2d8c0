"""The page's own HTTP interface: what a person sees, what a person does, the clock and the colleagues."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.rehearsal.api.desk import Desk
from bot.rehearsal.clock import Clock, ClockError, next_morning, read_reminders, soonest_after
from bot.rehearsal.gestures import Gestures
from bot.rehearsal.others import Others
from bot.rehearsal.screen import mark_read, screen_of, world_of
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace

PAGE = Path(__file__).with_name("page")
MOST_BYTES = 500_000
MINUTE = 60


class Practice:
    """Routes under ``/practice`` and the addresses that messages link to."""

    def __init__(
        self,
        workspace: Workspace,
        sockets: Sockets,
        gestures: Gestures,
        others: Others,
        desk: Desk,
        reminders_command: str | None,
    ) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._gestures = gestures
        self._others = others
        self._desk = desk
        self._reminders_command = reminders_command

    def routes(self) -> list[Route]:
        """Every route of the page's interface."""
        return [
            Route("/practice/world", self._world),
            Route("/practice/screen", self._screen),
            Route("/practice/stream", self._stream),
            Route("/practice/log", self._log),
            Route("/practice/{gesture}", self._do, methods=["POST"]),
            Route("/files/{file_id}", self._file),
        ]

    async def _world(self, request: Request) -> Response:  # noqa: ARG002
        return JSONResponse(world_of(self._workspace))

    async def _screen(self, request: Request) -> Response:
        try:
            return JSONResponse(screen_of(self._workspace, self._sockets, _as(request, self._workspace)))
        except Refusal as refusal:
            return JSONResponse(refusal.body(), 404)

    async def _stream(self, request: Request) -> Response:  # noqa: ARG002
        async def changes() -> AsyncIterator[str]:
            async for version in self._workspace.versions():
                yield f"data: {version}\n\n"

        return StreamingResponse(changes(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _log(self, request: Request) -> Response:  # noqa: ARG002
        return JSONResponse([vars(handled) for handled in reversed(self._desk.log)])

    async def _file(self, request: Request) -> Response:
        entry = self._workspace.records.files.get(request.path_params["file_id"])
        if entry is None or not entry["complete"]:
            return JSONResponse(Refusal("file_not_found").body(), 404)
        inline = str(entry["name"]).lower().endswith((".png", ".jpg", ".jpeg", ".gif"))
        return FileResponse(
            self._workspace.folder / "files" / entry["id"],
            filename=entry["name"],
            content_disposition_type="inline" if inline else "attachment",
        )

    async def _do(self, request: Request) -> Response:
        try:
            body = await _json(request)
            return JSONResponse(await self._gesture(request.path_params["gesture"], body))
        except Refusal as refusal:
            return JSONResponse({**refusal.body(), "sentence": _sentence(refusal)})
        except ClockError as error:
            return JSONResponse({"ok": False, "error": "clock", "sentence": str(error)})

    async def _gesture(self, name: str, body: Json) -> Json:
        who = str(body.get("as") or self._workspace.world.installer)
        match name:
            case "say":
                return await self._gestures.say(who, str(body.get("channel")), str(body.get("text", "")))
            case "command":
                return await self._gestures.command(who, str(body.get("channel")), str(body.get("text", "")))
            case "click":
                return await self._gestures.click(who, body)
            case "suggest":
                return await self._gestures.suggest(who, body)
            case "submit":
                return await self._gestures.submit(who, str(body.get("view_id")), body.get("values") or {})
            case "close":
                return await self._gestures.close(who, str(body.get("view_id")), bool(body.get("all")))
            case "shortcut":
                callback = str(body.get("callback_id"))
                return await self._gestures.shortcut(who, str(body.get("channel")), str(body.get("ts")), callback)
            case "open_home":
                return await self._gestures.open_home(who, str(body.get("tab", "home")))
            case "read":
                mark_read(self._workspace, who, str(body.get("channel")))
                return {"ok": True}
            case "clock":
                return await self._move_clock(body.get("to"))
            case "others":
                return {"ok": True, "sentences": await self._others.act(who)}
        raise Refusal("unknown_gesture")

    async def _move_clock(self, to: object) -> Json:
        clock: Clock = self._workspace.clock
        if to == "next morning":
            clock.move_to(next_morning(clock.now(), self._workspace.world.time_zone))
        elif to == "next check-in":
            if not self._reminders_command:
                raise ClockError("This rehearsal was started without a way to ask for reminders.")
            soonest = soonest_after(clock.now(), await read_reminders(self._reminders_command))
            if soonest is None:
                raise ClockError("No check-in is scheduled yet. They begin when an owner accepts an action.")
            clock.move_by((soonest - clock.now()).total_seconds() + MINUTE)
        elif isinstance(to, int | float) and not isinstance(to, bool):
            clock.move_by(to)
        else:
            raise ClockError("Move the clock to 'next morning', 'next check-in' or by a number of seconds.")
        self._workspace.changed()
        return {"ok": True, "now": clock.now().isoformat(timespec="seconds")}


def _as(request: Request, workspace: Workspace) -> str:
    return request.query_params.get("as") or workspace.world.installer


async def _json(request: Request) -> Json:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refusal("invalid_post_type")
    content = await request.body()
    if len(content) > MOST_BYTES:
        raise Refusal("request_too_large")
    try:
        body = json.loads(content)
    except ValueError as error:
        raise Refusal("invalid_json") from error
    if not isinstance(body, dict):
        raise Refusal("json_not_object")
    return body


def _sentence(refusal: Refusal) -> str:
    return f"That did not work ({refusal.code})."
