"""What one person sees: channels with their messages, direct messages, open modals, the Home tab."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.rehearsal.delivery import Delivery
from bot.rehearsal.payloads import with_state
from bot.rehearsal.records import Conversation, Posted
from bot.rehearsal.values import state_of
from bot.rehearsal.wire import Json
from bot.rehearsal.workspace import Workspace

MESSAGES_SHOWN = 200


def world_of(workspace: Workspace) -> Json:
    """What does not change: people, channels, the app, who acts at first."""
    world = workspace.world
    return {
        "team": {"id": world.team_id, "name": world.team_name, "time_zone": world.time_zone},
        "app": {
            "id": world.app.id,
            "name": world.app.name,
            "bot_user": world.app.bot_user,
            "commands": list(world.app.commands),
            "shortcuts": list(world.app.shortcuts),
        },
        "began": min((found.created for found in workspace.records.conversations.values()), default=0),
        "acting": world.installer,
        "people": [
            {
                "id": person.id,
                "name": person.real_name,
                "title": person.title,
                "role": person.role,
                "time_zone": person.time_zone,
                "is_bot": person.is_bot,
            }
            for person in world.people.values()
        ],
        "channels": [
            {"id": found.id, "name": found.name, "private": found.kind == "private"}
            for found in workspace.records.conversations.values()
            if found.kind != "im"
        ],
        "guide": [asdict(step) for step in world.guide] or None,
    }


def screen_of(workspace: Workspace, delivery: Delivery, user_id: str, shown: int = MESSAGES_SHOWN) -> Json:
    """All that a person sees now, with the newest ``shown`` messages of each conversation.

    Raises Refusal (user_not_found).
    """
    person = workspace.person(user_id)
    workspace.direct_message(user_id)
    home = workspace.records.homes.get(user_id)
    return {
        "as": person.id,
        "version": workspace.version,
        "connected": delivery.connected,
        "now": _moment(workspace.clock.now(), workspace.world.time_zone),
        "waiting": {one.id: True for one in workspace.world.humans if _is_called(workspace, one.id)},
        "conversations": [
            _conversation(workspace, found, user_id, shown) for found in workspace.conversations_of(user_id)
        ],
        "modals": [with_state(view) for view in workspace.stack(user_id)],
        "home": with_state(home) if home else None,
    }


def mark_read(workspace: Workspace, user_id: str, channel: str) -> None:
    """Remember that a person has read a conversation to its end."""
    found = workspace.conversation(channel)
    seen = found.seen_by(workspace.person(user_id).id)
    if seen and found.read.get(user_id) != seen[-1].ts:
        found.read[user_id] = seen[-1].ts
        workspace.changed()


def _is_called(workspace: Workspace, user_id: str) -> bool:
    """Whether something unread is meant for this person."""
    return any(
        unread and called for unread, called in (_unread(f, user_id) for f in workspace.conversations_of(user_id))
    )


def _unread(found: Conversation, user_id: str) -> tuple[int, bool]:
    """How many messages a person has not read, and whether one of them is meant for them."""
    read = float(found.read.get(user_id, "0"))
    unread = [p for p in found.seen_by(user_id) if float(p.ts) > read and p.body.get("user") != user_id]
    called = found.kind == "im" or any(p.only_for or f"<@{user_id}>" in str(p.body.get("text")) for p in unread)
    return len(unread), called


def _moment(now: datetime, time_zone: str) -> Json:
    return {
        "utc": now.isoformat(timespec="seconds"),
        "local": now.astimezone(ZoneInfo(time_zone)).isoformat(timespec="seconds"),
        "time_zone": time_zone,
    }


def _conversation(workspace: Workspace, found: Conversation, user_id: str, shown: int) -> Json:
    seen = found.seen_by(user_id)
    unread, called = _unread(found, user_id)
    return {
        "id": found.id,
        "name": found.name,
        "kind": found.kind,
        "topic": found.topic,
        "members": found.members,
        "bookmarks": found.bookmarks,
        "pins": found.pins,
        "unread": unread,
        "calls": called,
        "read": found.read.get(user_id, "0"),
        "earlier": max(0, len(seen) - shown),
        "messages": [_message(workspace, found, posted, user_id) for posted in seen[-shown:]],
    }


def _message(workspace: Workspace, where: Conversation, posted: Posted, user_id: str) -> Json:
    body = posted.body
    typed = workspace.records.typed.get(f"{user_id} {where.id} {posted.ts}", {})
    return {
        "ts": posted.ts,
        "user": body.get("user"),
        "app": bool(body.get("bot_id")),
        "subtype": body.get("subtype"),
        "moment": posted.moment,
        "text": body.get("text", ""),
        "blocks": body.get("blocks") or [],
        "state": state_of(body.get("blocks") or [], typed),
        "files": body.get("files") or [],
        "reactions": body.get("reactions") or [],
        "thread_ts": body.get("thread_ts"),
        "edited": bool(body.get("edited")) and not body.get("bot_id"),
        "pinned": posted.ts in where.pins,
        "only_you": posted.only_for is not None,
    }
