"""The payloads an app receives, in Slack's shapes: commands, actions, submissions, shortcuts, events."""

import time
from typing import Any

from bot.rehearsal.records import Conversation, OpenView, Posted
from bot.rehearsal.values import state_of
from bot.rehearsal.wire import Json, new_id
from bot.rehearsal.workspace import Workspace
from bot.rehearsal.world import Person, World


def slash_command(
    world: World, person: Person, where: Conversation, command: str, text: str, trigger: str, answer_at: str
) -> Json:
    """A slash command."""
    return {
        "token": world.app.verification_token,
        "team_id": world.team_id,
        "team_domain": world.team_domain,
        "channel_id": where.id,
        "channel_name": _outward_name(where),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
        "response_url": answer_at,
        "trigger_id": trigger,
    }


def block_actions(world: World, person: Person, trigger: str, action: Json) -> Json:
    """What every block action has; the caller adds where it happened."""
    return {
        "type": "block_actions",
        **_gesture(world, person),
        "trigger_id": trigger,
        "is_enterprise_install": False,
        "enterprise": None,
        "actions": [{**action, "action_ts": f"{time.time():.6f}"}],
    }


def block_suggestion(world: World, person: Person, block_id: str, action_id: str, value: str) -> Json:
    """A menu that asks its app for options; the caller adds where it stands."""
    return {
        "type": "block_suggestion",
        **_gesture(world, person),
        "block_id": block_id,
        "action_id": action_id,
        "value": value,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def in_message(where: Conversation, posted: Posted, typed: Json, answer_at: str) -> Json:
    """The part of a block action that says in which message it happened."""
    ephemeral = posted.only_for is not None
    part: Json = {
        "container": {
            "type": "message",
            "message_ts": posted.ts,
            "channel_id": where.id,
            "is_ephemeral": ephemeral,
        },
        "channel": {"id": where.id, "name": _outward_name(where)},
        "state": {"values": state_of(posted.body.get("blocks") or [], typed)},
        "response_url": answer_at,
    }
    if not ephemeral:
        part["message"] = posted.body
        if posted.body.get("thread_ts"):
            part["container"]["thread_ts"] = posted.body["thread_ts"]
    return part


def in_view(shown: OpenView) -> Json:
    """The part of a block action that says in which view it happened."""
    return {"container": {"type": "view", "view_id": shown.id}, "view": with_state(shown)}


def with_state(shown: OpenView) -> Json:
    """A view's body with what its elements hold now."""
    return {**shown.body, "state": {"values": state_of(shown.body["blocks"], shown.typed)}}


def view_submission(world: World, person: Person, trigger: str, shown: OpenView) -> Json:
    """A modal sent."""
    return {
        "type": "view_submission",
        **_gesture(world, person),
        "trigger_id": trigger,
        "view": with_state(shown),
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def view_closed(world: World, person: Person, shown: OpenView, *, cleared: bool) -> Json:
    """A modal closed without sending."""
    return {
        "type": "view_closed",
        **_gesture(world, person),
        "view": with_state(shown),
        "is_cleared": cleared,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def message_action(
    world: World, person: Person, callback_id: str, where: Conversation, posted: Posted, trigger: str, answer_at: str
) -> Json:
    """A message shortcut."""
    return {
        "type": "message_action",
        **_gesture(world, person),
        "callback_id": callback_id,
        "trigger_id": trigger,
        "action_ts": f"{time.time():.6f}",
        "message_ts": posted.ts,
        "channel": {"id": where.id, "name": _outward_name(where)},
        "message": posted.body,
        "response_url": answer_at,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def event(world: World, inner: Json) -> Json:
    """An event in the wrapping of the Events API."""
    return {
        "token": world.app.verification_token,
        "team_id": world.team_id,
        "api_app_id": world.app.id,
        "event": inner,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": world.team_id,
                "user_id": world.app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def membership_event(workspace: Workspace, event: str, where: Conversation, who: str, inviter: str | None) -> Json:
    """The inner event of somebody who came into a channel or left it."""
    inner: Json = {
        "type": event,
        "user": who,
        "channel": where.id,
        "channel_type": "G" if where.kind == "private" else "C",
        "team": workspace.world.team_id,
        "event_ts": workspace.next_ts(),
    }
    return {**inner, "inviter": inviter} if inviter else inner


def message_event(where: Conversation, posted: Posted) -> Json:
    """The inner event of a person's message."""
    kind = {"im": "im", "private": "group", "public": "channel"}[where.kind]
    return {**_said(where, posted), "type": "message", "channel_type": kind}


def mention_event(where: Conversation, posted: Posted) -> Json:
    """The inner event of a message that mentions the app."""
    return {**_said(where, posted), "type": "app_mention"}


def _said(where: Conversation, posted: Posted) -> Json:
    return {**posted.body, "channel": where.id, "event_ts": posted.ts}


def _gesture(world: World, person: Person) -> Json:
    user: dict[str, Any] = {"id": person.id, "username": person.name, "name": person.name, "team_id": world.team_id}
    return {
        "user": user,
        "team": {"id": world.team_id, "domain": world.team_domain},
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
    }


def _outward_name(where: Conversation) -> str:
    return {"im": "directmessage", "private": "privategroup", "public": where.name}[where.kind]
