"""What each of Slack's errors says about what is to be sent next (its method pages list them)."""

import re
from enum import Enum

from slack_sdk.errors import SlackApiError


class Meaning(Enum):
    """What follows from a refusal."""

    TOO_MANY = "the lane waits as long as Slack says"
    WORKSPACE = "nothing can be sent in the workspace until somebody mends the installation"
    CHANNEL = "nothing can be sent to the channel until Levers is let in again"
    PERSON = "nothing can be sent to the person until the account is back"
    UNCERTAIN = "the message may stand there all the same"
    MESSAGE = "this message can never be sent"
    LATER = "it is tried again"


RETRY_SECONDS = 15
"""Where Slack does not say for how long."""

MISSING_SCOPE = "missing_scope"
_WORKSPACE = {"invalid_auth", MISSING_SCOPE, "not_authed", "token_expired", "token_revoked"}
_CHANNEL = {"channel_not_found", "is_archived", "is_inactive", "not_in_channel"}
_PERSON = {"account_inactive", "cannot_dm_bot", "user_disabled", "user_not_found"}
_UNCERTAIN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
_MESSAGE = {
    "cant_update_message",
    "edit_window_closed",
    "invalid_blocks",
    "message_not_found",
    "msg_too_long",
    "unknown_method",
}
_WORD = re.compile("[a-z0-9_]+")


def meaning(error: SlackApiError) -> Meaning:
    """What follows from an error that Slack answered with."""
    said, status = word(error), error.response.status_code
    if said == MISSING_SCOPE and method(error).startswith("files."):
        return Meaning.MESSAGE
    if status == 429 or said in ("ratelimited", "rate_limited"):
        return Meaning.TOO_MANY
    for words, found in (
        (_WORKSPACE, Meaning.WORKSPACE),
        (_CHANNEL, Meaning.CHANNEL),
        (_PERSON, Meaning.PERSON),
        (_UNCERTAIN, Meaning.UNCERTAIN),
        (_MESSAGE, Meaning.MESSAGE),
    ):
        if said in words:
            return found
    return Meaning.LATER if said and status < 500 else Meaning.UNCERTAIN


def method(error: SlackApiError) -> str:
    """The method of Slack's that refused, such as chat.postMessage."""
    return str(error.response.api_url).rstrip("/").rpartition("/")[2]


def wait(error: Exception) -> float:
    """The seconds that Slack asks to wait, or a few where it says nothing or could not be reached."""
    said = error.response.headers.get("Retry-After", "") if isinstance(error, SlackApiError) else ""
    return float(said) if str(said).isdigit() else RETRY_SECONDS


def word(error: SlackApiError) -> str:
    """Slack's word for an error; empty where it had none."""
    answer = error.response
    said = str(answer.get("error") or "") if isinstance(answer.data, dict) else ""
    # Of an answer that is no JSON, such as a proxy's page, slack_sdk makes a sentence: Slack said nothing.
    return said if _WORD.fullmatch(said) else ""
