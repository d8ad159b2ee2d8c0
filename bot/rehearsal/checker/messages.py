"""A whole message: its text, blocks, attachments, metadata and flags.

Sources: docs.slack.dev/reference/methods/chat.postMessage and chat.update (their arguments and errors), and the pages
named beside each limit.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.rehearsal.checker.shapes import Choice, Flag, Many, Problem, Record, Shape, Whatever, Words
from bot.rehearsal.checker.surfaces import problems_in_blocks
from bot.rehearsal.checker.walk import walk
from bot.rehearsal.wire import Json, Refusal

# docs.slack.dev, "Truncating really long messages" (2018): Slack cuts a text off after 40,000 characters and advises
# 4,000. Here it is refused with the error of chat.postMessage's reference, so that nothing is cut off unseen.
LONGEST_TEXT = 40_000

# The reference names msg_blocks_too_long, but no number. Slack's engineers speak of 12,000 characters of text "with a
# buffer for block containers" (slackapi/bolt-js, issue 2509); issue 2867 there has measurements: 9,597 characters in 50
# blocks pass, 11,341 in 45 do not. 60 for each block and 13,000 in all fits every one of them.
MOST_CHARACTERS = 13_000
BLOCK_WEIGHT = 60

# too_many_attachments: "a maximum of 100 attachments".
MOST_ATTACHMENTS = 100

# docs.slack.dev/messaging/message-metadata; and the errors of chat.postMessage.
EVENT_TYPE = re.compile(r"[A-Za-z0-9_\-.:]{1,255}")
MOST_METADATA_BYTES = 16_000
_METADATA_KEYS = {"event_type", "event_payload", "entities"}

_FLAGS = ("unfurl_links", "unfurl_media", "link_names", "mrkdwn", "reply_broadcast", "as_user")
_BOOLEAN = (True, False, "true", "false", "1", "0")

# docs.slack.dev, "Secondary message attachments": every key is optional, and keys it does not name are passed over.
_FIELD = Record(optional={"title": Words(3000, least=0), "value": Words(8000, least=0), "short": Flag()})
_ATTACHMENT: dict[str, Shape] = {
    **{name: Words(LONGEST_TEXT, least=0) for name in ("text", "pretext", "fallback", "title", "author_name")},
    **{name: Words(3000, least=0) for name in ("title_link", "author_link", "author_icon", "image_url", "thumb_url")},
    "color": Words(20, least=0),
    "fields": Many(_FIELD, 100, least=0),
    "footer": Words(300, least=0),
    "footer_icon": Words(3000, least=0),
    "callback_id": Words(255, least=0),
    "mrkdwn_in": Many(Choice(("pretext", "text", "fields")), 3, least=0),
    "ts": Whatever(),
}


def check_message(arguments: Json) -> None:
    """Raise Refusal (msg_too_long, invalid_blocks, ...) where Slack would refuse what a message says."""
    text = arguments.get("text") or ""
    if not isinstance(text, str):
        raise Refusal("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    if len(text) > LONGEST_TEXT:
        raise Refusal("msg_too_long", [f"[ERROR] must be less than {LONGEST_TEXT + 1} characters [json-pointer:/text]"])
    wrong = [name for name in _FLAGS if arguments.get(name) is not None and arguments[name] not in _BOOLEAN]
    if wrong:
        raise Refusal("invalid_arguments", [f"[ERROR] must be a boolean [json-pointer:/{name}]" for name in wrong])
    check_message_blocks(arguments.get("blocks") or [])
    check_attachments(arguments.get("attachments") or [])
    check_metadata(arguments.get("metadata"))


def check_message_blocks(blocks: Any) -> None:
    """Raise Refusal (invalid_blocks_format, invalid_blocks, msg_blocks_too_long) for a message's blocks."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format", ["[ERROR] must provide an array [json-pointer:/blocks]"])
    if found := problems_in_blocks(blocks, "message"):
        raise Refusal("invalid_blocks", map(str, found))
    if (weight := weight_of(blocks)) > MOST_CHARACTERS:
        sentence = f"about {weight} characters in all, and a message carries about {MOST_CHARACTERS}"
        raise Refusal("msg_blocks_too_long", [f"[ERROR] {sentence} [json-pointer:/blocks]"])


def weight_of(blocks: list[Any]) -> int:
    """What blocks weigh against a message's limit, in characters."""
    return sum(_characters(block) + BLOCK_WEIGHT for block in blocks)


def check_attachments(attachments: Any) -> None:
    """Raise Refusal (invalid_attachments, too_many_attachments) for legacy attachments, whose blocks are checked."""
    if isinstance(attachments, list) and len(attachments) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    if found := list(_in_attachments(attachments)):
        raise Refusal("invalid_attachments", map(str, found))


def check_metadata(metadata: Any) -> None:
    """Raise Refusal (invalid_metadata_format, metadata_too_large)."""
    if metadata is None or metadata == {}:
        return
    if (
        not isinstance(metadata, dict)
        or not EVENT_TYPE.fullmatch(str(metadata.get("event_type", "")))
        or not isinstance(metadata.get("event_payload"), dict)
        or not _METADATA_KEYS.issuperset(metadata)
    ):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(metadata["event_payload"], ensure_ascii=False).encode()) > MOST_METADATA_BYTES:
        raise Refusal("metadata_too_large")


def _in_attachments(attachments: Any) -> Iterator[Problem]:
    at = "/attachments"
    if not isinstance(attachments, list):
        yield Problem(at, "must provide an array")
    for index, attachment in enumerate(attachments if isinstance(attachments, list) else []):
        if not isinstance(attachment, dict):
            yield Problem(f"{at}/{index}", "must provide an object")
            continue
        known = {key: value for key, value in attachment.items() if key in _ATTACHMENT}
        yield from walk(Record(optional=_ATTACHMENT), known, f"{at}/{index}")
        if attachment.get("blocks"):
            yield from problems_in_blocks(attachment["blocks"], "message", f"{at}/{index}/blocks")


def _characters(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_characters, value))
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_characters(inner) for inner in value.values() if isinstance(inner, dict | list))
    return 0
