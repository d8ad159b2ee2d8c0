"""What a portfolio says of the few schools that it shows: one query for each kind of detail, whatever their number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, and_, case, func, literal, select, tuple_

from planning.calendar import SchoolCalendar
from planning.comments import Comment
from planning.plan import Status
from storage.action_states import OPEN, overdue
from storage.comments import comment_of
from storage.places import calendar_of
from storage.tables.following import session_days
from storage.tables.people import calendars, school_days
from storage.tables.plans import actions, comments, priorities
from storage.tables.reviews import reviews, schools
from storage.tables.sessions import sessions

Key = tuple[str, str]
"""A workspace and an id in it."""
AT_ONCE = 500
"""So many are asked for in one query: a database takes only so many values."""


@dataclass(frozen=True, slots=True)
class Today:
    """The local date of schools that name no zone, and the one in each zone that is named."""

    default: date
    zones: Mapping[str, date]

    def at_school(self) -> ColumnElement[date]:
        """The school's own date, where a query has schools in it."""
        differs = [(schools.c.time_zone == zone, literal(day, Date)) for zone, day in self.zones.items()]
        differs = [one for one, day in zip(differs, self.zones.values(), strict=True) if day != self.default]
        return case(*differs, else_=literal(self.default, Date)) if differs else literal(self.default, Date)


def late(today: Today) -> ColumnElement[int]:
    """1 for an action that is overdue, else 0."""
    return case((overdue(today.at_school()), 1), else_=0)


def open_still() -> ColumnElement[int]:
    """1 for an action about which there is still something to do, else 0."""
    return case((OPEN, 1), else_=0)


@dataclass
class Stands:
    """How the actions of one plan stand."""

    counts: dict[Status, int] = field(default_factory=dict)
    overdue: int = 0
    last_update: datetime | None = None


@dataclass(frozen=True)
class Details:
    """The details of `of` some schools and of the sessions whose plans they have, over `conn`."""

    conn: Connection
    of: Sequence[Key]
    planned: Sequence[Key]

    def reviewed(self) -> Mapping[Key, tuple[date | None, date | None]]:
        """The dates of each school's newest review, and of the newest that is released."""
        released = func.max(case((reviews.c.released_at.is_not(None), reviews.c.date)))
        theirs = (reviews.c.workspace, reviews.c.school_id)
        found: dict[Key, tuple[date | None, date | None]] = {}
        for some in _parts(self.of):
            query = select(*theirs, func.max(reviews.c.date), released).group_by(*theirs)
            rows = self.conn.execute(query.where(tuple_(*theirs).in_(some), reviews.c.replaced_at.is_(None)))
            found |= {(workspace, school): (newest, shown) for workspace, school, newest, shown in rows}
        return found

    def standing(self, today: Today) -> Mapping[Key, Stands]:
        """How the actions of each plan stand, by its session."""
        theirs = (actions.c.workspace, actions.c.session_id)
        found: defaultdict[Key, Stands] = defaultdict(Stands)
        of_session = and_(sessions.c.workspace == actions.c.workspace, sessions.c.id == actions.c.session_id)
        of_school = and_(schools.c.workspace == sessions.c.workspace, schools.c.id == sessions.c.school_id)
        for some in _parts(self.planned):
            last = func.max(actions.c.updated_at)
            query = (
                select(*theirs, actions.c.status, func.count(), func.sum(late(today)), last)
                .join(sessions, of_session)
                .join(schools, of_school)
                .where(tuple_(*theirs).in_(some), actions.c.taken_out.is_(False))
                .group_by(*theirs, actions.c.status)
            )
            for workspace, session, status, count, past_due, updated in self.conn.execute(query):
                stands = found[workspace, session]
                stands.counts[Status(status)] = count
                stands.overdue += past_due
                stands.last_update = max(filter(None, (stands.last_update, updated)), default=None)
        return found

    def priorities(self) -> Mapping[Key, Sequence[Any]]:
        """The priorities of each plan, in their order, by its session."""
        return self._grouped(priorities, "session_id", self.planned, "place")

    def comments(self) -> Mapping[Key, Sequence[Comment]]:
        """What was said about the actions of each plan, the newest first, by its session."""
        of_action = and_(actions.c.workspace == comments.c.workspace, actions.c.id == comments.c.action_id)
        found: defaultdict[Key, list[Comment]] = defaultdict(list)
        for some in _parts(self.planned):
            query = select(comments, actions.c.session_id).join(actions, of_action)
            query = query.where(tuple_(actions.c.workspace, actions.c.session_id).in_(some))
            for row in self.conn.execute(query.order_by(comments.c.at.desc(), comments.c.id)):
                found[row.workspace, row.session_id].append(comment_of(row))
        return found

    def calendars(self, zones: Mapping[Key, str]) -> Mapping[Key, SchoolCalendar]:
        """The calendar of each school, in its zone."""
        days = self._grouped(school_days, "school_id", self.of, "first")
        hours = self._grouped(calendars, "school_id", self.of, "school_id")
        return {
            at: calendar_of(zone, days.get(at, ()), next(iter(hours.get(at, ())), None)) for at, zone in zones.items()
        }

    def session_days(self) -> Mapping[Key, date]:
        """The day of each school's next session, where it is set."""
        found = self._grouped(session_days, "school_id", self.of, "day")
        return {at: rows[0].day for at, rows in found.items()}

    def _grouped(self, table: Any, column: str, at: Sequence[Key], order: str) -> Mapping[Key, Sequence[Any]]:
        found: defaultdict[Key, list[Any]] = defaultdict(list)
        for some in _parts(at):
            wanted = tuple_(table.c.workspace, table.c[column]).in_(some)
            for row in self.conn.execute(select(table).where(wanted).order_by(table.c[order])):
                found[row.workspace, getattr(row, column)].append(row)
        return found


def _parts(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]
