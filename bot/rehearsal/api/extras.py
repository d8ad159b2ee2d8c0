"""Pins, reactions, bookmarks and blocks.validate."""

import json
import time
from typing import Any

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.checker import check_message_blocks
from bot.rehearsal.records import Conversation, Posted
from bot.rehearsal.wire import Json, Refusal, new_id


def pin(call: Call) -> Json:
    """Pin a message to its channel."""
    where, posted = _message(call)
    if posted.ts in where.pins:
        raise Refusal("already_pinned")
    where.pins.append(posted.ts)
    call.workspace.changed()
    return {}


def unpin(call: Call) -> Json:
    """Take a pin away."""
    where, posted = _message(call)
    if posted.ts not in where.pins:
        raise Refusal("no_pin")
    where.pins.remove(posted.ts)
    call.workspace.changed()
    return {}


def react(call: Call) -> Json:
    """Add the app's reaction to a message."""
    _, posted = _message(call)
    name = call.required("name").strip(":")
    bot = call.workspace.world.app.bot_user
    reactions: dict[str, list[str]] = {one["name"]: one["users"] for one in posted.body.get("reactions", [])}
    if bot in reactions.get(name, []):
        raise Refusal("already_reacted")
    reactions[name] = [*reactions.get(name, []), bot]
    listed = [{"name": each, "users": users, "count": len(users)} for each, users in reactions.items()]
    posted.body = {**posted.body, "reactions": listed}
    call.workspace.changed()
    return {}


def bookmark(call: Call) -> Json:
    """Add a link to the top of a channel."""
    where = call.workspace.writable_by_app(call.required("channel_id"))
    entry = {
        "id": new_id("Bk"),
        "channel_id": where.id,
        "title": call.required("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "type": call.required("type"),
        "date_created": int(time.time()),
    }
    if entry["type"] != "link":
        raise Refusal("invalid_bookmark_type")
    where.bookmarks.append(entry)
    call.workspace.changed()
    return {"bookmark": entry}


def validate_blocks(call: Call) -> Json:
    """Say whether a message could carry these blocks."""
    blocks: Any = call.arguments.get("blocks")
    message = call.arguments.get("message")
    if blocks is None and isinstance(message, dict):
        blocks = message.get("blocks")
    if blocks is None:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: blocks"])
    check_message_blocks(json.loads(blocks) if isinstance(blocks, str) else blocks)
    return {}


def _message(call: Call) -> tuple[Conversation, Posted]:
    where = call.workspace.writable_by_app(call.required("channel"))
    posted = where.find(call.required("timestamp"))
    if posted is None or posted.only_for is not None:
        raise Refusal("message_not_found")
    return where, posted


METHODS: dict[str, Method] = {
    "pins.add": pin,
    "pins.remove": unpin,
    "reactions.add": react,
    "bookmarks.add": bookmark,
    "blocks.validate": validate_blocks,
}
