"""How plans stand over many schools: one line a school in counts, and one line an action."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planning.plan import Status

STALE_SCHOOL_DAYS = 20
"""After so many school days without an update a plan stands still for those who look on from outside the school."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One school's plan in counts; without one, `committed_at` is None. Moments are in UTC.

    `overdue` counts actions that somebody has taken on and whose due date has passed at the school, `waiting` those
    that wait for somebody's yes, `ownerless` those that were handed back.
    """

    school: str
    code: str
    name: str
    network: str
    zone: str
    committed_at: datetime | None = None
    counts: Mapping[Status, int] = field(default_factory=dict)
    overdue: int = 0
    waiting: int = 0
    ownerless: int = 0
    updated_at: datetime | None = None

    @property
    def open(self) -> int:
        """How many actions are still to be done."""
        return sum(number for status, number in self.counts.items() if status.open)

    @property
    def blocked(self) -> int:
        """How many actions are blocked."""
        return self.counts.get(Status.BLOCKED, 0)

    @property
    def last(self) -> datetime | None:
        """When anything was last said about the plan, else its commit."""
        return self.updated_at or self.committed_at

    def local(self, moment: datetime) -> date:
        """The date of `moment` at the school."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    @property
    def needs(self) -> int:
        """How many things want a look."""
        return self.overdue + self.blocked + self.waiting + self.ownerless


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of a school's live plan; whose it is and what was said last only where the reader may know it."""

    school: str
    code: str
    name: str
    network: str
    committed_at: datetime
    domain: str
    priority: str
    level: str
    target_level: str
    text: str
    due: date
    status: Status
    updated_at: datetime | None
    owner: str
    note: str
