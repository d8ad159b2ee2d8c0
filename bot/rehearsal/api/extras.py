"""Pins, reactions and bookmarks."""

import time

from bot.rehearsal.api.call import Call, Method
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


def _member(call: Call, channel: str) -> Conversation:
    where = call.workspace.visible_to_app(channel)
    if call.workspace.world.app.bot_user not in where.members:
        raise Refusal("not_in_channel")
    return where


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
}
