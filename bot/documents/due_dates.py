"""The plan's due dates and check-in days for a calendar (ICS), with the same bytes for the same data."""

from collections.abc import Iterator
from datetime import timedelta

from icalendar import Calendar, Event

from bot.documents.content import Document
from bot.documents.plan_part import ActionLine, CheckInDay, PlanPart, PriorityPart
from bot.documents.wording import words
from planning.plan import NoPlanError

CHECK_IN_LASTS = timedelta(minutes=15)


def ics(document: Document) -> bytes:
    """A calendar with each action's due date as a whole day and each check-in day's moment, under ids that stay.

    A day ends before its DTEND, which is the next one (RFC 5545, 3.6.1); moments are in UTC, which needs no time zone
    in the file. Raises NoPlanError where there is no plan.
    """
    plan, say = document.plan, words()
    if plan is None:
        raise NoPlanError
    calendar = Calendar()
    calendar.add("prodid", "-//Levers//Action plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{say['title']}: {document.school}")
    calendar.add("x-wr-caldesc", say["trust"])
    for part in plan.priorities:
        for line in part.actions:
            calendar.add_component(_due(document, plan, part, line))
    for check_in in plan.check_ins:
        calendar.add_component(_check_in(document, plan, check_in))
    return bytes(calendar.to_ical())


def _due(document: Document, plan: PlanPart, part: PriorityPart, line: ActionLine) -> Event:
    event = Event()
    event.add("uid", f"{line.id}@levers")
    event.add("dtstamp", plan.committed_at)
    event.add("dtstart", line.due)
    event.add("dtend", line.due + timedelta(days=1))
    event.add("summary", f"{words()['due']}: {line.text}")
    event.add("description", "\n".join(_about(document, part, line)))
    event.add("status", "CANCELLED" if line.dropped else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _check_in(document: Document, plan: PlanPart, check_in: CheckInDay) -> Event:
    event = Event()
    event.add("uid", f"check-in-{plan.id}-{check_in.day.isoformat()}@levers")
    event.add("dtstamp", plan.committed_at)
    event.add("dtstart", check_in.at)
    event.add("dtend", check_in.at + CHECK_IN_LASTS)
    event.add("summary", f"{words()['check_in']} {document.school}")
    event.add("description", "\n".join((*check_in.about, words()["check_in_about"])))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _about(document: Document, part: PriorityPart, line: ActionLine) -> Iterator[str]:
    say = words()
    yield f"{say['priority']}: {part.indicator}"
    if part.goal:
        yield f"{say['goal']}: {part.goal}"
    if line.owner:
        people = [line.owner, *line.supporters]
        yield f"{say['owner']}: {people[0]}" + (f" ({say['with']} {', '.join(people[1:])})" if people[1:] else "")
    if line.shown_by:
        yield f"{say['shown_by']}: {line.shown_by}"
    if line.resources:
        yield f"{say['resources']}: {line.resources}"
    yield document.school
