"""Reading and changing a school's calendar, and one's own hours."""

from collections.abc import Callable
from datetime import time
from typing import Any

from slack_sdk.models.views import View

from bot.handlers.requests import Click, Desk, Submission
from bot.sentences import say
from bot.views import answers
from bot.views import school_time as views
from bot.views.school_time import CalendarOf
from planning.calendar import SchoolCalendar
from planning.ledger import SchoolHere
from planning.people import OutsiderError
from planning.school_days import CalendarError, DayKind, GoneError, checked_days, checked_hours, entries
from planning.verbs import school_time as verbs
from rubric.errors import LeversError
from storage.books import Ledger

MOST_CODES = 12


class WhichSchoolError(LeversError):
    """The person knows several schools, or none by that code."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(f"Name the school by its code, such as `/levers calendar CODE`. You know {', '.join(codes)}.")


def calendar_window(desk: Desk, who: str, channel: str, code: str = "") -> View:
    """The calendar of the school with that `code`, else of the channel's, else of the only one that `who` knows.

    Raises OutsiderError, WhichSchoolError, NotKeeperError.
    """
    with desk.books.read() as ledger:
        school = _school(ledger, who, channel, code)
    return _calendar(desk, who, school.id)


def hours_window(desk: Desk, who: str) -> View:
    """The window of the hours of `who`."""
    with desk.books.read() as ledger:
        known = ledger.schools.known_to(who)
        zone = known[0].time_zone if known else desk.books.default_zone
        return views.own_hours(ledger.people.time_of(who), zone)


def _school(ledger: Ledger, who: str, channel: str, code: str) -> SchoolHere:
    administers = ledger.people.is_administrator(who)
    known = ledger.schools.all() if administers else ledger.schools.known_to(who)
    if not known:
        raise OutsiderError
    here = ledger.schools.of_channel(channel)
    named = [one for one in known if one.code.casefold() == code.casefold()]
    if code or (here is None and len(known) > 1):
        if not named:
            raise WhichSchoolError([one.code for one in known[:MOST_CODES]])
        return named[0]
    return here or known[0]


def _calendar(desk: Desk, who: str, school: str, page: int = 1) -> View:
    return views.calendar(_of(desk, who, school), page)


def _of(desk: Desk, who: str, school: str) -> CalendarOf:
    with desk.books.read() as ledger:
        viewer = ledger.people.viewer(who, school)
        if not verbs.may_keep(viewer):
            raise verbs.NotKeeperError
        return CalendarOf(school, ledger.schools.load(school).name, ledger.schools.calendar(school))


def _turn(click: Click) -> None:
    school, _, page = click.value.partition("/")
    click.update(_calendar(click.desk, click.who, school, int(page or 1)))


def _add(click: Click) -> None:
    of = _of(click.desk, click.who, click.value)
    click.open(views.days(of.school, first=of.calendar.today(click.desk.clock())))


def _open_hours(click: Click) -> None:
    click.open(views.hours(_of(click.desk, click.who, click.value)))


def _more(click: Click) -> None:
    """`value` is what to do, the school and the entry."""
    what, school, mark = click.value.split("/")
    if what == "remove":
        verbs.remove_days(click.desk.books, click.who, school, mark, click.desk.clock())
        click.update(_calendar(click.desk, click.who, school))
        return
    entry = next((one for one in entries(_of(click.desk, click.who, school).calendar) if one.mark == mark), None)
    if entry is None:
        raise GoneError
    click.open(views.days(school, entry))


def _days(sent: Submission) -> dict[str, Any] | None:
    first = sent.date("first")
    if first is None:
        raise CalendarError("first", "Choose the first day.")
    entered = checked_days(DayKind(sent.chosen("kind")), first, sent.date("last"), sent.text("name"))
    school, mark, now = str(sent.about["school"]), str(sent.about["mark"]), sent.desk.clock()
    if mark:
        verbs.change_days(sent.desk.books, sent.who, school, mark, entered, now)
    else:
        verbs.add_days(sent.desk.books, sent.who, school, entered, now)
    _beneath(sent, school)
    return None


def _hours(sent: Submission) -> dict[str, Any] | None:
    school = str(sent.about["school"])
    staff_from, staff_until, day_ends = (_time(sent, name) for name in ("staff_from", "staff_until", "day_ends"))
    country, state = sent.text("country"), sent.text("state")

    def changed(known: SchoolCalendar) -> SchoolCalendar:
        return checked_hours(known, staff_from, staff_until, day_ends, country, state)

    verbs.set_hours(sent.desk.books, sent.who, school, changed, sent.desk.clock())
    _beneath(sent, school)
    return None


def _open_own(click: Click) -> None:
    click.open(hours_window(click.desk, click.who))


def _own(sent: Submission) -> dict[str, Any] | None:
    quiet_from, quiet_until = _time(sent, "quiet_from"), _time(sent, "quiet_until")
    verbs.set_own_hours(sent.desk.books, sent.who, quiet_from, quiet_until, sent.time("ask_at"), sent.desk.clock())
    return {"response_action": "update", "view": answers.done(say("calendar.own_saved"))}


def _time(sent: Submission, name: str) -> time:
    chosen = sent.time(name)
    if chosen is None:
        raise CalendarError(name, "Choose an hour.")
    return chosen


def _beneath(sent: Submission, school: str) -> None:
    """Bring the calendar that lies beneath the window up to date."""
    sent.refresh_beneath(lambda: _calendar(sent.desk, sent.who, school))


CLICKS: dict[str, Callable[[Click], None]] = {"calendar.more": _more}
WINDOWS: dict[str, Callable[[Click], None]] = {
    "calendar.page": _turn,
    "calendar.add": _add,
    "calendar.hours": _open_hours,
    "hours.open": _open_own,
}
SUBMISSIONS: dict[str, Callable[[Submission], dict[str, Any] | None]] = {
    "days": _days,
    "hours": _hours,
    "own_hours": _own,
}
