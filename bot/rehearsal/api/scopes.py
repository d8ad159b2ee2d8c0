"""Which scopes a bot token needs for each method and each event, and the refusal where it lacks them.

The tables follow the method pages at docs.slack.dev/reference/methods and the event pages at
docs.slack.dev/reference/events. Any one of a method's scopes will do.
"""

from collections.abc import Iterable

from bot.rehearsal.records import Conversation
from bot.rehearsal.wire import Json, Refusal

_FAMILIES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def _each_kind(right: str) -> tuple[str, ...]:
    return tuple(f"{family}:{right}" for family in _FAMILIES.values())


METHODS: dict[str, tuple[str, ...]] = {
    "bookmarks.add": ("bookmarks:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _each_kind("history"),
    "conversations.info": _each_kind("read"),
    "conversations.join": ("channels:join",),
    "conversations.list": _each_kind("read"),
    "conversations.members": _each_kind("read"),
    "conversations.open": ("im:write", "mpim:write", "channels:manage", "groups:write"),
    "conversations.replies": _each_kind("history"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "pins.add": ("pins:write",),
    "pins.remove": ("pins:write",),
    "reactions.add": ("reactions:write",),
    "team.info": ("team:read",),
    "users.conversations": _each_kind("read"),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
}
"""A method that is not here (auth.test, views.open, ...) needs no scope."""

BY_KIND_OF_CHANNEL = ("conversations.info", "conversations.members", "conversations.history", "conversations.replies")
"""These ask for the scope of the very conversation: ``groups:history`` for a private channel, and so on."""

EVENTS: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "user_change": ("users:read",),
}


class MissingScope(Refusal):
    """``missing_scope``: the answer says what is needed and what the token has."""

    def __init__(self, needed: Iterable[str], provided: Iterable[str]) -> None:
        super().__init__("missing_scope")
        self._said = {"needed": ",".join(needed), "provided": ",".join(sorted(provided))}

    def body(self) -> Json:
        """The refusal with ``needed`` and ``provided``."""
        return {**super().body(), **self._said}


def check_scopes(method: str, granted: frozenset[str] | None, where: Conversation | None) -> None:
    """Raise MissingScope where ``granted`` (None: everything) does not cover ``method`` in ``where``."""
    needed = METHODS.get(method, ())
    if where is not None and method in BY_KIND_OF_CHANNEL:
        family = _FAMILIES[where.kind]
        needed = tuple(scope for scope in needed if scope.startswith(f"{family}:"))
    if granted is not None and needed and granted.isdisjoint(needed):
        raise MissingScope(needed, granted)


def check_kinds(kinds: Iterable[str], granted: frozenset[str] | None) -> None:
    """Raise MissingScope where ``granted`` does not let the app list channels of every one of ``kinds``."""
    needed = sorted(f"{_FAMILIES[kind]}:read" for kind in kinds)
    missing = [scope for scope in needed if granted is not None and scope not in granted]
    if missing:
        raise MissingScope(missing, granted or ())


def hears(event: str, subscribed: frozenset[str], granted: frozenset[str] | None) -> bool:
    """Whether an app with these subscriptions and scopes is told of ``event``."""
    needed = EVENTS.get(event, ())
    return event in subscribed and (granted is None or not needed or not granted.isdisjoint(needed))
