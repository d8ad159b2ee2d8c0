"""What a change leaves to be done after it: kept with it, and run once whoever made the change is answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """Every kind of errand; `planning.verbs.errands` knows who runs it."""

    SHOW = "show a change"
    GO_ON = "go on asking"
    ANEW = "ask anew"
    SCHEDULE = "schedule"
    NOTICES = "give notice"
    ASK = "ask to take on"
    TELL = "tell"
    CHANGED = "tell of a change"
    SUPPORT = "tell of support"
    DIGEST = "digest"
    SESSION_DAY = "session day"
    SCHOOL_TIME = "school time"
    OWN_TIME = "own time"
    LEADERS = "leaders"


@dataclass(frozen=True, slots=True)
class Errand:
    """One errand; it is run as of the moment `at` (UTC) it was left at, however much later that is."""

    id: str
    what: What
    about: tuple[str, ...]
    at: datetime
