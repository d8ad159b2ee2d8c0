"""One call of a Web API method: its arguments, however they came, and what it may touch."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.rehearsal.sockets import Sockets
from bot.rehearsal.triggers import Triggers
from bot.rehearsal.wire import Json, Refusal, parse
from bot.rehearsal.workspace import Workspace

STRUCTURES = ("blocks", "attachments", "view", "metadata", "files", "message")


@dataclass(frozen=True)
class Call:
    """A method call that passed the door: the right token, arguments read."""

    workspace: Workspace
    sockets: Sockets
    triggers: Triggers
    base: str
    arguments: Json

    def required(self, name: str) -> str:
        """A text argument that must be there. Raises Refusal (invalid_arguments)."""
        value = self.text(name)
        if not value:
            raise Refusal("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def text(self, name: str, otherwise: str = "") -> str:
        """A text argument."""
        value = self.arguments.get(name)
        return otherwise if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A yes-or-no argument."""
        return str(self.arguments.get(name, "")).lower() in ("true", "1")

    def count(self, name: str, otherwise: int, most: int) -> int:
        """A number from 1 to ``most``. Raises Refusal (invalid_limit)."""
        try:
            number = int(self.arguments.get(name) or otherwise)
        except (TypeError, ValueError) as error:
            raise Refusal("invalid_limit") from error
        if number < 1:
            raise Refusal("invalid_limit")
        return min(number, most)

    @property
    def files(self) -> Path:
        """The folder for uploaded bytes."""
        return self.workspace.folder / "files"

    def page(self, name: str, items: list[Any], otherwise: int, most: int) -> Json:
        """One page of ``items`` under ``name``, with Slack's cursor to the next."""
        limit = self.count("limit", otherwise, most)
        start = self._start()
        following = start + limit
        cursor = f"next:{following}" if following < len(items) else ""
        return {name: items[start:following], "response_metadata": {"next_cursor": cursor}}

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        head, _, number = cursor.partition(":")
        if head != "next" or not number.isdecimal():
            raise Refusal("invalid_cursor")
        return int(number)


Method = Callable[[Call], Json]


def read_arguments(raw: Json) -> Json:
    """Arguments with the JSON that form fields carry read. Raises Refusal (invalid_blocks_format, ...)."""
    arguments = dict(raw)
    for name in STRUCTURES:
        value = arguments.get(name)
        if isinstance(value, str) and value:
            try:
                arguments[name] = parse(value)
            except ValueError as error:
                raise Refusal(_MALFORMED.get(name, "invalid_arguments")) from error
    return arguments


_MALFORMED = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
