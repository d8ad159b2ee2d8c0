"""What happens around Levers: it is invited, people come and go, somebody opens its Home tab or writes to it."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.handlers import home, words
from bot.handlers.requests import Desk
from bot.sentences import say
from bot.views.parts import Message
from planning.verbs import connect, leave


def register(app: App, desk: Desk) -> None:
    """Listen to the events that Levers' manifest asks for."""

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any]) -> None:
        if event["user"] == desk.bot_user:
            connect.welcome(desk.books, event["channel"], desk.clock())
        else:
            connect.member_joined(desk.books, event["channel"], event["user"])

    @app.event("member_left_channel")
    def left(event: dict[str, Any], client: WebClient) -> None:
        connect.member_left(desk.books, event["channel"], event["user"], desk.clock())
        if event["user"] != desk.bot_user:
            desk.afterwards.do(event["user"], lambda: home.refresh(desk, client, event["user"]))

    @app.event("user_change")
    def changed(event: dict[str, Any]) -> None:
        user = event["user"]
        if user.get("deleted"):
            leave.deactivated(desk.books, user["id"], desk.clock())
        else:
            leave.active(desk.books, user["id"])

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab", "home") == "home":
            desk.afterwards.do(event["user"], lambda: home.refresh(desk, client, event["user"], looking=True))

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Callable[..., Any]) -> None:
        thread = event.get("thread_ts") or event["ts"]
        desk.afterwards.do(event["user"], lambda: say(text=_hello(), thread_ts=thread))

    @app.event("message")
    def written(event: dict[str, Any], say: Callable[..., Any]) -> None:
        # Only what a person writes to Levers directly, and not its own messages or their edits.
        if event.get("channel_type") == "im" and not event.get("bot_id") and not event.get("subtype"):
            desk.afterwards.do(event["user"], lambda: _reply(words.reply(desk, event), say))


def _reply(answer: Message, say: Callable[..., Any]) -> None:
    say(text=answer.text, blocks=[block.to_dict() for block in answer.blocks] or None)


def _hello() -> str:
    return say("help.hello")
