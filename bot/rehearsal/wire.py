"""What travels between the workspace and an app: JSON objects, fresh ids, and refusals."""

import secrets
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def new_id(prefix: str) -> str:
    """A fresh id in Slack's style: ``prefix`` and ten capitals or digits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(10))


class Refusal(Exception):
    """Slack's answer to a request it will not carry out.

    ``code`` is Slack's error code (``channel_not_found``, ...); ``messages`` are sentences with a pointer to the place.
    """

    def __init__(self, code: str, messages: Iterable[str] = ()) -> None:
        self.code = code
        self.messages = tuple(messages)
        super().__init__(code)

    def body(self) -> Json:
        """The JSON body that Slack would send."""
        body: Json = {"ok": False, "error": self.code}
        if self.messages:
            body["errors"] = [message.removeprefix("[ERROR] ") for message in self.messages]
            body["response_metadata"] = {"messages": list(self.messages)}
        return body
