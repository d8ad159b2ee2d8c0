"""Looking for a message that may have been posted before a crash: by the key in its metadata, or a file's name."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

PAGE = 200
MOST_PAGES = 100
CLOCKS_APART = 2 * 3600
"""Slack's clock and ours may differ by so many seconds: ours may just have been set an hour back."""

Fits = Callable[[dict[str, Any]], bool]


def find(client: WebClient, channel: str, under: str | None, begun_at: int | None, fits: Fits) -> str | None:
    """The timestamp of the message in `channel` (in the thread `under` a message) that `fits`, or None.

    It looks through everything since `begun_at` (real seconds since 1970), however much was said since.
    Raises what slack_sdk raises where the history cannot be read.
    """
    asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
    if begun_at is not None:
        asked["oldest"] = str(begun_at - CLOCKS_APART)
    first = client.conversations_replies(ts=under, **asked) if under else client.conversations_history(**asked)
    for page, _ in zip(first, range(MOST_PAGES), strict=False):
        for message in page["messages"]:
            if fits(message):
                return str(message["ts"])
    return None


def with_key(key: str) -> Fits:
    """Whether a message carries the key in its metadata."""
    return lambda message: bool(message.get("metadata", {}).get("event_payload", {}).get("key") == key)


def with_file(stem: str) -> Fits:
    """Whether a file was uploaded with the message whose name begins so: an upload carries no metadata."""
    return lambda message: any(str(file.get("name", "")).startswith(stem) for file in message.get("files", ()))
