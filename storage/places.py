"""Schools and reviews as planning sees them: with their channel, their calendar and their rubric."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from planning.calendar import SchoolCalendar
from planning.ledger import ReviewHere, ReviewToChoose, SchoolHere
from planning.school_days import DayKind, Days, entries, with_entries
from rubric.comparing import carried
from rubric.rubric import IndicatorId, Rubric
from storage.people import VACANT, hold_with_viewer
from storage.reviews import (
    StoredReview,
    latest_with_earlier,
    load_review,
    load_with_earlier,
    release,
    reviews_of,
    rubric_of,
)
from storage.rubrics import load_rubric
from storage.tables.people import administrators, calendars, channels, members, roles, school_days
from storage.tables.reviews import schools
from storage.view import View

_HOURS = ("country", "state", "day_ends", "staff_from", "staff_until")
# By another name, so that a statement inside of these is about all channels.
_its = channels.alias("its_channel")
_HERE = select(schools.c.id, schools.c.code, schools.c.name, schools.c.time_zone, _its.c.channel).outerjoin(
    _its, and_(_its.c.workspace == schools.c.workspace, _its.c.school_id == schools.c.id)
)
_BY_CHANNEL = _HERE.where(schools.c.workspace == bindparam("workspace"), _its.c.channel == bindparam("channel"))
_with_role = select(roles.c.school_id).where(
    roles.c.workspace == bindparam("workspace"), roles.c.person == bindparam("person")
)
_in_team = (
    select(channels.c.school_id)
    .join(members, and_(members.c.workspace == channels.c.workspace, members.c.channel == channels.c.channel))
    .where(members.c.workspace == bindparam("workspace"), members.c.person == bindparam("person"))
)
_administers = select(administrators.c.person).where(
    administrators.c.workspace == bindparam("workspace"), administrators.c.person == bindparam("person")
)
_KNOWN_TO = (
    _HERE.where(schools.c.workspace == bindparam("workspace"))
    .where(
        or_(
            schools.c.id.in_(_with_role),
            schools.c.id.in_(_in_team),
            and_(schools.c.id.in_(VACANT), _administers.exists()),
        )
    )
    .order_by(schools.c.code_key)
)
_WITH_CALENDAR = (
    _HERE.add_columns(
        *(calendars.c[name] for name in _HOURS), school_days.c.kind, school_days.c.first, school_days.c.last
    )
    .add_columns(school_days.c.name.label("called"))
    .outerjoin(calendars, and_(calendars.c.workspace == schools.c.workspace, calendars.c.school_id == schools.c.id))
    .outerjoin(
        school_days, and_(school_days.c.workspace == schools.c.workspace, school_days.c.school_id == schools.c.id)
    )
    .where(schools.c.workspace == bindparam("workspace"), schools.c.id == bindparam("id"))
)
"""One school, once for each entry of its calendar: what is sent to somebody is nearly always about both."""


def calendar_of(zone: str, days: Iterable[Any], hours: Any | None) -> SchoolCalendar:
    """A school's calendar from the rows of its days and of its hours, with the defaults where there are none."""
    known = with_entries(SchoolCalendar(zone), (Days(r.first, r.last, DayKind(r.kind), r.name) for r in days))
    return known if hours is None else replace(known, **{name: getattr(hours, name) for name in _HOURS})


class Schools:
    """The schools of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._calendars: dict[str, SchoolCalendar] = {}

    def load(self, school: str) -> SchoolHere:
        """The school with that id; it is known to exist, since other rows point to it."""
        return self._here(self._view.ask(_WITH_CALENDAR, id=school)[0])

    def of_channel(self, channel: str, seen_by: str | None = None) -> SchoolHere | None:
        """The school that `channel` is connected to, held until the end of a writing transaction, or None.

        What makes `seen_by` its viewer is read with it, in the same journey.
        """
        rows = hold_with_viewer(self._view, _BY_CHANNEL, seen_by, schools.c.id, channel=channel)
        for row in rows:
            self._view.holds(schools, row.id)
        return next((self._here(row) for row in rows), None)

    def known_to(self, person: str) -> Sequence[SchoolHere]:
        """The schools at which `person` has a role, is in the team, or stands in for leaders who left, by code."""
        return [self._here(row) for row in self._view.ask(_KNOWN_TO, person=person)]

    def all(self) -> Sequence[SchoolHere]:
        """Every school, by code."""
        return [self._here(row) for row in self._view.conn.execute(self._query().order_by(schools.c.code_key))]

    def networks(self) -> Sequence[str]:
        """The names of every network, in order; each at least one school is in."""
        query = select(schools.c.network).where(schools.c.workspace == self._view.workspace, schools.c.network != "")
        return sorted(self._view.conn.scalars(query.distinct()))

    def connected(self) -> Sequence[SchoolHere]:
        """The schools that a channel is connected to, by code."""
        query = self._query().where(_its.c.channel.is_not(None)).order_by(schools.c.code_key)
        return [self._here(row) for row in self._view.conn.execute(query)]

    def connect(self, school: str, channel: str, by: str, at: datetime) -> None:
        """Make `channel` the one of `school`; what either was connected to before is let go."""
        self._view.delete_rows(channels, school_id=school)
        self._view.upsert(channels, {"channel": channel, "school_id": school, "connected_by": by, "connected_at": at})

    def calendar(self, school: str) -> SchoolCalendar:
        """The school's calendar, with the defaults where nothing is set; read once in a transaction."""
        if school not in self._calendars:
            self._calendars[school] = self._calendar(school)
        return self._calendars[school]

    def _calendar(self, school: str) -> SchoolCalendar:
        rows = self._view.ask(_WITH_CALENDAR, id=school)
        days = (Days(row.first, row.last, DayKind(row.kind), row.called) for row in rows if row.kind)
        hours = rows[0] if rows[0].country is not None else None
        return calendar_of(self._here(rows[0]).time_zone, days, hours)

    def calendars(self, wanted: Sequence[str]) -> Mapping[str, SchoolCalendar]:
        """The calendars of several schools by their ids, in as many queries as one school's takes."""
        conn, workspace = self._view.conn, self._view.workspace
        zones = select(schools.c.id, schools.c.time_zone).where(
            schools.c.workspace == workspace, schools.c.id.in_(wanted)
        )
        found = {row.id: SchoolCalendar(row.time_zone or self._view.default_zone) for row in conn.execute(zones)}
        days: dict[str, list[Days]] = {school: [] for school in found}
        of_days = select(school_days).where(school_days.c.workspace == workspace, school_days.c.school_id.in_(wanted))
        for row in conn.execute(of_days):
            days[row.school_id].append(Days(row.first, row.last, DayKind(row.kind), row.name))
        found = {school: with_entries(calendar, days[school]) for school, calendar in found.items()}
        of_hours = select(calendars).where(calendars.c.workspace == workspace, calendars.c.school_id.in_(wanted))
        for row in conn.execute(of_hours):
            found[row.school_id] = replace(found[row.school_id], **{name: getattr(row, name) for name in _HOURS})
        return found

    def set_calendar(self, school: str, calendar: SchoolCalendar) -> None:
        """Keep everything but the zone, which belongs to the school itself."""
        self._calendars.pop(school, None)
        self._view.upsert(calendars, {"school_id": school, **{name: getattr(calendar, name) for name in _HOURS}})
        self._view.replace_rows(
            school_days,
            {"school_id": school},
            (
                {"kind": one.kind.value, "first": one.first, "last": one.last, "name": one.name}
                for one in dict.fromkeys(entries(calendar))
            ),
        )

    def _query(self) -> Select[Any]:
        return _HERE.where(schools.c.workspace == self._view.workspace)

    def _here(self, row: Any) -> SchoolHere:
        return SchoolHere(row.id, row.code, row.name or row.code, row.time_zone or self._view.default_zone, row.channel)


class Reviews:
    """The stored reviews of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def load(self, review: str) -> ReviewHere:
        """The review with that id. Raises UnknownReviewError."""
        return self._here(*load_with_earlier(self._view.conn, self._view.workspace, review))

    def rubric(self, review: str) -> Rubric:
        """The rubric that the review with that id speaks. Raises UnknownReviewError."""
        return load_rubric(
            self._view.conn, self._view.workspace, rubric_of(self._view.conn, self._view.workspace, review)
        )

    def latest(self, school: str, *, released: bool) -> ReviewHere | None:
        """The school's newest review, among the released ones only where `released`; None without any."""
        found = latest_with_earlier(self._view.conn, self._view.workspace, school, released_only=released)
        return None if found is None else self._here(*found)

    def declared(self, review: ReviewHere) -> Mapping[IndicatorId, str]:
        """Each indicator's level in the latest earlier review under a version that this one's declares to be like it.

        It is in the words of `review`; held reviews are left out where this one is released.
        """
        versions = {f"{review.rubric.id}@{one.version}" for one in review.rubric.equivalents}
        found: dict[IndicatorId, str] = {}
        for one in reviews_of(self._view.conn, self._view.workspace, review.school) if versions else ():
            if one.rubric in versions and one.date < review.review.date and (one.released or not review.released):
                then = self.load(one.id)
                rated = {rating.indicator: rating.level for rating in then.review.ratings}
                found = carried(then.rubric, review.rubric, rated) | found
        return found

    def held(self, school: str) -> str | None:
        """The id of the school's newest review where that one is not released yet, else None."""
        newest = next(iter(reviews_of(self._view.conn, self._view.workspace, school)), None)
        return newest.id if newest and not newest.released else None

    def released(self, school: str) -> Sequence[ReviewToChoose]:
        """The school's released reviews, newest first."""
        headings = reviews_of(self._view.conn, self._view.workspace, school)
        found = [ReviewToChoose(one.id, one.date, one.label) for one in headings if one.released]
        return sorted(found, key=lambda one: one.date, reverse=True)

    def release(self, review: str, by: str, at: datetime) -> None:
        """Let the team see the review, and the earlier ones that it is compared with."""
        conn, workspace = self._view.conn, self._view.workspace
        this = load_review(conn, workspace, review)
        release(conn, workspace, review, by, at)
        for heading in reviews_of(conn, workspace, this.school_id):
            if heading.date < this.review.date and not heading.released:
                release(conn, workspace, heading.id, by, at)

    def _here(self, stored: StoredReview, earlier: Mapping[IndicatorId, str]) -> ReviewHere:
        rubric = load_rubric(self._view.conn, self._view.workspace, stored.review.rubric)
        return ReviewHere(stored.id, stored.school_id, stored.review, stored.released, rubric, earlier)
