"""The plan's due dates in a calendar."""

from datetime import date, timedelta

from icalendar import Calendar

from bot.documents.forms import Form, made
from planning.plan import Status
from tests.bot.documents.plans import AT, NAMES, a_document, believable


def test_every_action_is_a_whole_day_in_the_calendar_under_an_id_that_stays() -> None:
    *events, _check_in = Calendar.from_ical(made(a_document(), Form.ICS)).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [date(2027, 1, 29), date(2027, 2, 12)]
    assert [event.decoded("dtend") for event in events] == [date(2027, 1, 30), date(2027, 2, 13)]
    assert [str(event["uid"]) for event in events] == ["a1@levers", "a2@levers"]
    assert {event.decoded("dtstamp") for event in events} == {AT}


def test_a_dropped_action_is_cancelled_in_the_calendar() -> None:
    *events, _check_in = Calendar.from_ical(made(a_document(status=Status.DROPPED), Form.ICS)).walk("VEVENT")
    assert [str(event["status"]) for event in events] == ["CANCELLED", "CONFIRMED"]


def test_a_check_in_day_is_a_moment_in_the_calendar_that_names_nobody() -> None:
    *_due, check_in = Calendar.from_ical(made(a_document(), Form.ICS)).walk("VEVENT")
    assert check_in.decoded("dtstart") == AT + timedelta(days=7)
    assert check_in.decoded("dtend") - check_in.decoded("dtstart") == timedelta(minutes=15)
    assert str(check_in["uid"]) == "check-in-plan1-2026-12-09@levers"
    assert "2 actions under Cognitive Lift" in str(check_in["description"])
    assert not any(name in str(check_in) for name in NAMES.values())


def test_the_calendar_has_one_event_an_action() -> None:
    assert len(Calendar.from_ical(made(believable(), Form.ICS)).walk("VEVENT")) == 8
