"""What people did in a phase, kept in order: the details that stand in the thread of its card."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What somebody did to the session."""

    LISTED = "listed"
    TOOK_OFF = "took off"
    PUT_BACK = "put back"
    NOTED = "noted"
    SAID = "said"
    DESCRIBED = "described"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTORED = "restored"
    LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Remark:
    """One deed in the session's `step`: who (None where it was done without a name), about what, and why."""

    step: int
    deed: Deed
    who: str | None
    about: str
    why: str
    at: datetime
