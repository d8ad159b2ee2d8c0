"""Short-lived permissions that Slack hands out: trigger ids (three seconds, once) and response URLs."""

import secrets
import time
from dataclasses import dataclass

from bot.rehearsal.wire import Refusal

# docs.slack.dev, "Handling user interaction": a trigger_id lives 3 seconds and is used once; a response_url is good
# for five messages in thirty minutes.
TRIGGER_SECONDS = 3.0
RESPONSES = 5
RESPONSE_SECONDS = 30 * 60.0


@dataclass
class Trigger:
    """Whose gesture it was, when (monotonic seconds), and whether a view was opened with it."""

    person: str
    made: float
    used: bool = False


class Triggers:
    """Issues and redeems trigger ids."""

    def __init__(self) -> None:
        self._known: dict[str, Trigger] = {}

    def issue(self, person: str) -> str:
        """A fresh trigger id for a gesture of ``person``."""
        now = time.monotonic()
        self._known = {name: trigger for name, trigger in self._known.items() if now - trigger.made < 600}
        name = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._known[name] = Trigger(person, now)
        return name

    def redeem(self, name: str) -> str:
        """The person behind a trigger id, once. Raises Refusal (expired_trigger_id, exchanged_trigger_id, ...)."""
        trigger = self._known.get(name)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if time.monotonic() - trigger.made > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        trigger.used = True
        return trigger.person


@dataclass
class ResponseUrl:
    """Where an answer by response URL goes, and when (seconds since 1970, real time) it was made.

    ``ts`` names the message that was acted on, where there was one.
    """

    channel: str
    person: str
    ts: str | None
    made: float
    left: int = RESPONSES


class ResponseUrls:
    """Issues response URLs below ``base`` and counts their uses; ``known`` keeps them, by name."""

    def __init__(self, base: str, known: dict[str, ResponseUrl]) -> None:
        self._base = base
        self._known = known

    def issue(self, channel: str, person: str, ts: str | None = None) -> str:
        """A fresh address for answers to what ``person`` did in ``channel``."""
        now = time.time()
        for name in [name for name, url in self._known.items() if now - url.made > RESPONSE_SECONDS]:
            del self._known[name]
        name = secrets.token_hex(12)
        self._known[name] = ResponseUrl(channel, person, ts, now)
        return f"{self._base}/response/{name}"

    def use(self, name: str) -> ResponseUrl:
        """Count one use. Raises Refusal (expired_url, used_url)."""
        found = self._known.get(name)
        if found is None or time.time() - found.made > RESPONSE_SECONDS:
            raise Refusal("expired_url")
        if found.left <= 0:
            raise Refusal("used_url")
        found.left -= 1
        return found
