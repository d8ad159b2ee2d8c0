"""What travels between the workspace and an app: JSON objects, fresh ids, and refusals."""

import json
import math
import secrets
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def new_id(prefix: str) -> str:
    """A fresh id in Slack's style: ``prefix`` and ten capitals or digits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(10))


def parse(content: bytes | str) -> Any:
    """The JSON value in ``content``. Raises ValueError for all that cannot be written as JSON again.

    That is more than Python's own reader refuses: NaN, numbers beyond all bounds, halves of surrogate pairs, and
    values nested too deep.
    """
    try:
        value = json.loads(content, parse_constant=_no_number, parse_float=_number)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def _number(written: str) -> float:
    number = float(written)
    return number if math.isfinite(number) else _no_number(written)


def _no_number(written: str) -> float:
    raise ValueError(f"{written} is not a number in JSON")


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
