"""Sessions, as whole values: loaded with their people and shortlist, saved by what changed."""

from collections import defaultdict
from datetime import timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from planning.pace import Pace, Timer
from planning.phases import Phase
from planning.remarks import Deed, Remark
from planning.session import Concern, Listed, Rules, Session, SessionNotFoundError, SetAside, State
from rubric.rubric import IndicatorId
from storage.lasting import Lasting
from storage.people import hold_with_viewer
from storage.session_rows import LISTS, session_row
from storage.statements import as_lists, rows_of
from storage.tables.base import new_id
from storage.tables.reviews import schools
from storage.tables.sessions import concerns, participants, remarks, sessions, shortlist
from storage.view import View

_GOING_ON = select(sessions).where(
    sessions.c.workspace == bindparam("workspace"),
    sessions.c.school_id == bindparam("school"),
    sessions.c.state.in_((State.OPEN.value, State.PAUSED.value)),
)

_KNOWN: Lasting[tuple[str, str, str], Session] = Lasting(100)
"""Sessions by workspace, id and mark."""


class Sessions:
    """The sessions of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._kept: dict[str, Session] = {}

    def load(self, session: str, seen_by: str | None = None) -> Session:
        """The session, held until the end of a writing transaction. Raises SessionNotFoundError.

        What makes `seen_by` a viewer of its school is read with it, in the same journey.
        """
        rows = hold_with_viewer(self._view, rows_of(sessions, ("id",), ""), seen_by, id=session)
        if not rows:
            raise SessionNotFoundError
        return self._session(rows[0])

    def open_at(self, school: str) -> Session | None:
        """The school's open or paused session; a writing transaction holds the school, so none starts beside it."""
        self._view.hold_row(schools, school)
        rows = self._view.ask(_GOING_ON, school=school)
        return self._session(rows[0]) if rows else None

    def add(self, session: Session) -> None:
        """Keep a new session."""
        self._view.insert(sessions, {**session_row(session), "mark": new_id()})
        for table, its_rows in LISTS.items():
            self._view.insert(table, *({"session_id": session.id, **row} for row in its_rows(session)))
        self._kept[session.id] = session

    def save(self, session: Session) -> None:
        """Bring the session, its people and its shortlist up to date, as far as they are not as they were loaded."""
        before = self._kept.get(session.id)
        if session == before:
            return
        self._view.upsert(sessions, {**session_row(session), "mark": new_id()})
        for table, its_rows in LISTS.items():
            owner = {"session_id": session.id}
            if before is None:
                self._view.replace_rows(table, owner, its_rows(session))
            else:
                self._view.change_rows(table, owner, its_rows(before), its_rows(session))
        self._kept[session.id] = session

    def remark(self, session: Session, remark: Remark) -> None:
        """Keep what somebody did."""
        row = {"id": new_id(), "session_id": session.id, "step": remark.step, "deed": remark.deed.value}
        row |= {"person": remark.who, "about": remark.about, "why": remark.why, "at": remark.at}
        self._view.insert(remarks, row)

    def remarks(self, session: Session, step: int) -> tuple[Remark, ...]:
        """What people did in one step of the session, the earliest first."""
        rows = self._view.rows(remarks, session_id=session.id, step=step, order="at, id")
        return tuple(Remark(row.step, Deed(row.deed), row.person, row.about, row.why, row.at) for row in rows)

    def _session(self, row: Any) -> Session:
        # One that is older than its marks is read each time.
        read = partial(self._read, row)
        session = _KNOWN.get((self._view.workspace, row.id, row.mark), read) if row.mark else read()
        self._kept[session.id] = session
        return session

    def _read(self, row: Any) -> Session:
        # Not joined to the row above: whoever waited until they could hold it must read these after that.
        (found,) = self._view.ask(_parts(self._view.dialect), session=row.id)
        here, entries, weighed = (sorted(part or (), key=lambda one: one[0]) for part in found)
        by_standing: defaultdict[str, list[Any]] = defaultdict(list)
        for _, standing, domain, name, *said in entries:
            by_standing[standing].append((IndicatorId(domain, name), *said))
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
            here=tuple(person for _, person, _ in here),
            excused=tuple(person for _, person, excused in here if excused),
            guests=tuple(row.guests),
            shortlist=tuple(
                Listed(indicator, level, tuple(reasons), why)
                for indicator, level, reasons, why, _ in by_standing["listed"]
            ),
            removed=tuple(_aside(*entry) for entry in by_standing["removed"]),
            deferred=tuple(_aside(*entry) for entry in by_standing["deferred"]),
            concerns=tuple(Concern(id, IndicatorId(domain, name), *said) for _, id, domain, name, *said in weighed),
            round=row.round,
            runoff=tuple(IndicatorId(domain, name) for domain, name in row.runoff),
            advises=row.advises,
            off_table=row.off_table,
            settled_by=row.settled_by,
            cancelled_because=row.cancelled_because,
        )


@cache
def _parts(dialect: str) -> Select[Any]:
    """Who is here, the shortlist and the concerns of a session: each one list of lists, which begin with the place."""
    reasons: ColumnElement[Any] = shortlist.c.reasons
    if dialect == "sqlite":
        # It keeps JSON as text, which would stand in the list as a string.
        reasons = func.json(reasons)
    here, entry, concern = participants.c, shortlist.c, concerns.c
    of = {
        participants: (here.place, here.person, here.excused),
        shortlist: (
            *(entry.place, entry.standing, entry.domain, entry.indicator, entry.level),
            *(reasons, entry.why, entry.why_added),
        ),
        concerns: (concern.place, concern.id, concern.domain, concern.indicator, concern.text, concern.person),
    }
    lists = (
        select(as_lists(dialect, *columns))
        .where(table.c.workspace == bindparam("workspace"), table.c.session_id == bindparam("session"))
        .scalar_subquery()
        for table, columns in of.items()
    )
    return select(*lists)


def _timer(row: Any) -> Timer | None:
    if row.ends_at is None and row.seconds_left is None:
        return None
    return Timer(row.ends_at, None if row.seconds_left is None else timedelta(seconds=row.seconds_left))


def _aside(indicator: IndicatorId, level: str, _reasons: list[str], why: str, why_added: str) -> SetAside:
    return SetAside(indicator, level, why, why_added)
