"""The page's own HTTP interface: what a person sees, what a person does, the clock and the colleagues."""

from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.rehearsal.bodies import read_json
from bot.rehearsal.bring import Bring
from bot.rehearsal.clock import ClockError
from bot.rehearsal.delivery import Delivery
from bot.rehearsal.gestures import Gestures
from bot.rehearsal.journey import Journey
from bot.rehearsal.members import Members
from bot.rehearsal.others import Others
from bot.rehearsal.screen import MESSAGES_SHOWN, mark_read, screen_of, world_of
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace

PAGE = Path(__file__).with_name("page")
MOST_BYTES = 500_000
NOT_A_PERSONS = ("clock", "others", "read")


class Practice:
    """Routes under ``/practice`` and the addresses that messages link to."""

    def __init__(
        self,
        workspace: Workspace,
        delivery: Delivery,
        gestures: Gestures,
        members: Members,
        others: Others,
        reminders_command: str | None,
        bring: Bring | None,
    ) -> None:
        self._workspace = workspace
        self._delivery = delivery
        self._gestures = gestures
        self._members = members
        self._others = others
        self._journey = Journey(workspace, reminders_command)
        self._bring = bring

    def routes(self) -> list[Route]:
        """Every route of the page's interface."""
        return [
            Route("/practice/world", self._world),
            Route("/practice/screen", self._screen),
            Route("/practice/stream", self._stream),
            *([Route("/practice/bring", self._bring.answer, methods=["POST"])] if self._bring else []),
            Route("/practice/{gesture}", self._do, methods=["POST"]),
            Route("/files/{file_id}", self._file),
        ]

    async def _world(self, request: Request) -> Response:  # noqa: ARG002
        return JSONResponse({**world_of(self._workspace), "bring": self._bring is not None})

    async def _screen(self, request: Request) -> Response:
        try:
            return JSONResponse(
                screen_of(self._workspace, self._delivery, _as(request, self._workspace), _shown(request))
            )
        except Refusal as refusal:
            return JSONResponse(refusal.body(), 404)

    async def _stream(self, request: Request) -> Response:  # noqa: ARG002
        async def changes() -> AsyncIterator[str]:
            async for version in self._workspace.versions():
                yield f"data: {version}\n\n"

        return StreamingResponse(changes(), media_type="text/event-stream", headers={"cache-control": "no-store"})

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
            body = await read_json(request, MOST_BYTES)
            answer = await self._gesture(request.path_params["gesture"], body)
            self._workspace.keep()
            return JSONResponse(answer)
        except Refusal as refusal:
            return JSONResponse({**refusal.body(), "sentence": _sentence(refusal)})
        except ClockError as error:
            return JSONResponse({"ok": False, "error": "clock", "sentence": str(error)})

    async def _gesture(self, name: str, body: Json) -> Json:
        who = str(body.get("as") or self._workspace.world.installer)
        if self._workspace.is_deactivated(who) and name not in NOT_A_PERSONS:
            raise Refusal("account_inactive")
        match name:
            case "say":
                words, thread = str(body.get("text", "")), str(body.get("thread_ts") or "")
                return await self._gestures.say(who, str(body.get("channel")), words, thread)
            case "join":
                return self._members.join(str(body.get("person") or who), str(body.get("channel")))
            case "leave":
                return self._members.leave(str(body.get("person") or who), str(body.get("channel")))
            case "invite":
                return self._members.invite(who, str(body.get("channel")), str(body.get("person")))
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
                return await self._journey.to(body.get("to"), who, connected=self._delivery.connected)
            case "others":
                where = body.get("channel")
                return {"ok": True, "sentences": await self._others.act(who, str(where) if where else None)}
        raise Refusal("unknown_gesture")


def _as(request: Request, workspace: Workspace) -> str:
    return request.query_params.get("as") or workspace.world.installer


def _shown(request: Request) -> int:
    asked = request.query_params.get("shown", "")
    return max(MESSAGES_SHOWN, int(asked)) if asked.isdecimal() else MESSAGES_SHOWN


def _sentence(refusal: Refusal) -> str:
    return f"That did not work ({refusal.code})."
