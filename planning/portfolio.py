"""A reviewer's portfolio: every school they reviewed and how its plan stands, without anybody's name or note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.comments import Comment
from planning.plan import Status
from planning.school_year import after_days
from planning.standing import STALE_SCHOOL_DAYS

TEAM_CHECKS = (30, 60, 90)
"""Days after the commit."""


class Order(StrEnum):
    """What a portfolio is sorted by; schools that are equal stand by name."""

    SCHOOL = "school"
    REVIEWED = "newest review"
    OVERDUE = "most overdue"
    QUIET = "longest without an update"
    OPEN = "most open"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of whose portfolio: the rows from `first` on, `size` of them or (None) all, of one network or all."""

    person: str
    order: Order = Order.OVERDUE
    network: str | None = None
    first: int = 0
    size: int | None = None


@dataclass(frozen=True, slots=True)
class PlanHere:
    """A live plan as a reviewer sees it. `counts` says how many actions stand how, `in_place` how many priorities the
    team calls in place; `session_day` is the local date of the next session, where it is set, and `comment` what was
    said last about an action, of what the reviewer may read."""

    committed_at: datetime
    priorities: tuple[str, ...]
    in_place: int
    counts: Mapping[Status, int]
    overdue: int
    last_update: datetime
    session_day: date | None = None
    comment: Comment | None = None

    @property
    def open(self) -> int:
        """How many actions there is still something to do about."""
        return sum(count for status, count in self.counts.items() if status.open)


@dataclass(frozen=True, slots=True)
class Row:
    """One school of a portfolio. `shared` is true where it stands there by a grant of the school's leader.

    `reviewed` is the date of the newest review that the reader may see, None without one.
    """

    code: str
    name: str
    network: str
    shared: bool
    reviewed: date | None
    plan: PlanHere | None
    calendar: SchoolCalendar

    def committed(self) -> date | None:
        """The local date of the plan's commit."""
        return self.calendar.today(self.plan.committed_at) if self.plan else None

    def last_update(self) -> date | None:
        """The local date on which anything was last said about the plan, else its commit."""
        return self.calendar.today(self.plan.last_update) if self.plan else None

    def commented(self) -> date | None:
        """The local date of the last comment that the reviewer may read."""
        return self.calendar.today(self.plan.comment.at) if self.plan and self.plan.comment else None

    def stale(self, now: datetime) -> bool:
        """Whether the plan has something open and was not spoken of for `STALE_SCHOOL_DAYS`."""
        if self.plan is None or not self.plan.open:
            return False
        last, today = self.calendar.today(self.plan.last_update), self.calendar.today(now)
        # Fewer days than that are fewer school days: no need to count them.
        if today - last < timedelta(days=STALE_SCHOOL_DAYS):
            return False
        return self.calendar.school_days(last, today) >= STALE_SCHOOL_DAYS

    def next_check(self, now: datetime) -> date | None:
        """The local date on which the plan is looked at next: a check of its team, or the next session."""
        if self.plan is None:
            return None
        today, committed = self.calendar.today(now), self.calendar.today(self.plan.committed_at)
        days = [after_days(self.calendar, committed, count) for count in TEAM_CHECKS]
        checks = [self.calendar.school_day(day) for day in days if day is not None]
        checks += [self.plan.session_day] if self.plan.session_day else []
        return min((day for day in checks if today <= day < NOT_YET_KNOWN), default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a portfolio that has `total`."""

    rows: tuple[Row, ...]
    total: int
