"""files.*: the three steps of an upload, and what is known of a file."""

import mimetypes
import secrets
import time
from pathlib import Path

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.checker import check_message_blocks
from bot.rehearsal.wire import Json, Refusal, new_id
from bot.rehearsal.workspace import Workspace

MOST_BYTES = 50_000_000
MOST_ALT_TEXT = 1000
"""Slack's page on files.getUploadURLExternal names this limit beside its error alt_txt_too_large."""


def get_upload_url(call: Call) -> Json:
    """An address to send a file's bytes to. ``length`` is in bytes."""
    name = call.required("filename")
    try:
        length = int(call.required("length"))
    except ValueError as error:
        raise Refusal("invalid_arguments", ["[ERROR] length must be a number"]) from error
    if length < 1:
        raise Refusal("file_upload_size_restricted")
    if length > MOST_BYTES:
        raise Refusal("file_upload_size_restricted")
    if len(call.text("alt_txt")) > MOST_ALT_TEXT:
        raise Refusal("alt_txt_too_large")
    file_id = new_id("F")
    call.workspace.records.files[file_id] = {
        "id": file_id,
        "name": name,
        "title": name,
        "length": length,
        "key": secrets.token_hex(12),
        "alt_txt": call.text("alt_txt"),
        "complete": False,
    }
    call.workspace.changed()
    return {"upload_url": f"{call.base}/upload/{call.workspace.records.files[file_id]['key']}", "file_id": file_id}


def receive_bytes(workspace: Workspace, key: str, content: bytes) -> None:
    """Keep the bytes sent to an upload address. Raises Refusal (file_not_found, invalid_upload_length)."""
    found = next((entry for entry in workspace.records.files.values() if entry["key"] == key), None)
    if found is None or found["complete"]:
        raise Refusal("file_not_found")
    if len(content) != found["length"]:
        raise Refusal("invalid_upload_length")
    folder = workspace.folder / "files"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / found["id"]).write_bytes(content)


def complete_upload(call: Call) -> Json:
    """Share the uploaded files, with a message where a channel is named."""
    asked = call.arguments.get("files")
    if not isinstance(asked, list) or not asked:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: files"])
    channel = call.text("channel_id") or call.text("channels")
    where = call.workspace.writable_by_app(channel) if channel else None
    blocks = call.arguments.get("blocks") or []
    check_message_blocks(blocks)
    files = [_finish(call, entry) for entry in asked]
    if where:
        app = call.workspace.world.app
        body: Json = {
            "user": app.bot_user,
            "bot_id": app.bot_id,
            "app_id": app.id,
            "text": call.text("initial_comment"),
            "files": files,
            "upload": True,
        }
        if blocks:
            body["blocks"] = blocks
        if call.text("thread_ts"):
            body["thread_ts"] = call.text("thread_ts")
        posted = call.workspace.write(where, body)
        for described in files:
            place = {where.id: [{"ts": posted.ts}]}
            described["shares"] = {"public" if where.kind == "public" else "private": place}
            call.workspace.records.files[described["id"]]["shares"] = described["shares"]
        posted.body = {**posted.body, "files": files}
    call.workspace.changed()
    return {"files": files}


def info(call: Call) -> Json:
    """What is known of a finished file."""
    found = call.workspace.records.files.get(call.required("file"))
    if found is None or not found["complete"]:
        raise Refusal("file_not_found")
    return {"file": describe(call.workspace, call.base, found), "comments": []}


def describe(workspace: Workspace, base: str, entry: Json) -> Json:
    """The file object."""
    kind = mimetypes.guess_type(entry["name"])[0] or "application/octet-stream"
    extension = Path(entry["name"]).suffix.lstrip(".")
    return {
        "id": entry["id"],
        "created": entry.get("created", 0),
        "timestamp": entry.get("created", 0),
        "name": entry["name"],
        "title": entry["title"],
        "mimetype": kind,
        "filetype": extension or "binary",
        "pretty_type": extension.upper() or "Binary",
        "user": entry.get("user", workspace.world.app.bot_user),
        "size": entry["length"],
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "alt_txt": entry.get("alt_txt", ""),
        "url_private": f"{base}/files/{entry['id']}",
        "url_private_download": f"{base}/files/{entry['id']}",
        "permalink": f"{base}/files/{entry['id']}",
        "shares": entry.get("shares", {}),
    }


def _finish(call: Call, asked: object) -> Json:
    file_id = str(asked.get("id", "")) if isinstance(asked, dict) else ""
    entry = call.workspace.records.files.get(file_id)
    if entry is None or not (call.files / file_id).is_file():
        raise Refusal("file_not_found")
    if entry["complete"]:
        raise Refusal("file_already_completed")
    assert isinstance(asked, dict)
    entry["complete"] = True
    entry["created"] = int(time.time())
    entry["title"] = str(asked.get("title") or entry["name"])
    return describe(call.workspace, call.base, entry)


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
