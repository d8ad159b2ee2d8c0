"""How long the phases take: the pace that a facilitator sets, and the timer of a phase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from planning.phases import Phase


class Pace(StrEnum):
    """How long the phases take, as the facilitator sets it at the start; any phase's timer can be set anew."""

    FREE = "no timers"
    SHORT = "90 minutes"
    HALF_DAY = "half a day"

    def timer(self, phase: Phase, now: datetime) -> "Timer | None":
        """The timer of `phase` where it begins `now`, or None where none runs."""
        minutes = _MINUTES[self].get(phase)
        return Timer(ends_at=now + timedelta(minutes=minutes)) if minutes else None


_MINUTES: Mapping[Pace, Mapping[Phase, int]] = {
    Pace.FREE: {},
    Pace.SHORT: {Phase.GATHER: 5, Phase.CELEBRATE: 8, Phase.FOCUS: 20, Phase.VOTE: 7, Phase.CHOOSE: 15, Phase.PLAN: 35},
    Pace.HALF_DAY: {
        Phase.GATHER: 10,
        Phase.CELEBRATE: 15,
        Phase.FOCUS: 45,
        Phase.VOTE: 10,
        Phase.CHOOSE: 30,
        Phase.PLAN: 75,
    },
}


@dataclass(frozen=True, slots=True)
class Timer:
    """The time a phase still has: it runs until `ends_at` (aware), or stands still with `left` while paused."""

    ends_at: datetime | None = None
    left: timedelta | None = None

    def stopped(self, now: datetime) -> "Timer":
        """The timer standing still."""
        return Timer(left=max(self.ends_at - now, timedelta(0))) if self.ends_at else self

    def running(self, now: datetime) -> "Timer":
        """The timer going on."""
        return Timer(ends_at=now + self.left) if self.left is not None else self
