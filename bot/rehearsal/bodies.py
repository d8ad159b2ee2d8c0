"""Request bodies read with a limit on their size, however they are sent: JSON objects and multipart forms."""

from email.parser import BytesParser
from email.policy import HTTP

from starlette.requests import ClientDisconnect, Request

from bot.rehearsal.wire import Json, Refusal, parse

MOST_BYTES = 2_000_000
MOST_PASSED_OVER = 100_000_000


async def read_bytes(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body, ``most`` bytes at the most. Raises Refusal (request_too_large)."""
    content, length = bytearray(), 0
    try:
        async for part in request.stream():
            length += len(part)
            if length <= most:
                content += part
            # What is too long is still let in for a while: a sender that is cut off never reads the refusal.
            elif length > MOST_PASSED_OVER:
                break
    except ClientDisconnect as error:
        raise Refusal("invalid_form_data") from error
    if length > most:
        raise Refusal("request_too_large")
    return bytes(content)


def json_object(content: bytes) -> Json:
    """The JSON object in ``content``; nothing is an empty one. Raises Refusal (invalid_json, json_not_object)."""
    try:
        value = parse(content or b"{}")
    except ValueError as error:
        raise Refusal("invalid_json") from error
    if not isinstance(value, dict):
        raise Refusal("json_not_object")
    return value


async def read_json(request: Request, most: int = MOST_BYTES) -> Json:
    """The JSON object that a page sent. Raises Refusal."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refusal("invalid_post_type")
    return json_object(await read_bytes(request, most))


def multipart_fields(content_type: str, content: bytes) -> Json:
    """The text fields of a multipart form, files left out. Raises Refusal (invalid_form_data)."""
    head = f"content-type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = BytesParser(policy=HTTP).parsebytes(head + content)
    if not form.is_multipart() or form.defects:
        raise Refusal("invalid_form_data")
    fields: Json = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str) or part.defects:
            raise Refusal("invalid_form_data")
        if part.get_filename() is None:
            value = part.get_payload(decode=True)
            try:
                fields[name] = value.decode() if isinstance(value, bytes) else ""
            except UnicodeDecodeError as error:
                raise Refusal("invalid_form_data") from error
    return fields
