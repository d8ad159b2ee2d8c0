"""The rows of a calendar in an ICS file: its events, each on every day that it repeats."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar, Event, vRecur

from planning.calendar_rows import Row, UnreadableCalendarError, meaning
from rubric.rows import GUESSED

MOST_REPEATS = 100
"""So often an event may repeat: more than the weeks of two school years."""
OF_DAYS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
"""What an event may repeat by; the others are parts of a day."""


def events_of(path: Path, zone: ZoneInfo) -> tuple[list[Row], tuple[str, ...]]:
    """The events in the file at `path` at a school in `zone`, and sentences about how the file was read.

    Raises UnreadableCalendarError.
    """
    try:
        text, notes = _text(path)
        events = [event for one in Calendar.from_ical(text, multiple=True) for event in one.walk("VEVENT")]
    except OSError as error:
        raise UnreadableCalendarError(f"{path}: the file cannot be read ({error.strerror or error}).") from error
    except (ValueError, IndexError) as error:
        raise UnreadableCalendarError(f"{path}: this is no calendar file (ICS).") from error
    every = [event for event in events if isinstance(event, Event)]
    moved: dict[str, list[Any]] = {}
    for event in every:
        if "RECURRENCE-ID" in event:
            moved.setdefault(str(event.get("UID")), []).append(event.get("RECURRENCE-ID"))
    return [
        row
        for number, event in enumerate(every, 1)
        for row in _event(number, event, zone, [] if "RECURRENCE-ID" in event else moved.get(str(event.get("UID")), []))
    ], notes


def _text(path: Path) -> tuple[str, tuple[str, ...]]:
    content = path.read_bytes()
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), (GUESSED.format(path.name),)


def _event(number: int, event: Event, zone: ZoneInfo, moved: Sequence[Any]) -> list[Row]:
    """The rows of an event; those of its occurrences that were `moved` stand in the file as events of their own."""
    name, category = " ".join(str(event.get("SUMMARY", "")).split()), ""
    try:
        category = " ".join(event.categories)
        if str(event.get("STATUS", "")).strip().upper() == "CANCELLED":
            return [Row(number, name, category, left_out="is cancelled.")]
        start, end = event.start, event.end
        if meaning(category, name) is None:
            # However often it repeats, it is left out.
            return [Row(number, name, category, _local(start, zone))]
        starts = _starts(event, start, zone, moved)
    except Exception:
        # The library names its many complaints in its own terms; what matters is which event it is, and what to mend.
        return [Row(number, name, category, problem=_wrong(event))]
    if len(starts) > MOST_REPEATS:
        problem = f"it repeats more than {MOST_REPEATS} times; let it end, or write each of its days as an entry."
        return [Row(number, name, category, problem=problem)]
    if not starts and moved:
        return [Row(number, name, category, left_out="is moved on each of its days.")]
    if not starts:
        return [Row(number, name, category, problem="it repeats on no day at all.")]
    if _wall(end) < _wall(start):
        return [Row(number, name, category, problem="it ends before it begins.")]
    first = _local(start, zone)
    # The end of an event is the moment, or the day, after it (RFC 5545, 3.6.1).
    before = end - timedelta(microseconds=1) if isinstance(end, datetime) else end - timedelta(days=1)
    lasts = max(first, _local(before, zone)) - first
    note, timed = _unknown_zone(event), isinstance(start, datetime)
    return [Row(number, name, category, day, day + lasts, note=note, timed=timed) for day in starts]


def _unknown_zone(event: Event) -> str:
    """A sentence on a time in a zone that is neither known nor described in the file, or nothing."""
    said = [one for name in ("DTSTART", "DTEND", "RDATE", "EXDATE") for one in _several(event.get(name))]
    zones = {
        str(one.params["TZID"]): None
        for one in said
        for when in getattr(one, "dts", [one])
        if "TZID" in one.params and isinstance(when.dt, datetime) and when.dt.tzinfo is None
    }
    listed = " and ".join(f"“{zone[:40]}”" for zone in zones)
    return f"the time zone {listed} is not known, so that its times are read as the school's own." if zones else ""


def _wrong(event: Event) -> str:
    if "DTSTART" not in event:
        return "it has no day (DTSTART)."
    said = ", ".join(f"{name} “{str(event.get(name))[:40]}”" for name, _ in event.errors if name in event)
    return f"its days cannot be read{f' ({said})' if said else ''}. Mend it in the calendar that the file came from."


def _starts(event: Event, start: date | datetime, zone: ZoneInfo, moved: Sequence[Any]) -> list[date]:
    """The local dates on which an event begins, one too many at the most where it repeats without an end (RFC 5545,
    3.8.5): its rules and added days, without those that are taken out or `moved` (3.8.4.4)."""
    rules, added, taken_out = (_several(event.get(name)) for name in ("RRULE", "RDATE", "EXDATE"))
    if any("RANGE" in one.params for one in moved):
        raise ValueError(moved)
    if not rules and not added and not moved:
        return [_local(start, zone)]
    naive = _wall(start)
    repeats = rruleset(cache=False)
    repeats.rdate(naive)
    for rule in rules:
        if rule["FREQ"][0] not in OF_DAYS or min(rule.get("INTERVAL", [1])) < 1:
            raise ValueError(rule)
        # An end in UTC is read on the clock of the start, as everything else is.
        if until := rule.get("UNTIL"):
            rule = vRecur({**rule, "UNTIL": [_wall(one, start) for one in until]})
        repeats.rrule(rrulestr(rule.to_ical().decode(), dtstart=naive))
    for several, keep in ((added, repeats.rdate), (taken_out, repeats.exdate)):
        for one in several:
            for when in one.dts:
                keep(_wall(when.dt, start))
    for one in moved:
        repeats.exdate(_wall(one.dt, start))
    found = islice(repeats, MOST_REPEATS + 1)
    zoned = start.tzinfo if isinstance(start, datetime) else None
    return [_local(one.replace(tzinfo=zoned) if zoned else one, zone) for one in found]


def _several(said: Any) -> list[Any]:
    return [] if said is None else said if isinstance(said, list) else [said]


def _wall(when: date | datetime, start: date | datetime | None = None) -> datetime:
    """`when` as the clock shows it where the event `start`s; a day is its midnight."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time.max if start is not None and isinstance(start, datetime) else time())
    zoned = start.tzinfo if isinstance(start, datetime) else None
    return (when.astimezone(zoned) if when.tzinfo and zoned else when).replace(tzinfo=None)


def _local(when: date | datetime, zone: ZoneInfo) -> date:
    if isinstance(when, datetime):
        return (when.astimezone(zone) if when.tzinfo else when).date()
    return when
