"""The windows of a school's calendar and of a person's own hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.fitting import pages
from bot.views.parts import (
    actions,
    button,
    context,
    date_input,
    field,
    menu,
    modal,
    section,
    select,
    text_input,
    time_input,
)
from planning.calendar import SchoolCalendar
from planning.hours import PersonTime
from planning.school_days import DayKind, Days, entries


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """A school's calendar, under the name that people know it by."""

    school: str
    name: str
    calendar: SchoolCalendar


def calendar(of: CalendarOf, page: int = 1) -> View:
    """A school's calendar with every entry, soonest first, over as many pages as it needs."""
    known = of.calendar
    top = [
        *section(
            say(
                "calendar.about",
                school=of.name,
                zone=known.zone,
                staff_from=known.staff_from,
                staff_until=known.staff_until,
                day_ends=known.day_ends,
                country=known.country,
                state=known.state,
            )
        ),
        actions(
            button(say_plain("calendar.add"), "calendar.add", of.school, style="primary"),
            button(say_plain("calendar.hours"), "calendar.hours", of.school),
        ),
        *context(say("calendar.note")),
    ]
    every = entries(known)
    body = [block for one in every for block in _entry(of.school, one)] or section(say("calendar.none"))
    return pages("calendar", say_plain("calendar.title"), body, page, ("calendar.page", of.school), top)


def _entry(school: str, one: Days) -> list[Block]:
    choices = menu(
        "calendar.more",
        [
            (say_plain("calendar.change"), f"change/{school}/{one.mark}"),
            (say_plain("calendar.remove"), f"remove/{school}/{one.mark}"),
        ],
    )
    return section(say(f"calendar.{one.kind.value}", called=one.name, first=one.first, last=one.last), choices)


def days(school: str, known: Days | None = None, first: date | None = None) -> View:
    """Enter days, or change those that are `known`."""
    kinds = [(say_plain(f"calendar.days_{kind.value}"), kind.value) for kind in DayKind]
    kind = known.kind if known else DayKind.CLOSED
    blocks = [
        field("kind", say_plain("calendar.days_kind"), select("kind", kinds, kind.value)),
        field("first", say_plain("calendar.days_first"), date_input("first", known.first if known else first)),
        field(
            "last",
            say_plain("calendar.days_last"),
            date_input("last", known.last if known else None),
            hint=say_plain("calendar.days_last_hint"),
            optional=True,
        ),
        field(
            "name",
            say_plain("calendar.days_name"),
            text_input("name", known.name if known else ""),
            hint=say_plain("calendar.days_name_hint"),
            optional=True,
        ),
    ]
    about = {"school": school, "mark": known.mark if known else ""}
    return modal("days", say_plain("calendar.days_title"), blocks, submit=say_plain("calendar.save"), about=about)


def hours(of: CalendarOf) -> View:
    """Change a school's hours, and the place of its public holidays."""
    known = of.calendar
    at: Sequence[tuple[str, time]] = (
        ("staff_from", known.staff_from),
        ("day_ends", known.day_ends),
        ("staff_until", known.staff_until),
    )
    blocks = [field(name, say_plain(f"calendar.{name}"), time_input(name, chosen)) for name, chosen in at]
    blocks += [
        field(
            "country",
            say_plain("calendar.country"),
            text_input("country", known.country),
            hint=say_plain("calendar.country_hint"),
        ),
        field(
            "state",
            say_plain("calendar.state"),
            text_input("state", known.state),
            hint=say_plain("calendar.state_hint"),
            optional=True,
        ),
    ]
    title, submit = say_plain("calendar.hours_title"), say_plain("calendar.save")
    return modal("hours", title, blocks, submit=submit, about={"school": of.school})


def own_hours(own: PersonTime, zone: str) -> View:
    """A person's own hours; `zone` is what their clock shows."""
    blocks = [
        *section(say("calendar.own_about", zone=own.zone or zone)),
        field(
            "ask_at",
            say_plain("calendar.ask_at"),
            time_input("ask_at", own.ask_at),
            hint=say_plain("calendar.ask_at_hint"),
            optional=True,
        ),
        field("quiet_from", say_plain("calendar.quiet_from"), time_input("quiet_from", own.quiet_from)),
        field("quiet_until", say_plain("calendar.quiet_until"), time_input("quiet_until", own.quiet_until)),
    ]
    return modal("own_hours", say_plain("calendar.own_title"), blocks, submit=say_plain("calendar.save"))
