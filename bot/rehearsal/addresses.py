"""The addresses that the workspace hands out: response URLs, places to upload to, and links to messages."""

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.rehearsal.answers import Answers
from bot.rehearsal.api.files import MOST_BYTES, receive_bytes
from bot.rehearsal.bodies import json_object, read_bytes
from bot.rehearsal.log import RequestLog
from bot.rehearsal.triggers import ResponseUrls
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace

GONE = ("expired_url", "used_url")


class Addresses:
    """Routes that an app or a browser gets from an answer, not from the documentation."""

    def __init__(self, workspace: Workspace, urls: ResponseUrls, log: RequestLog) -> None:
        self._workspace = workspace
        self._answers = Answers(workspace)
        self._urls = urls
        self._log = log

    def routes(self) -> list[Route]:
        """Every such address."""
        return [
            Route("/response/{name}", self._response, methods=["POST"]),
            Route("/upload/{key}", self._upload, methods=["POST", "PUT"]),
            Route("/archives/{channel}/{mark}", self._archive),
        ]

    async def _response(self, request: Request) -> Response:
        began = time.perf_counter()
        content: Json = {}
        outcome: Json
        status = 200
        try:
            content = json_object(await read_bytes(request))
            used = self._urls.use(request.path_params["name"])
            where = self._workspace.conversation(used.channel)
            outcome = self._answers.say(where, used.person, content, used.ts)
            status = 200 if outcome["ok"] else 400
            self._workspace.keep()
        except Refusal as refusal:
            outcome, status = refusal.body(), 404 if refusal.code in GONE else 400
        error = None if outcome["ok"] else str(outcome["error"])
        self._log.add("from_app", "response_url", began, content, outcome, error, status)
        return PlainTextResponse("ok") if outcome["ok"] else JSONResponse(outcome, status)

    async def _upload(self, request: Request) -> Response:
        try:
            receive_bytes(self._workspace, request.path_params["key"], await read_bytes(request, MOST_BYTES))
        except Refusal as refusal:
            return PlainTextResponse(refusal.code, 413 if refusal.code == "request_too_large" else 400)
        return PlainTextResponse("OK")

    async def _archive(self, request: Request) -> Response:
        channel, mark = request.path_params["channel"], request.path_params["mark"].removeprefix("p")
        return RedirectResponse(f"/#{channel}/{mark[:-6]}.{mark[-6:]}")
