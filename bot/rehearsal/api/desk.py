"""The Web API's door: reads a request, checks its token, finds the method and answers in Slack's way."""

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.rehearsal.api import blocks, chat, conversations, extras, files, people, views
from bot.rehearsal.api.asked import Asked, read_asked
from bot.rehearsal.api.call import Call, Method, read_arguments
from bot.rehearsal.api.scopes import METHODS as SCOPES
from bot.rehearsal.api.scopes import check_scopes
from bot.rehearsal.faults.calls import BreakOff, CallFaults
from bot.rehearsal.faults.lines import Lines
from bot.rehearsal.log import RequestLog
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


class Desk:
    """Answers Web API requests."""

    def __init__(
        self, workspace: Workspace, sockets: Sockets, triggers: Triggers, base: str, log: RequestLog, lines: Lines
    ) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._triggers = triggers
        self._base = base
        self._log = log
        self._lines = lines

    async def answer(self, request: Request) -> Response:
        """One request to ``/api/<method>``."""
        began = time.perf_counter()
        asked = await read_asked(request)
        faults = CallFaults(self._workspace.faults, asked.name, asked.channel)
        try:
            await faults.before()
            body = self._carried_out(asked, faults)
            self._workspace.keep()
            await faults.after()
            response: Response = JSONResponse(body, headers=self._scope_headers(asked))
        except BreakOff as end:
            body = end.body
            if end.response is None:
                await self._lines.cut(request.client)
            response = end.response or Response(status_code=500)
        error = None if body.get("ok") else str(body.get("error", "connection_dropped"))
        status = response.status_code if body else None
        self._log.add("from_app", asked.name, began, asked.arguments, body, error, status, faults.note)
        return response

    def _carried_out(self, asked: Asked, faults: CallFaults) -> Json:
        try:
            if asked.unread is not None:
                raise asked.unread
            return {"ok": True, **self._call(asked, faults)}
        except Refusal as refusal:
            return refusal.body()

    def _call(self, asked: Asked, faults: CallFaults) -> Json:
        method = METHODS.get(asked.name)
        if method is not None and asked.name not in FREE:
            self._check_token(asked.name, asked.token)
        faults.refuse()
        if method is None:
            raise Refusal("unknown_method")
        call = Call(self._workspace, self._sockets, self._triggers, self._base, read_arguments(asked.arguments))
        if asked.token == self._workspace.world.app.bot_token:
            where = self._workspace.records.conversations.get(asked.channel)
            check_scopes(asked.name, self._workspace.world.app.scopes, where)
        return method(call)

    def _scope_headers(self, asked: Asked) -> dict[str, str]:
        """The headers in which Slack says what a token may do and what the method asks for."""
        app = self._workspace.world.app
        if asked.token != app.bot_token or app.scopes is None:
            return {}
        return {
            "x-oauth-scopes": ",".join(sorted(app.scopes)),
            "x-accepted-oauth-scopes": ",".join(SCOPES.get(asked.name, ())),
        }

    def _check_token(self, name: str, token: str) -> None:
        app = self._workspace.world.app
        if not token:
            raise Refusal("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise Refusal("invalid_auth")
        if (name in FOR_APP_TOKEN) != (token == app.app_token):
            raise Refusal("not_allowed_token_type")
