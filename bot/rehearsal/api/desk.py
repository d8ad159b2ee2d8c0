"""The Web API's door: reads a request, checks its token, finds the method and answers in Slack's way."""

import json
import time
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.rehearsal.api import blocks, chat, conversations, extras, files, people, views
from bot.rehearsal.api.call import Call, Method, read_arguments
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.triggers import Triggers
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace

METHODS: dict[str, Method] = {
    **blocks.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **extras.METHODS,
    **files.METHODS,
    **people.METHODS,
    **views.METHODS,
}
FREE = ("api.test",)
FOR_APP_TOKEN = ("apps.connections.open",)
MOST_BYTES = 2_000_000
KEPT = 500


@dataclass(frozen=True)
class Handled:
    """One call as the request log keeps it: real time, milliseconds taken, token left out."""

    at: float
    method: str
    arguments: Json
    answer: Json
    took_ms: float


class Desk:
    """Answers Web API requests."""

    def __init__(self, workspace: Workspace, sockets: Sockets, triggers: Triggers, base: str) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._triggers = triggers
        self._base = base
        self.log: deque[Handled] = deque(maxlen=KEPT)

    async def answer(self, request: Request) -> Response:
        """One request to ``/api/<method>``."""
        began = time.perf_counter()
        name = request.path_params["method"]
        arguments: Json = {}
        try:
            raw = await _read(request)
            token = _token(request, raw)
            arguments = {key: value for key, value in raw.items() if key != "token"}
            body = {"ok": True, **self.call(name, token, arguments)}
        except Refusal as refusal:
            body = refusal.body()
        took = (time.perf_counter() - began) * 1000
        self.log.append(Handled(time.time(), name, arguments, body, round(took, 2)))
        return JSONResponse(body)

    def call(self, name: str, token: str, arguments: Json) -> Json:
        """Carry out one method. Raises Refusal."""
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method")
        if name not in FREE:
            self._check_token(name, token)
        call = Call(self._workspace, self._sockets, self._triggers, self._base, read_arguments(arguments))
        return method(call)

    def _check_token(self, name: str, token: str) -> None:
        app = self._workspace.world.app
        if not token:
            raise Refusal("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise Refusal("invalid_auth")
        if (name in FOR_APP_TOKEN) != (token == app.app_token):
            raise Refusal("not_allowed_token_type")


def _token(request: Request, raw: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(raw.get("token") or "")


async def _read(request: Request) -> Json:
    arguments: Json = dict(request.query_params)
    if request.method == "GET":
        return arguments
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise Refusal("request_too_large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        arguments |= _json_object(await request.body())
    elif kind == "application/x-www-form-urlencoded":
        try:
            form = (await request.body()).decode()
        except UnicodeDecodeError as error:
            raise Refusal("invalid_form_data") from error
        arguments |= dict(parse_qsl(form, keep_blank_values=True))
    elif await request.body():
        raise Refusal("invalid_post_type")
    return arguments


def _json_object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content or b"{}")
    except ValueError as error:
        raise Refusal("invalid_json") from error
    if not isinstance(value, dict):
        raise Refusal("json_not_object")
    return value
