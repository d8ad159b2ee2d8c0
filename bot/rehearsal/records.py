"""What a rehearsal remembers: conversations with their messages, open views, files."""

from dataclasses import dataclass, field

from bot.rehearsal.triggers import ResponseUrl
from bot.rehearsal.wire import Json

VERSIONS_KEPT = 5


@dataclass
class Posted:
    """One message: ``body`` in Slack's shape, ``moment`` in the rehearsal's time (seconds since 1970, UTC).

    The body is replaced, never changed in place. ``only_for`` names the one person who sees an ephemeral message.
    ``earlier`` holds the blocks of earlier versions, which a late click may still come from.
    """

    body: Json
    moment: float
    only_for: str | None = None
    earlier: list[list[Json]] = field(default_factory=list)

    @property
    def ts(self) -> str:
        """Slack's timestamp, the message's id in its conversation."""
        return str(self.body["ts"])

    def rewrite(self, changes: Json) -> None:
        """Put ``changes`` over the body, keeping the blocks it had."""
        if self.body.get("blocks"):
            self.earlier = [*self.earlier, self.body["blocks"]][-VERSIONS_KEPT:]
        self.body = {**self.body, **changes}


@dataclass
class Conversation:
    """A channel or a direct message. ``kind`` is public, private or im; ``partner`` the person of a direct message."""

    id: str
    name: str
    kind: str
    members: list[str]
    topic: str = ""
    partner: str | None = None
    created: int = 0
    messages: list[Posted] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)

    def find(self, ts: str) -> Posted | None:
        """The message with this timestamp."""
        return next((posted for posted in reversed(self.messages) if posted.ts == ts), None)

    def public_messages(self) -> list[Posted]:
        """The messages that everybody here sees."""
        return [posted for posted in self.messages if posted.only_for is None]

    def seen_by(self, person: str) -> list[Posted]:
        """The messages that ``person`` sees."""
        return [posted for posted in self.messages if posted.only_for in (None, person)]


@dataclass
class OpenView:
    """A modal or a home tab as one person has it: ``body`` in Slack's shape, ``typed`` what its elements hold."""

    person: str
    body: Json
    typed: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Slack's id of the view."""
        return str(self.body["id"])


@dataclass
class Records:
    """All that survives a restart."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    stacks: dict[str, list[OpenView]] = field(default_factory=dict)
    homes: dict[str, OpenView] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    typed: dict[str, Json] = field(default_factory=dict)
    pressed: list[str] = field(default_factory=list)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    introduced: bool = False
    last_ts: float = 0.0
