"""School time: which days are school days, when staff may be reached, and the moment of a local date and time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from planning.school_year import SchoolYear, in_summer

LONGEST_CLOSURE_DAYS = 400
QUARTER = timedelta(minutes=15)
NOT_YET_KNOWN = date(9999, 1, 1)
"""The day of whatever waits for a calendar: none follows the last school day until the next year is entered."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without school, first to last, both included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class BusyDays:
    """School days on which nobody is asked anything, such as testing or report cards; both ends included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Days on which a public holiday is a school day all the same; both ends included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A school's zone (an IANA name), hours, school years, closures, busy days and opened holidays.

    Public holidays come from `holidays`, of the country and, where one is named, of its `state` (both ISO 3166).
    Hours are local wall times; without school years every year is taken to be like any other.
    """

    zone: str
    closures: tuple[Closure, ...] = ()
    country: str = "US"
    day_ends: time = time(15, 0)
    staff_from: time = time(7, 30)
    staff_until: time = time(17, 0)
    state: str = ""
    busy: tuple[BusyDays, ...] = ()
    years: tuple[SchoolYear, ...] = ()
    opened: tuple[OpenDays, ...] = ()

    def closed_for(self, day: date) -> str | None:
        """Why there is no school on `day`: a break's or holiday's name, "the weekend", or None on a school day."""
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return closure.name
        if day.weekday() >= 5:
            return "the weekend"
        if in_summer(self.years, day):
            return "the summer"
        if any(one.first <= day <= one.last for one in self.opened):
            return None
        return _public_holidays(self.country, self.state, day.year).get(day)

    def busy_with(self, day: date) -> str | None:
        """What keeps the school busy on `day`, such as testing; None where nothing does."""
        return next((one.name for one in self.busy if one.first <= day <= one.last), None)

    def may_ask(self, day: date) -> bool:
        """Whether people are asked how it goes on `day`: a school day that is not busy."""
        return self.closed_for(day) is None and self.busy_with(day) is None

    def closures_from(self, day: date) -> tuple[Closure, ...]:
        """Every closure and public holiday that is not over before `day`, of this year and the next, soonest first."""
        public = (
            Closure(when, when, name)
            for year in (day.year, day.year + 1)
            for when, name in _public_holidays(self.country, self.state, year).items()
        )
        return tuple(sorted((c for c in (*self.closures, *public) if c.last >= day), key=lambda one: one.first))

    def school_day_before(self, day: date) -> date:
        """The last school day before `day`; the day before it where none came for over a year."""
        return self._last(day, lambda candidate: self.closed_for(candidate) is None)

    def free_day_before(self, day: date) -> date:
        """The last school day before `day` that is not busy; the day before it where none came for over a year."""
        return self._last(day, self.may_ask)

    def school_day(self, day: date) -> date:
        """The first school day on or after `day`; NOT_YET_KNOWN where none follows for over a year."""
        return self._first(day, lambda candidate: self.closed_for(candidate) is None)

    def free_day(self, day: date) -> date:
        """The first school day on or after `day` that is not busy; NOT_YET_KNOWN where none follows for over a year."""
        return self._first(day, self.may_ask)

    def moment(self, day: date, at: time) -> datetime:
        """The UTC moment of a local wall time; one that daylight saving skips is read with the offset before it."""
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def later(self, moment: datetime, school_days: int) -> datetime:
        """The UTC moment at the same wall time so many school days after `moment`."""
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date()
        for _ in range(school_days):
            day = self.school_day(min(day + timedelta(days=1), NOT_YET_KNOWN))
        return self.moment(day, local.time())

    def school_days(self, first: date, last: date) -> int:
        """How many school days come after `first`, up to and with `last`."""
        span = (last - first).days
        return sum(self.closed_for(first + timedelta(days=n)) is None for n in range(1, span + 1))

    def today(self, now: datetime) -> date:
        """The local date at the school."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def reachable(self, now: datetime) -> datetime:
        """`now` where staff may be reached, else the UTC moment at which their next staff hours begin."""
        local = now.astimezone(ZoneInfo(self.zone))
        today = local.date()
        if self.closed_for(today) is None:
            if local.time() < self.staff_from:
                return self.moment(today, self.staff_from)
            if local.time() < self.staff_until:
                return now
        return self.moment(self.school_day(today + timedelta(days=1)), self.staff_from)

    def in_staff_hours(self, at: time) -> time:
        """The wall time nearest to `at` at which staff may be reached, a quarter of an hour before their day ends."""
        last = (datetime.combine(date.min, self.staff_until) - QUARTER).time()
        return max(self.staff_from, min(at, last))

    def _last(self, day: date, suits: Callable[[date], bool]) -> date:
        days = (day - timedelta(days=back) for back in range(1, LONGEST_CLOSURE_DAYS))
        return next((candidate for candidate in days if suits(candidate)), day - timedelta(days=1))

    def _first(self, day: date, suits: Callable[[date], bool]) -> date:
        if day >= NOT_YET_KNOWN:
            return NOT_YET_KNOWN
        days = (day + timedelta(days=ahead) for ahead in range(LONGEST_CLOSURE_DAYS))
        return next((candidate for candidate in days if suits(candidate)), NOT_YET_KNOWN)


@lru_cache(maxsize=64)
def _public_holidays(country: str, state: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays(country, subdiv=state or None, years=year))
