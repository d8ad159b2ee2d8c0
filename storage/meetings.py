"""Sessions, as whole values: loaded with their people and shortlist, saved by what changed."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from planning.pace import Pace, Timer
from planning.phases import Phase
from planning.remarks import Deed, Remark
from planning.session import Concern, Listed, Rules, Session, SessionNotFoundError, SetAside, State
from rubric.rubric import IndicatorId
from storage.tables.base import new_id
from storage.tables.reviews import schools
from storage.tables.sessions import concerns, participants, remarks, sessions, shortlist
from storage.view import View


class Sessions:
    """The sessions of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def load(self, session: str) -> Session:
        """The session, held until the end of a writing transaction. Raises SessionNotFoundError."""
        rows = self._view.rows(sessions, id=session, held=True)
        if not rows:
            raise SessionNotFoundError
        return self._session(rows[0])

    def open_at(self, school: str) -> Session | None:
        """The school's open or paused session; a writing transaction holds the school, so none starts beside it."""
        conn, workspace = self._view.conn, self._view.workspace
        conn.execute(
            self._view.held(select(schools.c.id).where(schools.c.workspace == workspace, schools.c.id == school))
        )
        going_on = sessions.c.state.in_((State.OPEN.value, State.PAUSED.value))
        row = conn.execute(select(sessions).where(self._mine(), sessions.c.school_id == school, going_on)).one_or_none()
        return None if row is None else self._session(row)

    def add(self, session: Session) -> None:
        """Keep a new session."""
        self.save(session)

    def save(self, session: Session) -> None:
        """Bring the session, its people and its shortlist up to date."""
        rules = session.rules
        self._view.upsert(
            sessions,
            {
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
                "ends_at": session.timer.ends_at if session.timer else None,
                "seconds_left": _seconds(session.timer),
                "runoff": [[one.domain, one.name] for one in session.runoff],
                "cancelled_because": session.cancelled_because,
            },
        )
        owner = {"session_id": session.id}
        present = (
            {"person": person, "place": place, "excused": person in session.excused}
            for place, person in enumerate(session.here)
        )
        self._view.replace_rows(participants, owner, present)
        entries = [_row(e.indicator, e.level, "listed", e.reasons, e.why_added) for e in session.shortlist]
        entries += [_row(e.indicator, e.level, "removed", (), e.reason, e.why_added) for e in session.removed]
        entries += [_row(e.indicator, e.level, "deferred", (), e.reason) for e in session.deferred]
        self._view.replace_rows(shortlist, owner, ({**row, "place": place} for place, row in enumerate(entries)))
        self._view.replace_rows(concerns, owner, (_concern_row(place, c) for place, c in enumerate(session.concerns)))

    def remark(self, session: Session, remark: Remark) -> None:
        """Keep what somebody did."""
        row = {"id": new_id(), "session_id": session.id, "step": remark.step, "deed": remark.deed.value}
        row |= {"person": remark.who, "about": remark.about, "why": remark.why, "at": remark.at}
        self._view.conn.execute(insert(remarks).values({"workspace": self._view.workspace, **row}))

    def remarks(self, session: Session, step: int) -> tuple[Remark, ...]:
        """What people did in one step of the session, the earliest first."""
        query = select(remarks).where(remarks.c.workspace == self._view.workspace, remarks.c.session_id == session.id)
        rows = self._view.conn.execute(query.where(remarks.c.step == step).order_by(remarks.c.at, remarks.c.id))
        return tuple(Remark(row.step, Deed(row.deed), row.person, row.about, row.why, row.at) for row in rows)

    def _mine(self) -> Any:
        return sessions.c.workspace == self._view.workspace

    def _session(self, row: Any) -> Session:
        here, entries, weighed = (
            self._view.rows(table, session_id=row.id, order="place") for table in (participants, shortlist, concerns)
        )
        by_standing: defaultdict[str, list[Any]] = defaultdict(list)
        for entry in entries:
            by_standing[entry.standing].append(entry)
        return Session(
            id=row.id,
            school=row.school_id,
            review=row.review_id,
            channel=row.channel,
            facilitator=row.facilitator,
            opened_at=row.opened_at,
            phase=Phase(row.phase),
            step=row.step,
            state=State(row.state),
            rules=Rules(row.shortlist_size, row.dots, row.cap, row.priorities, row.everyone_votes, Pace(row.pace)),
            cofacilitators=tuple(row.cofacilitators),
            timer=_timer(row),
            here=tuple(one.person for one in here),
            excused=tuple(one.person for one in here if one.excused),
            guests=tuple(row.guests),
            shortlist=tuple(
                Listed(IndicatorId(e.domain, e.indicator), e.level, tuple(e.reasons), e.why)
                for e in by_standing["listed"]
            ),
            removed=tuple(_aside(e) for e in by_standing["removed"]),
            deferred=tuple(_aside(e) for e in by_standing["deferred"]),
            concerns=tuple(Concern(c.id, IndicatorId(c.domain, c.indicator), c.text, c.person) for c in weighed),
            round=row.round,
            runoff=tuple(IndicatorId(domain, name) for domain, name in row.runoff),
            advises=row.advises,
            off_table=row.off_table,
            settled_by=row.settled_by,
            cancelled_because=row.cancelled_because,
        )


def _timer(row: Any) -> Timer | None:
    if row.ends_at is None and row.seconds_left is None:
        return None
    return Timer(row.ends_at, None if row.seconds_left is None else timedelta(seconds=row.seconds_left))


def _seconds(timer: Timer | None) -> int | None:
    return None if timer is None or timer.left is None else round(timer.left.total_seconds())


def _concern_row(place: int, concern: Concern) -> dict[str, Any]:
    indicator = concern.indicator
    return {
        "id": concern.id,
        "place": place,
        "domain": indicator.domain,
        "indicator": indicator.name,
        "text": concern.text,
        "person": concern.person,
    }


def _row(
    indicator: IndicatorId, level: str, standing: str, reasons: tuple[str, ...], why: str, why_added: str = ""
) -> dict[str, Any]:
    return {
        "domain": indicator.domain,
        "indicator": indicator.name,
        "level": level,
        "standing": standing,
        "reasons": list(reasons),
        "why": why,
        "why_added": why_added,
    }


def _aside(entry: Any) -> SetAside:
    return SetAside(IndicatorId(entry.domain, entry.indicator), entry.level, entry.why, entry.why_added)
