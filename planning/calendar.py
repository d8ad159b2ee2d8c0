"""School time: which days are school days, when staff may be reached, and the moment of a local date and time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LONGEST_CLOSURE_DAYS = 400


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without school, first to last, both included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A school's zone (an IANA name), hours and closures; its country's public holidays come from `holidays`."""

    zone: str
    closures: tuple[Closure, ...] = ()
    country: str = "US"
    day_ends: time = time(15, 0)
    staff_from: time = time(7, 30)
    staff_until: time = time(17, 0)

    def closed_for(self, day: date) -> str | None:
        """Why there is no school on `day`: a break's or holiday's name, "the weekend", or None on a school day."""
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return closure.name
        if day.weekday() >= 5:
            return "the weekend"
        return _public_holidays(self.country, day.year).get(day)

    def closures_from(self, day: date) -> tuple[Closure, ...]:
        """Every closure and public holiday that is not over before `day`, of this year and the next, soonest first."""
        public = (
            Closure(when, when, name)
            for year in (day.year, day.year + 1)
            for when, name in _public_holidays(self.country, year).items()
        )
        return tuple(sorted((c for c in (*self.closures, *public) if c.last >= day), key=lambda one: one.first))

    def school_day_before(self, day: date) -> date:
        """The last school day before `day`; the day before it where none came for over a year."""
        for back in range(1, LONGEST_CLOSURE_DAYS):
            candidate = day - timedelta(days=back)
            if self.closed_for(candidate) is None:
                return candidate
        return day - timedelta(days=1)

    def school_day(self, day: date) -> date:
        """The first school day on or after `day`; `day` itself where none follows for over a year."""
        for ahead in range(LONGEST_CLOSURE_DAYS):
            candidate = day + timedelta(days=ahead)
            if self.closed_for(candidate) is None:
                return candidate
        return day

    def moment(self, day: date, at: time) -> datetime:
        """The UTC moment of a local wall time; one that daylight saving skips is read with the offset before it."""
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def later(self, moment: datetime, school_days: int) -> datetime:
        """The UTC moment at the same wall time so many school days after `moment`."""
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date()
        for _ in range(school_days):
            day = self.school_day(day + timedelta(days=1))
        return self.moment(day, local.time())

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


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays(country, years=year))
