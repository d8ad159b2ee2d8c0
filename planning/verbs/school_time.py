"""Changing a school's calendar, its zone, and a person's own hours; what is still to come moves with them at once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from planning.calendar import SchoolCalendar
from planning.errands import What
from planning.hours import PersonTime, asking_moment, hour
from planning.ledger import Books, Ledger
from planning.people import NotAllowedError, Viewer
from planning.school_days import CalendarError, Days, GoneError, entries, still_closed, with_entries
from planning.verbs.replan import replan_person, replan_school


class NotKeeperError(NotAllowedError):
    """The person may not change the school's calendar."""

    def __init__(self) -> None:
        super().__init__("The principal, the backup leader, coaches and administrators change the school's calendar.")


def may_keep(viewer: Viewer) -> bool:
    """Whether somebody may change the school's calendar."""
    return viewer.sees_answers or viewer.administrator


def add_days(books: Books, who: str, school: str, days: Days, now: datetime) -> SchoolCalendar:
    """Enter `days`; entering the same again changes nothing. Raises NotKeeperError, CalendarError."""
    return _change(books, who, school, now, lambda known: _with(known, entries(known), days))


def change_days(books: Books, who: str, school: str, mark: str, days: Days, now: datetime) -> SchoolCalendar:
    """Put `days` in the place of the entry with that mark. Raises NotKeeperError, GoneError, CalendarError."""

    def changed(known: SchoolCalendar) -> SchoolCalendar:
        every = entries(known)
        others = tuple(one for one in every if one.mark != mark)
        if len(others) == len(every) and days not in every:
            raise GoneError
        return _with(known, others, days)

    return _change(books, who, school, now, changed)


def _with(known: SchoolCalendar, others: Iterable[Days], days: Days) -> SchoolCalendar:
    changed = with_entries(known, (*others, days))
    if why := still_closed(changed, days):
        closing = f"“{why[:40]}” closes school then; where that is an entry, change it instead."
        raise CalendarError("first", f"Only a public holiday can be opened. {closing}")
    return changed


def remove_days(books: Books, who: str, school: str, mark: str, now: datetime) -> SchoolCalendar:
    """Take the entry with that mark out; taking it out twice is taking it out once. Raises NotKeeperError."""

    def changed(known: SchoolCalendar) -> SchoolCalendar:
        return with_entries(known, (one for one in entries(known) if one.mark != mark))

    return _change(books, who, school, now, changed)


def set_hours(
    books: Books, who: str, school: str, hours: Callable[[SchoolCalendar], SchoolCalendar], now: datetime
) -> SchoolCalendar:
    """Set the hours and the place of the public holidays as `hours` does. Raises NotKeeperError, CalendarError."""
    return _change(books, who, school, now, hours)


def keep_calendar(ledger: Ledger, school: str, calendar: SchoolCalendar, now: datetime) -> None:
    """Keep the calendar and move what is still to come, in the transaction of `ledger`."""
    before = ledger.schools.calendar(school)
    if calendar == before:
        return
    ledger.schools.set_calendar(school, calendar)
    if calendar.zone == before.zone:
        ledger.errands.leave(What.SCHOOL_TIME, school, at=now)
    else:
        replan_school(ledger, school, before, now)


def set_own_hours(
    books: Books, who: str, quiet_from: time, quiet_until: time, ask_at: time | None, now: datetime
) -> PersonTime:
    """Keep when `who` wants no message, on their own clock, and at which hour of the school's they like to be asked.

    Raises CalendarError where that hour is outside of every school's staff hours or a quiet one, or quiet hours leave
    no time to ask.
    """
    with books.write() as ledger:
        own = replace(ledger.people.time_of(who), quiet_from=quiet_from, quiet_until=quiet_until, ask_at=ask_at)
        calendars = [ledger.schools.calendar(school.id) for school in ledger.schools.known_to(who)]
        if ask_at and calendars and not any(one.staff_from <= ask_at < one.staff_until for one in calendars):
            hours = f"{hour(calendars[0].staff_from)} to {hour(calendars[0].staff_until)}"
            raise CalendarError("ask_at", f"Choose an hour within your school's staff hours, {hours}.")
        asked = []
        for calendar in calendars:
            moment = asking_moment(calendar.free_day(calendar.today(now)), own, calendar)
            if own.awake(moment, calendar) != moment:
                raise CalendarError("quiet_until", "Leave some of your school's staff hours outside of the quiet ones.")
            # Half way around the world, where staff hours never meet, it is read on the person's own clock.
            asked += [moment.astimezone(zone).time() for zone in (ZoneInfo(calendar.zone), own.at(calendar))]
        if ask_at and asked and ask_at not in asked:
            raise CalendarError(
                "ask_at", f"{hour(ask_at)} is a quiet hour of yours. Choose another, or leave it empty."
            )
        ledger.people.set_time(who, own)
        ledger.errands.leave(What.OWN_TIME, who, at=now)
        return own


def learn_zone(books: Books, who: str, zone: str | None, now: datetime, name: str = "") -> None:
    """Remember the zone that Slack has for `who` (an IANA name, or None), and move what is still to come to them.

    The `name` that it gives for them is kept too, where it gives one.
    """
    with books.write() as ledger:
        if name:
            ledger.people.call(who, name)
        known = ledger.people.time_of(who)
        ledger.people.set_time(who, replace(known, zone=zone))
        ledger.people.learnt(who, now)
        if known.zone != zone:
            replan_person(ledger, who, now)


def realign(books: Books, now: datetime) -> None:
    """At a start: where a school's zone is another one than its rows were made in, move what is still to come."""
    with books.write() as ledger:
        for school, zone in ledger.reminders.zones():
            calendar = ledger.schools.calendar(school)
            if zone != calendar.zone:
                replan_school(ledger, school, replace(calendar, zone=zone), now)


def _change(
    books: Books, who: str, school: str, now: datetime, change: Callable[[SchoolCalendar], SchoolCalendar]
) -> SchoolCalendar:
    with books.write() as ledger:
        if not may_keep(ledger.people.viewer(who, school)):
            raise NotKeeperError
        changed = change(ledger.schools.calendar(school))
        keep_calendar(ledger, school, changed, now)
        return changed
