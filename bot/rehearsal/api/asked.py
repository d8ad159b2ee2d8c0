"""What a Web API request says, however it was sent: query, form, multipart or JSON."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.rehearsal.bodies import json_object, multipart_fields, read_bytes
from bot.rehearsal.wire import Json, Refusal

MOST_FIELDS = 1000


@dataclass(frozen=True)
class Asked:
    """A method's name, its arguments and the token; ``unread`` is the refusal where the body could not be read."""

    name: str
    token: str
    arguments: Json
    unread: Refusal | None = None

    @property
    def channel(self) -> str:
        """The channel that the call names, or nothing."""
        return str(self.arguments.get("channel") or self.arguments.get("channel_id") or "")


async def read_asked(request: Request) -> Asked:
    """Read a request to ``/api/<method>``."""
    name = request.path_params["method"]
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else ""
    try:
        arguments = await _arguments(request)
    except Refusal as refusal:
        return Asked(name, bearer, {}, refusal)
    in_field = arguments.pop("token", None)
    return Asked(name, bearer or str(in_field or ""), arguments)


async def _arguments(request: Request) -> Json:
    arguments: Json = dict(request.query_params)
    if request.method == "GET":
        return arguments
    content = await read_bytes(request)
    written = request.headers.get("content-type", "")
    kind = written.partition(";")[0].strip().lower()
    if kind == "application/json":
        return arguments | json_object(content)
    if kind == "application/x-www-form-urlencoded":
        try:
            return arguments | dict(parse_qsl(content.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except ValueError as error:
            raise Refusal("invalid_form_data") from error
    if kind == "multipart/form-data":
        return arguments | multipart_fields(written, content)
    if content:
        raise Refusal("invalid_post_type" if kind else "missing_post_type")
    return arguments
