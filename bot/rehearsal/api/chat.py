"""chat.*: post, change, delete, whisper."""

import time

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.records import Conversation, Posted
from bot.rehearsal.wire import Json, Refusal


def post_message(call: Call) -> Json:
    """A message to a channel, or to a person's direct message."""
    where = _destination(call)
    body = call.workspace.app_body(call.arguments)
    if "thread_ts" in body and where.find(str(body["thread_ts"])) is None:
        raise Refusal("thread_not_found")
    posted = call.workspace.write(where, body)
    return {"channel": where.id, "ts": posted.ts, "message": posted.body}


def update(call: Call) -> Json:
    """A new text or new blocks for one of the app's own messages."""
    where = call.workspace.visible_to_app(call.required("channel"))
    posted = _own_message(call, where, "cant_update_message")
    if call.workspace.is_archived(where):
        raise Refusal("is_inactive")
    # Slack keeps what is not named: an update of the text alone leaves the blocks on show.
    named = ("text", "blocks") if not call.arguments.get("blocks") else ("blocks",)
    kept: Json = {key: posted.body[key] for key in named if key in posted.body}
    body = call.workspace.filled(call.workspace.app_body({**kept, **call.arguments}))
    body.pop("thread_ts", None)
    body.setdefault("blocks", [])
    body["edited"] = {"user": call.workspace.world.app.bot_user, "ts": f"{time.time():.6f}"}
    posted.rewrite(body)
    call.workspace.changed()
    return {"channel": where.id, "ts": posted.ts, "text": posted.body["text"], "message": posted.body}


def delete(call: Call) -> Json:
    """Take away one of the app's own messages."""
    where = call.workspace.visible_to_app(call.required("channel"))
    posted = _own_message(call, where, "cant_delete_message")
    where.messages.remove(posted)
    call.workspace.changed()
    return {"channel": where.id, "ts": posted.ts}


def post_ephemeral(call: Call) -> Json:
    """A message that one person in the channel sees."""
    where = _destination(call)
    person = call.workspace.person(call.required("user"))
    if person.id not in where.members:
        raise Refusal("user_not_in_channel")
    posted = call.workspace.write(where, call.workspace.app_body(call.arguments), only_for=person.id)
    return {"message_ts": posted.ts}


def get_permalink(call: Call) -> Json:
    """The address of a message, which the page understands."""
    where = call.workspace.visible_to_app(call.required("channel"))
    ts = call.required("message_ts")
    if where.find(ts) is None:
        raise Refusal("message_not_found")
    return {"channel": where.id, "permalink": f"{call.base}/archives/{where.id}/p{ts.replace('.', '')}"}


def _destination(call: Call) -> Conversation:
    name = call.required("channel")
    if name in call.workspace.world.people:
        if call.workspace.person(name).is_bot:
            raise Refusal("cannot_dm_bot")
        where = call.workspace.direct_message(name)
    else:
        where = call.workspace.writable_by_app(name)
    if where.partner and call.workspace.is_deactivated(where.partner):
        # Slack takes some of these and shows them to nobody; an app that is told can stop.
        raise Refusal("account_inactive")
    return where


def _own_message(call: Call, where: Conversation, refusal: str) -> Posted:
    posted = where.find(call.required("ts"))
    if posted is None or posted.only_for is not None:
        raise Refusal("message_not_found")
    if posted.body.get("bot_id") != call.workspace.world.app.bot_id:
        raise Refusal(refusal)
    return posted


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
