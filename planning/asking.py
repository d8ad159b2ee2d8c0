"""Which message asks somebody whether they take actions on: that of their plan, or one about a single action."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """What one such message is about: the id of a `plan`, and of one `action` of it where it has a message of its own.

    `again` is the moment at which it is asked about once more: bringing the message before up to date would notify
    nobody.
    """

    plan: str
    action: str | None = None
    again: str | None = None

    @classmethod
    def once_more(cls, plan: str, action: str, now: datetime) -> "Asking":
        """Ask about one action, whether or not somebody was asked before."""
        return cls(plan, action, now.isoformat())

    @classmethod
    def of(cls, occasion: str) -> "Asking":
        """What the message of that occasion is about."""
        return cls(*occasion.split("/"))

    @property
    def occasion(self) -> str:
        """What makes it one message for its recipient."""
        return "/".join(part for part in (self.plan, self.action, self.again) if part)

    @property
    def subject(self) -> str:
        """What all messages are found by that ask about the same."""
        return "/".join(part for part in (self.plan, self.action) if part)
