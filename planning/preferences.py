"""What a person may choose about the follow-up: the day and hour of their digest, and what they do not want at all."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from planning.messages import Kind

DIGEST_WEEKDAY = 3
"""Thursday: the day after everybody was asked, and a school day to act on it is left."""
DIGEST_AT = time(15, 0)


class Topic(StrEnum):
    """What can be turned down. Being asked how one's own action goes cannot."""

    DIGEST = "weekly digest"
    COACH_DIGEST = "weekly digest as a coach"
    STILL = "a plan that stands still"
    MONTHLY = "monthly message"
    HEADS_UP = "heads-up before a due date"
    OVERDUE = "overdue notice"
    CHANGES = "what others change"
    HELP = "requests for help"
    NOT_ACCEPTED = "what nobody takes on"
    YEAR_END = "the end of the school year"
    UPDATES = "questions how a plan goes"
    THANKS = "thanks"


OF_KIND = {
    Kind.STILL: Topic.STILL,
    Kind.MONTHLY: Topic.MONTHLY,
    Kind.HELP_WANTED: Topic.HELP,
    Kind.NOT_ACCEPTED: Topic.NOT_ACCEPTED,
    Kind.YEAR_END: Topic.YEAR_END,
    Kind.UPDATE_WANTED: Topic.UPDATES,
}
"""Messages of one topic each: whoever turned it down by the moment they are sent does not get them."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's: the digest's weekday (0 is Monday) and local wall time, and the topics they turned down.

    Coaches get no digest unless they ask for it: until they chose anything it counts as turned down.
    """

    person: str
    digest_weekday: int = DIGEST_WEEKDAY
    digest_at: time = DIGEST_AT
    declined: frozenset[Topic] = frozenset({Topic.COACH_DIGEST})

    def wants(self, topic: Topic) -> bool:
        """Whether `topic` may be sent to them."""
        return topic not in self.declined
