"""A person's own time: their zone and quiet hours, and when a message may reach them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar

SCHOOL_DAYS_TRIED = 10
"""Where staff hours and waking hours have not met on so many school days, they never will."""
STEP = timedelta(minutes=15)


def hour(wall: time) -> str:
    """A time of day as people say it: 7:15 AM."""
    return f"{wall.hour % 12 or 12}:{wall:%M %p}"


@dataclass(frozen=True, slots=True)
class PersonTime:
    """A person's zone (an IANA name, None for their school's), quiet hours, and the hour they like to be asked at.

    All hours are wall times: the quiet ones on the person's own clock, `ask_at` on the school's (None: when the school
    day ends). Quiet hours that begin and end alike are none.
    """

    zone: str | None = None
    quiet_from: time = time(19, 0)
    quiet_until: time = time(7, 0)
    ask_at: time | None = None

    def at(self, calendar: SchoolCalendar) -> ZoneInfo:
        """The zone that the person's clock shows."""
        return ZoneInfo(self.zone or calendar.zone)

    def awake(self, moment: datetime, calendar: SchoolCalendar) -> datetime:
        """`moment` outside of the quiet hours, else the UTC moment at which they end."""
        local = moment.astimezone(self.at(calendar))
        if not self._quiet(local.time()):
            return moment
        days = 1 if local.time() >= self.quiet_until else 0
        end = datetime.combine(local.date() + timedelta(days=days), self.quiet_until, self.at(calendar))
        # Where the clocks are set back the end comes twice: the second one is later than any moment before it.
        return max(end.astimezone(UTC), end.replace(fold=1).astimezone(UTC), moment + timedelta(minutes=1))

    def _quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


def next_allowed(now: datetime, person: PersonTime, calendar: SchoolCalendar) -> datetime:
    """`now` where a message may reach the person, else the next UTC moment at which one may.

    That is in the school's staff hours and outside of the person's quiet hours. Where the two never meet, as half way
    around the world, staff hours are read on the person's own clock; where even these are all quiet, staff hours
    decide.
    """
    for hours in (calendar, replace(calendar, zone=person.zone or calendar.zone)):
        when = now
        for _ in range(SCHOOL_DAYS_TRIED):
            reached = hours.reachable(when)
            when = person.awake(reached, calendar)
            if when == reached or hours.today(reached) >= NOT_YET_KNOWN:
                return reached
    return calendar.reachable(now)


def may_push(now: datetime, person: PersonTime, calendar: SchoolCalendar) -> bool:
    """Whether a message may reach the person at the moment `now`."""
    return next_allowed(now, person, calendar) == now


def asking_moment(day: date, person: PersonTime, calendar: SchoolCalendar) -> datetime:
    """The UTC moment on `day`, a local date at the school, at which the person is asked how it goes.

    It is as near to the hour they like as staff hours and their quiet hours let it be.
    """
    wanted = min(max(person.ask_at or calendar.day_ends, calendar.staff_from), calendar.staff_until)
    for hours in (calendar, replace(calendar, zone=person.zone or calendar.zone)):
        liked = hours.moment(day, wanted)
        open_then = [one for one in (liked, *_steps(hours, day)) if hours.reachable(one) == one]
        found = [one for one in open_then if person.awake(one, calendar) == one]
        if found:
            return min(found, key=lambda one: (abs(one - liked), one))
    return calendar.moment(day, wanted)


def _steps(calendar: SchoolCalendar, day: date) -> Iterator[datetime]:
    step, end = calendar.moment(day, calendar.staff_from), calendar.moment(day, calendar.staff_until)
    while step < end:
        yield step
        step += STEP
