"""The plan's due dates for a calendar (ICS), with the same bytes for the same data."""

from collections.abc import Iterator
from datetime import timedelta

from icalendar import Calendar, Event

from bot.documents.content import ActionLine, PlanDocument, PriorityPart
from bot.documents.wording import words


def ics(document: PlanDocument) -> bytes:
    """A calendar with each action's due date as a whole day, under an id that stays when it is exported again.

    A day ends before its DTEND, which is the next one (RFC 5545, 3.6.1).
    """
    say = words()
    calendar = Calendar()
    calendar.add("prodid", "-//Levers//Action plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{say['title']}: {document.school}")
    calendar.add("x-wr-caldesc", say["trust"])
    for part in document.priorities:
        for line in part.actions:
            event = Event()
            event.add("uid", f"{line.id}@levers")
            event.add("dtstamp", document.committed_at)
            event.add("dtstart", line.due)
            event.add("dtend", line.due + timedelta(days=1))
            event.add("summary", f"{say['due']}: {line.text}")
            event.add("description", "\n".join(_about(document, part, line)))
            event.add("status", "CANCELLED" if line.dropped else "CONFIRMED")
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _about(document: PlanDocument, part: PriorityPart, line: ActionLine) -> Iterator[str]:
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
