"""On which day and at which moment check-ins are asked: one message a person a week, whatever their schools."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.checkins import Week, asked_on, check_in_day, heads_up_day, overdue_day, week
from planning.hours import PersonTime, asking_moment
from planning.ledger import Ledger
from planning.messages import Kind, Reason, Reminder, ToCome, Wanted


def place(ledger: Ledger, person: str, school: str, check_in: date, now: datetime) -> tuple[date, datetime]:
    """The local date and the UTC moment at which a new question for the check-in day `check_in` is asked.

    It is the day that their week has already, if any; nothing is asked before they are back from being away.
    """
    return places(ledger, person, ((school, check_in),), now)[0]


def places(
    ledger: Ledger, person: str, questions: Sequence[tuple[str, date]], now: datetime
) -> list[tuple[date, datetime]]:
    """The same for several new questions, each with its school and check-in day: a week takes them all on one day."""
    own = ledger.people.time_of(person)
    taken: dict[Week, date] = {}
    for coming in _to_come(ledger, person, now):
        _take(taken, coming.reminder.local_date)
    found = []
    for school, check_in in questions:
        calendar = ledger.schools.calendar(school)
        asked = weeks_asked(ledger, person, calendar, now)
        day = asked_on(_not_away(ledger, person, check_in), calendar, asked=asked, taken=taken)
        _take(taken, day)
        found.append((day, asking_moment(day, own, calendar)))
    return found


def _take(taken: dict[Week, date], day: date) -> None:
    if day != NOT_YET_KNOWN:
        taken[week(day)] = min(day, taken.get(week(day), day))


def place_soon(ledger: Ledger, person: str, school: str, now: datetime) -> tuple[date, date, datetime]:
    """The day for which a question is planned that somebody wants answered soon, and where `place` puts it."""
    calendar = ledger.schools.calendar(school)
    soonest = _earliest(calendar, ledger.people.time_of(person), now)
    return soonest, *place(ledger, person, school, soonest, now)


def weeks_asked(ledger: Ledger, person: str, calendar: SchoolCalendar, now: datetime) -> frozenset[Week]:
    """The weeks that have had their message to `person`, or whose message is about to be sent."""
    meant = (week(day) for day in ledger.deliveries.asked_on(person, now))
    really = (week(calendar.today(at)) for at in ledger.reminders.asked_at(person, now - timedelta(days=7)))
    return frozenset((*meant, *really))


def replan_check_ins(ledger: Ledger, person: str, now: datetime) -> None:
    """Find the day and moment of everything that `person` is still to be asked anew, and move what carries it."""
    rows = _to_come(ledger, person, now)
    found = _placed(ledger, person, rows, now)
    for old, new in zip((one.reminder for one in rows), found, strict=True):
        if new != old:
            ledger.reminders.move(new)
    due = {one.local_date: one.due for one in sorted(found, key=lambda one: one.due)}
    for day in {one.reminder.local_date for one in rows} - due.keys():
        ledger.deliveries.withdraw(Kind.CHECK_IN, day.isoformat(), to=person)
    ledger.deliveries.want_all(
        Wanted(Kind.CHECK_IN, person, day.isoformat(), person, moment) for day, moment in due.items()
    )


def _placed(ledger: Ledger, person: str, rows: Sequence[ToCome], now: datetime) -> list[Reminder]:
    own = ledger.people.time_of(person)
    calendars = {one.school: ledger.schools.calendar(one.school) for one in rows}
    asked = {school: weeks_asked(ledger, person, calendar, now) for school, calendar in calendars.items()}
    starts = {one.reminder.id: _check_in(ledger, one, calendars[one.school]) for one in rows}
    taken: dict[Week, date] = {}
    found: dict[str, Reminder] = {}
    # The day before a session is fixed: what else is asked in its week rides along.
    for one in sorted(rows, key=lambda of: (of.reminder.reason is not Reason.SESSION, starts[of.reminder.id])):
        reminder, calendar = one.reminder, calendars[one.school]
        day = asked_on(starts[reminder.id], calendar, _earliest(calendar, own, now), asked[one.school], taken)
        if day != NOT_YET_KNOWN:
            taken[week(day)] = day
        due = asking_moment(day, own, calendar)
        found[reminder.id] = replace(reminder, local_date=day, zone=calendar.zone, due=due)
    return [found[one.reminder.id] for one in rows]


def _check_in(ledger: Ledger, known: ToCome, calendar: SchoolCalendar) -> date:
    """The check-in day that a known reminder is for, as the calendar is now."""
    reminder, snoozed = known.reminder, known.snoozed_until
    if reminder.reason is Reason.SESSION:
        return calendar.free_day_before(reminder.planned)
    if reminder.reason in (Reason.CHECK_IN, Reason.WANTED):
        return _not_away(ledger, reminder.person, reminder.planned)
    notices = reminder.planned
    day = heads_up_day(notices, calendar) if reminder.reason is Reason.HEADS_UP else overdue_day(notices)
    return _not_away(ledger, reminder.person, max(day, check_in_day(snoozed)) if snoozed else day)


def _not_away(ledger: Ledger, person: str, check_in: date) -> date:
    away = ledger.following.away_until(person)
    return check_in if away is None else max(check_in, check_in_day(away))


def _to_come(ledger: Ledger, person: str, now: datetime) -> list[ToCome]:
    """What no message has carried yet or is about to carry."""
    under_way = ledger.deliveries.asked_on(person, now)
    return [one for one in ledger.reminders.to_come_of(person) if one.reminder.local_date not in under_way]


def _earliest(calendar: SchoolCalendar, own: PersonTime, now: datetime) -> date:
    today = calendar.today(now)
    return today if asking_moment(today, own, calendar) > now else today + timedelta(days=1)
