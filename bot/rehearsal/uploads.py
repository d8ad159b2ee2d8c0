"""Files that a person gives to a file input of a modal.

Source: docs.slack.dev/reference/block-kit/block-elements/file-input-element: 10 MB a file, ten files unless the element
says fewer, and only the file types it names.
"""

import re
import secrets
import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.rehearsal import values
from bot.rehearsal.answers import failed
from bot.rehearsal.api.files import describe
from bot.rehearsal.wire import Json, Refusal, new_id
from bot.rehearsal.workspace import Workspace

MOST_BYTES = 10_000_000
MOST_FILES = 10
ROOM_FOR_FIELDS = 10_000
_NAME = re.compile(r'(?<!file)name="([^"]*)"')
_FILE = re.compile(r'filename="([^"]*)"')

Part = tuple[str, str | None, bytes]
"""The name of a form field, the file's name where it is one, and the content."""


class Uploads:
    """Takes files in and puts them into what the person's modal holds."""

    def __init__(self, workspace: Workspace, base: str) -> None:
        self._workspace = workspace
        self._base = base

    async def receive(self, request: Request) -> Response:
        """One multipart request: ``as``, ``view_id``, ``block_id``, ``action_id`` and ``file``."""
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_BYTES + ROOM_FOR_FIELDS:
            return JSONResponse(failed("file_too_large", "A file may have 10 MB at most."))
        parts = read_parts(request.headers.get("content-type", ""), await request.body())
        fields = {name: content.decode(errors="replace") for name, file, content in parts if file is None}
        file = next(((file, content) for _, file, content in parts if file), None)
        if file is None:
            return JSONResponse(failed("no_file", "Choose a file first."))
        try:
            return JSONResponse(self.put(fields, *file))
        except Refusal as refusal:
            return JSONResponse(refusal.body())

    def put(self, fields: Json, name: str, content: bytes) -> Json:
        """Keep one file and add it to the file input that ``fields`` names. Raises Refusal (user_not_found)."""
        person = self._workspace.person(fields.get("as") or self._workspace.world.installer)
        shown = next((v for v in self._workspace.stack(person.id) if v.id == fields.get("view_id")), None)
        block_id, action_id = str(fields.get("block_id")), str(fields.get("action_id"))
        found = values.find(shown.body["blocks"], block_id, action_id) if shown else None
        if shown is None or found is None or found[1]["type"] != "file_input":
            return failed("not_there")
        element = found[1]
        held = shown.typed.setdefault(block_id, {}).setdefault(action_id, {"type": "file_input", "files": []})
        if sentence := _wrong(element, held["files"], name, content):
            return failed("file_refused", sentence)
        file = self._keep(name, content, person.id)
        held["files"].append(file)
        self._workspace.changed()
        return {"ok": True, "file": file}

    def _keep(self, name: str, content: bytes, owner: str) -> Json:
        entry: Json = {
            "id": new_id("F"),
            "name": name,
            "title": name,
            "length": len(content),
            "key": secrets.token_hex(12),
            "complete": True,
            "created": int(time.time()),
            "user": owner,
        }
        folder = self._workspace.folder / "files"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / entry["id"]).write_bytes(content)
        self._workspace.records.files[entry["id"]] = entry
        return describe(self._workspace, self._base, entry)


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a multipart form, as browsers send it (RFC 7578). What is not one has no parts."""
    boundary = content_type.partition("boundary=")[2].strip('"')
    if not boundary:
        return []
    parts: list[Part] = []
    for raw in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = raw.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = head.decode(errors="replace")
        name, file = _NAME.search(headers), _FILE.search(headers)
        if name:
            parts.append((name[1], Path(file[1]).name if file else None, content.removesuffix(b"\r\n")))
    return parts


def _wrong(element: Json, held: list[Json], name: str, content: bytes) -> str:
    wanted = [kind.lower().lstrip(".") for kind in element.get("filetypes") or []]
    if wanted and Path(name).suffix.lower().lstrip(".") not in wanted:
        return f"Only these kinds of file can be added here: {', '.join(wanted)}."
    most = element.get("max_files", MOST_FILES)
    if len(held) >= most:
        return f"Add at most {most} {'file' if most == 1 else 'files'}."
    if not content:
        return "This file is empty."
    return "A file may have 10 MB at most." if len(content) > MOST_BYTES else ""
