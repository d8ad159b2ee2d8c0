"""Asking Slack now and then whether what it refused can go on: a new token, an invitation, an account that is back."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.sending.refusals import word
from planning.pauses import ALL


def mended(client: WebClient, place: str) -> bool:
    """Whether Slack would take messages for `place` again: a channel, a person, or the whole workspace."""
    try:
        if place == ALL:
            client.auth_test()
            return True
        if place.startswith(("U", "W")):
            person = client.users_info(user=place)["user"]
            # No app may write to another, however long that waits.
            return not person.get("deleted") and not person.get("is_bot")
        channel = client.conversations_info(channel=place)["channel"]
        return not channel.get("is_archived") and bool(channel.get("is_member") or channel.get("is_im"))
    except (OSError, SlackClientError) as error:
        said = word(error) if isinstance(error, SlackApiError) else type(error).__name__
        structlog.get_logger("postman").info("still paused", place=place, error=said)
        return False
