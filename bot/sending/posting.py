"""Putting one message into Slack: where it goes, its words or its files, and the address it stands at."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.documents.attached import files
from bot.sending.names import Names
from bot.views.parts import Message
from storage.claim import Claim


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that only has to be posted; its files are made already, which may take longer than a lease."""

    message: Message
    content: dict[str, Any]
    uploads: tuple[dict[str, Any], ...] = ()


class Posting:
    """Speaks to Slack through `client`; `fonts` and the `names` of people are for documents."""

    def __init__(self, client: WebClient, fonts: Sequence[Path], names: Names) -> None:
        self._client = client
        self._fonts = fonts
        self._names = names

    def ready(self, message: Message) -> Ready:
        """Make its blocks, and its files if it has any."""
        content: dict[str, Any] = {"text": message.text, "blocks": [block.to_dict() for block in message.blocks]}
        made = files(message.attached, self._names.of, self._fonts) if message.attached else ()
        uploads = ({"filename": one.name, "content": one.content, "alt_txt": one.alt or None} for one in made)
        return Ready(message, content, tuple(uploads))

    def direct(self, person: str) -> str:
        """The channel of the direct messages with `person`."""
        return str(self._client.conversations_open(users=[person])["channel"]["id"])

    def post(self, one: Claim, channel: str, ready: Ready) -> str:
        """Post it, or bring what stands there up to date; its timestamp."""
        message, content = ready.message, ready.content
        if ready.uploads:
            answer: Any = self._client.files_upload_v2(
                channel=channel, initial_comment=message.text, file_uploads=list(ready.uploads)
            )
            # An upload has no timestamp of its own; the first file's id says that it is done.
            return str(answer["files"][0]["id"])
        if one.delivery.ts:
            return str(self._client.chat_update(channel=channel, ts=one.delivery.ts, **content)["ts"])
        answer = self._client.chat_postMessage(
            channel=channel,
            metadata={"event_type": "levers_message", "event_payload": {"key": one.key}},
            thread_ts=message.under,
            unfurl_links=False,
            **content,
        )
        return str(answer["ts"])

    def link(self, channel: str, ts: str) -> str | None:
        """The permanent address of a message; None where Slack does not say."""
        try:
            return str(self._client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
        except Exception as error:
            structlog.get_logger("postman").warning("no permalink", error=type(error).__name__)
            return None
