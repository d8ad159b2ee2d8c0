"""What waits until somebody mends it: a person, a channel or a whole workspace that Slack refuses for good."""

from dataclasses import dataclass
from datetime import datetime

ALL = "*"
"""Everything in the workspace."""


@dataclass(frozen=True, slots=True)
class Pause:
    """`place` is a channel, a person, or ALL; `why` is Slack's word; `at` when it first said so.

    `person` is whose direct messages wait, where `place` is somebody or the channel between them and Levers.
    """

    place: str
    why: str
    at: datetime
    person: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing at all can be sent."""
        return self.place == ALL
