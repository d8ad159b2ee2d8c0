"""conversations.*: channels, who is in them, and what was said."""

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.api.scopes import check_kinds
from bot.rehearsal.records import Conversation, Posted
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace


def describe(workspace: Workspace, found: Conversation) -> Json:
    """The conversation object as the app sees it."""
    app_user, team_id = workspace.world.app.bot_user, workspace.world.team_id
    shared: Json = {
        "id": found.id,
        "created": found.created,
        "is_archived": workspace.is_archived(found),
        "is_im": found.kind == "im",
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_shared": False,
        "context_team_id": team_id,
    }
    if found.kind == "im":
        return {**shared, "user": found.partner, "is_user_deleted": workspace.is_deactivated(str(found.partner))}
    return {
        **shared,
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": found.kind == "public",
        "is_group": False,
        "is_mpim": False,
        "is_private": found.kind == "private",
        "is_general": found.name == "general",
        "is_member": app_user in found.members,
        "creator": found.members[0] if found.members else "",
        "topic": {"value": found.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(found.members),
    }


def info(call: Call) -> Json:
    """One conversation."""
    return {"channel": _describe(call, call.workspace.visible_to_app(call.required("channel")))}


def list_all(call: Call) -> Json:
    """The conversations that the app can see, by ``types``."""
    return call.page("channels", [_describe(call, found) for found in _of_types(call, None)], 100, 1000)


def of_user(call: Call) -> Json:
    """The conversations that a person (or the app) is in."""
    user = call.text("user") or call.workspace.world.app.bot_user
    call.workspace.person(user)
    return call.page("channels", [_describe(call, found) for found in _of_types(call, user)], 100, 1000)


def members(call: Call) -> Json:
    """The ids of the people in a conversation."""
    return call.page("members", call.workspace.visible_to_app(call.required("channel")).members, 100, 1000)


def open_direct(call: Call) -> Json:
    """The direct message with one person."""
    users = [user for user in call.text("users").split(",") if user]
    if not users and call.text("channel"):
        found = call.workspace.visible_to_app(call.text("channel"))
    elif len(users) == 1:
        if call.workspace.person(users[0]).is_bot:
            raise Refusal("cannot_dm_bot")
        if call.workspace.is_deactivated(users[0]):
            raise Refusal("user_disabled")
        found = call.workspace.direct_message(users[0])
    else:
        raise Refusal("users_list_not_supplied" if not users else "method_not_supported_for_channel_type")
    channel = _describe(call, found) if call.flag("return_im") else {"id": found.id}
    return {"channel": channel, "no_op": True, "already_open": True}


def join(call: Call) -> Json:
    """The app joins a public channel."""
    found = call.workspace.visible_to_app(call.required("channel"))
    if found.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    if call.workspace.is_archived(found):
        raise Refusal("is_archived")
    bot = call.workspace.world.app.bot_user
    if bot not in found.members:
        found.members.append(bot)
        body = {"subtype": "channel_join", "user": bot, "text": f"<@{bot}> has joined the channel"}
        call.workspace.write(found, body)
    return {"channel": _describe(call, found)}


def history(call: Call) -> Json:
    """What was said, the newest first, threads' answers left out."""
    found = _readable(call)
    top = [p for p in found.public_messages() if p.body.get("thread_ts") in (None, p.ts)]
    return _said(call, list(reversed(_between(call, top))), 100)


def replies(call: Call) -> Json:
    """One thread, the oldest first."""
    found = _readable(call)
    ts = call.required("ts")
    if found.find(ts) is None:
        raise Refusal("thread_not_found")
    thread = [p for p in found.public_messages() if ts in (p.ts, p.body.get("thread_ts"))]
    return _said(call, _between(call, thread), 1000)


def _readable(call: Call) -> Conversation:
    found = call.workspace.visible_to_app(call.required("channel"))
    if call.workspace.world.app.bot_user not in found.members:
        raise Refusal("not_in_channel")
    return found


def _between(call: Call, messages: list[Posted]) -> list[Posted]:
    inclusive = call.flag("inclusive")
    try:
        oldest = float(call.text("oldest") or 0)
        latest = float(call.text("latest") or "inf")
    except ValueError as error:
        raise Refusal("invalid_ts_oldest") from error
    return [p for p in messages if oldest < float(p.ts) < latest or (inclusive and float(p.ts) in (oldest, latest))]


def _said(call: Call, messages: list[Posted], otherwise: int) -> Json:
    with_metadata = call.flag("include_all_metadata")
    bodies = []
    for posted in messages:
        body = dict(posted.body)
        if not with_metadata and "metadata" in body:
            body["metadata"] = {"event_type": body["metadata"]["event_type"]}
        bodies.append(body)
    answer = call.page("messages", bodies, otherwise, 1000)
    return {**answer, "has_more": bool(answer["response_metadata"]["next_cursor"]), "pin_count": 0}


def _describe(call: Call, found: Conversation) -> Json:
    return describe(call.workspace, found)


_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def _of_types(call: Call, user: str | None) -> list[Conversation]:
    asked = (call.text("types") or "public_channel").replace(" ", "").split(",")
    if any(name not in _KINDS for name in asked):
        raise Refusal("invalid_types")
    kinds = {_KINDS[name] for name in asked}
    check_kinds(kinds, call.workspace.world.app.scopes)
    bot = call.workspace.world.app.bot_user
    return [
        found
        for found in call.workspace.records.conversations.values()
        if found.kind in kinds
        and (found.kind == "public" or bot in found.members)
        and (user is None or user in found.members)
        and not (call.flag("exclude_archived") and call.workspace.is_archived(found))
    ]


METHODS: dict[str, Method] = {
    "conversations.info": info,
    "conversations.list": list_all,
    "conversations.members": members,
    "conversations.open": open_direct,
    "conversations.join": join,
    "conversations.history": history,
    "conversations.replies": replies,
    "users.conversations": of_user,
}
