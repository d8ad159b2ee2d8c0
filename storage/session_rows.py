"""A session as the rows that it is kept in."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table

from planning.session import Session
from storage.tables.sessions import concerns, participants, shortlist

Row = Mapping[str, Any]


def session_row(session: Session) -> Row:
    """What the session's own row holds."""
    rules, timer = session.rules, session.timer
    return {
        "id": session.id,
        "school_id": session.school,
        "review_id": session.review,
        "channel": session.channel,
        "facilitator": session.facilitator,
        "opened_at": session.opened_at,
        "phase": session.phase.value,
        "step": session.step,
        "state": session.state.value,
        "round": session.round,
        "shortlist_size": rules.shortlist,
        "dots": rules.dots,
        "cap": rules.cap,
        "priorities": rules.priorities,
        "everyone_votes": rules.everyone_votes,
        "advises": session.advises,
        "off_table": session.off_table,
        "settled_by": session.settled_by,
        "guests": list(session.guests),
        "cofacilitators": list(session.cofacilitators),
        "pace": rules.pace.value,
        "ends_at": timer.ends_at if timer else None,
        "seconds_left": round(timer.left.total_seconds()) if timer and timer.left is not None else None,
        "runoff": [[one.domain, one.name] for one in session.runoff],
        "cancelled_because": session.cancelled_because,
    }


def _here(session: Session) -> list[Row]:
    excused = session.excused
    return [
        {"place": place, "person": person, "excused": person in excused} for place, person in enumerate(session.here)
    ]


def _entries(session: Session) -> list[Row]:
    entries = [("listed", e.indicator, e.level, e.reasons, e.why_added, "") for e in session.shortlist]
    entries += [("removed", e.indicator, e.level, (), e.reason, e.why_added) for e in session.removed]
    entries += [("deferred", e.indicator, e.level, (), e.reason, "") for e in session.deferred]
    return [
        {
            "place": place,
            "standing": standing,
            "domain": indicator.domain,
            "indicator": indicator.name,
            "level": level,
            "reasons": list(reasons),
            "why": why,
            "why_added": why_added,
        }
        for place, (standing, indicator, level, reasons, why, why_added) in enumerate(entries)
    ]


def _concerns(session: Session) -> list[Row]:
    return [
        {
            "place": place,
            "id": concern.id,
            "domain": concern.indicator.domain,
            "indicator": concern.indicator.name,
            "text": concern.text,
            "person": concern.person,
        }
        for place, concern in enumerate(session.concerns)
    ]


LISTS: Mapping[Table, Callable[[Session], list[Row]]] = {
    participants: _here,
    shortlist: _entries,
    concerns: _concerns,
}
"""The tables that belong to a session, and what they hold of it."""
