"""The plan's due dates in a calendar."""

from datetime import date

from icalendar import Calendar

from bot.documents.forms import Form, made
from planning.plan import Status
from tests.bot.documents.plans import AT, a_document, believable


def test_every_action_is_a_whole_day_in_the_calendar_under_an_id_that_stays() -> None:
    events = list(Calendar.from_ical(made(a_document(), Form.ICS)).walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [date(2027, 1, 29), date(2027, 2, 12)]
    assert [event.decoded("dtend") for event in events] == [date(2027, 1, 30), date(2027, 2, 13)]
    assert [str(event["uid"]) for event in events] == ["a1@levers", "a2@levers"]
    assert {event.decoded("dtstamp") for event in events} == {AT}


def test_a_dropped_action_is_cancelled_in_the_calendar() -> None:
    events = Calendar.from_ical(made(a_document(status=Status.DROPPED), Form.ICS)).walk("VEVENT")
    assert [str(event["status"]) for event in events] == ["CANCELLED", "CONFIRMED"]


def test_the_calendar_has_one_event_an_action() -> None:
    assert len(Calendar.from_ical(made(believable(), Form.ICS)).walk("VEVENT")) == 8
