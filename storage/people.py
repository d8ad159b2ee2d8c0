"""Who is who: roles at schools, the members of connected channels, and administrators."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    union,
    union_all,
    update,
)

from planning.hours import PersonTime
from planning.people import OUTSIDE, Leadership, Role, Viewer
from planning.scope import Scope
from storage.statements import as_lists, rows_of
from storage.tables.following import departures
from storage.tables.people import administrators, channels, members, names, names_shown, own_times, roles
from storage.tables.sessions import sessions
from storage.view import View

_workspace: BindParameter[str] = bindparam("workspace")
_school: BindParameter[str] = bindparam("school")
_person: BindParameter[str] = bindparam("person")
_LED = (
    select(roles.c.school_id)
    .where(roles.c.workspace == _workspace, roles.c.role.in_((Role.PRINCIPAL.value, Role.BACKUP.value)))
    .where(
        ~select(departures.c.person)
        .where(departures.c.workspace == roles.c.workspace, departures.c.person == roles.c.person)
        .exists()
    )
)
VACANT = select(channels.c.school_id).where(channels.c.workspace == _workspace, channels.c.school_id.not_in(_LED))
"""The connected schools (of the parameter `workspace`) that neither a principal nor a backup leader is left at."""
_ROLE, _MEMBER = "role", "member"


class Held(NamedTuple):
    """A role at a school."""

    person: str
    role: str


def knowing(school: ColumnElement[str], dialect: str) -> tuple[ColumnElement[Any], ...]:
    """What makes `person` a viewer of `school`, a column of the statement around it: every gesture asks for it.

    Its roles, since when it shows names, whether they are in its channel, and as what they administer it, if at all.
    """
    held = select(as_lists(dialect, roles.c.person, roles.c.role)).where(
        roles.c.workspace == _workspace, roles.c.school_id == school
    )
    since = select(names_shown.c.since).where(names_shown.c.workspace == _workspace, names_shown.c.school_id == school)
    in_channel = (
        select(members.c.person)
        .join(channels, and_(channels.c.workspace == members.c.workspace, channels.c.channel == members.c.channel))
        .where(members.c.workspace == _workspace, channels.c.school_id == school, members.c.person == _person)
    )

    def at_school(query: Select[Any], its_school: ColumnElement[str]) -> ColumnElement[bool]:
        here = query.where(its_school == school)
        # It stands too deep in the statement to find the school's table by itself.
        return (here.correlate(school.table) if isinstance(school, Column) else here).exists()

    # Where no leader is left, an administrator stands in for them.
    connected = select(channels.c.school_id).where(channels.c.workspace == _workspace)
    vacant = and_(at_school(connected, channels.c.school_id), ~at_school(_LED, roles.c.school_id))
    administers = select(case((vacant, literal(Role.BACKUP.value)), else_=literal(""))).where(
        administrators.c.workspace == _workspace, administrators.c.person == _person
    )
    return (
        held.scalar_subquery().label("held"),
        since.scalar_subquery().label("since"),
        in_channel.exists().label("in_channel"),
        administers.scalar_subquery().label("administers"),
    )


@cache
def known(dialect: str) -> Select[Any]:
    """The same of the school with the id `school`."""
    return select(*knowing(_school, dialect))


def hold_with_viewer(
    view: View, held: Select[Any], seen_by: str | None, at: Column[str] = sessions.c.school_id, **values: Any
) -> Sequence[Row[Any]]:
    """What `held`, a statement about sessions, finds and holds; `seen_by` comes as a viewer in the same journey.

    `at` is the column with the school's id; of its table the rows are held.
    """
    if seen_by is None:
        return view.hold(held, at.table, **values)
    rows = view.hold(_and_viewer(held, at, view.dialect), at.table, **values, person=seen_by)
    for row in rows:
        view.know(known(view.dialect), (row,), school=row.seen_at, person=seen_by)
    return rows


@cache
def _and_viewer(query: Select[Any], school: Column[str], dialect: str) -> Select[Any]:
    return query.add_columns(school.label("seen_at"), *knowing(school, dialect))


_ROLES = rows_of(roles, ("school_id",), "person")
_everywhere = union_all(
    select(roles.c.school_id, literal(_ROLE).label("as_"), roles.c.role).where(
        roles.c.workspace == _workspace, roles.c.person == _person
    ),
    select(channels.c.school_id, literal(_MEMBER), literal(""))
    .join_from(
        members, channels, and_(channels.c.workspace == members.c.workspace, channels.c.channel == members.c.channel)
    )
    .where(members.c.workspace == _workspace, members.c.person == _person),
    select(channels.c.school_id, literal(_ROLE), literal(Role.BACKUP.value))
    .join_from(administrators, channels, administrators.c.workspace == channels.c.workspace)
    .where(administrators.c.workspace == _workspace, administrators.c.person == _person)
    .where(channels.c.school_id.not_in(_LED)),
).subquery()
_SCOPE = select(_everywhere, names_shown.c.since).outerjoin(
    names_shown, and_(names_shown.c.workspace == _workspace, names_shown.c.school_id == _everywhere.c.school_id)
)


class People:
    """The people of one workspace, by their Slack ids."""

    def __init__(self, view: View) -> None:
        self._view = view

    def viewer(self, person: str, school: str) -> Viewer:
        """The person as `school` knows them, read anew each time, so that a lost role is lost at once.

        Where neither a principal nor a backup leader is left, an administrator stands in for them.
        """
        (row,) = self._view.ask(known(self._view.dialect), school=school, person=person)
        everybody = sorted(Held(*one) for one in row.held or ())
        self._view.know(_ROLES, everybody, school_id=school)
        found = {Role(one.role) for one in everybody if one.person == person}
        if row.administers:
            found.add(Role(row.administers))
        administrator = row.administers is not None
        return _viewer(
            person, school, frozenset(found), row.since, in_channel=row.in_channel, administrator=administrator
        )

    def scope(self, person: str) -> Scope:
        """Every school that `person` may see, in one query, read anew each time."""
        known = self._view.ask(_SCOPE, person=person)
        found: dict[str, set[Role]] = {row.school_id: set() for row in known}
        for row in known:
            if row.as_ == _ROLE:
                found[row.school_id].add(Role(row.role))
        member = {row.school_id for row in known if row.as_ == _MEMBER}
        since = {row.school_id: row.since for row in known}
        return Scope(
            {
                school: _viewer(person, school, frozenset(held), since[school], in_channel=school in member)
                for school, held in found.items()
            }
        )

    def names_since(self, school: str) -> datetime | None:
        """The moment from which `school` shows names and notes to its district and reviewers; None: it does not."""
        return next((row.since for row in self._view.rows(names_shown, school_id=school)), None)

    def show_names(self, school: str, by: str, since: datetime | None) -> None:
        """Show names and notes from the moment `since` on, or with None no longer; shown already, it stays so."""
        if since is None:
            self._view.delete_rows(names_shown, school_id=school)
        else:
            self._view.insert_once(names_shown, {"school_id": school, "shown_by": by, "since": since})

    def is_administrator(self, person: str) -> bool:
        """Whether `person` may connect channels and grant roles."""
        return bool(self._view.rows(administrators, person=person))

    def administrators(self) -> tuple[str, ...]:
        """Every administrator, by id."""
        return tuple(row.person for row in self._view.rows(administrators, order="person"))

    def name_administrator(self, person: str, at: datetime) -> None:
        """Make `person` an administrator; naming them again changes nothing."""
        self._view.upsert(administrators, {"person": person, "named_at": at}, keep=("named_at",))

    def dismiss_administrator(self, person: str) -> None:
        """Take the right away again."""
        self._view.delete_rows(administrators, person=person)

    def appoint(self, school: str, leadership: Leadership) -> None:
        """Make `leadership` the roles of `school`; whoever is not in it has none there any more."""
        pairs = dict.fromkeys(leadership.pairs())
        self._view.replace_rows(
            roles, {"school_id": school}, ({"person": person, "role": role.value} for person, role in pairs)
        )

    def with_role(self, school: str, role: Role) -> tuple[str, ...]:
        """Who holds `role` at `school`."""
        return tuple(row.person for row in self._view.ask(_ROLES, school_id=school) if row.role == role.value)

    def members(self, channel: str) -> frozenset[str]:
        """Who is in `channel`, as far as Levers has heard."""
        return frozenset(row.person for row in self._view.rows(members, channel=channel))

    def set_members(self, channel: str, present: Sequence[str]) -> None:
        """Make `present` the members of `channel`."""
        self._view.replace_rows(members, {"channel": channel}, ({"person": p} for p in dict.fromkeys(present)))

    def add_member(self, channel: str, person: str) -> None:
        """Remember that `person` is in `channel`."""
        self._view.upsert(members, {"channel": channel, "person": person})

    def remove_member(self, channel: str, person: str) -> None:
        """Remember that `person` is not in `channel`."""
        self._view.delete_rows(members, channel=channel, person=person)

    def time_of(self, person: str) -> PersonTime:
        """The person's zone and hours, with the defaults where nothing is known."""
        for row in self._view.rows(own_times, person=person):
            return PersonTime(row.zone, row.quiet_from, row.quiet_until, row.ask_at)
        return PersonTime()

    def set_time(self, person: str, own: PersonTime) -> None:
        """Keep the person's zone and hours."""
        self._view.upsert(
            own_times,
            {
                "person": person,
                "zone": own.zone,
                "quiet_from": own.quiet_from,
                "quiet_until": own.quiet_until,
                "ask_at": own.ask_at,
            },
        )

    def learnt(self, person: str, at: datetime) -> None:
        """Slack was asked for the person's zone at the moment `at`; they have a row already."""
        mine = (own_times.c.workspace == self._view.workspace, own_times.c.person == person)
        self._view.conn.execute(update(own_times).where(*mine).values(learnt_at=at))

    def name_of(self, person: str) -> str:
        """What `person` is called in Slack, as it last said; their id where it never did."""
        return next((row.name for row in self._view.rows(names, person=person)), person)

    def call(self, person: str, name: str) -> None:
        """Keep what `person` is called in Slack."""
        self._view.upsert(names, {"person": person, "name": name})

    def to_learn(self, before: datetime) -> tuple[str, ...]:
        """The people of the schools for whose zone Slack was not asked since the moment `before`."""
        workspace = self._view.workspace
        everybody = union(
            select(roles.c.person).where(roles.c.workspace == workspace),
            select(members.c.person).where(members.c.workspace == workspace),
        ).subquery()
        query = (
            select(everybody.c.person)
            .outerjoin(own_times, and_(own_times.c.workspace == workspace, own_times.c.person == everybody.c.person))
            .where(or_(own_times.c.learnt_at.is_(None), own_times.c.learnt_at < before))
        )
        return tuple(self._view.conn.scalars(query.order_by(everybody.c.person)))


def _viewer(
    person: str,
    school: str,
    found: frozenset[Role],
    since: datetime | None,
    *,
    in_channel: bool,
    administrator: bool = False,
) -> Viewer:
    # Reviewers and district leaders may sit in the channel; that does not make them the school's own people.
    outside = bool(found) and found <= OUTSIDE
    shown = since if found & OUTSIDE else None
    return Viewer(person, school, found, in_channel and not outside, administrator, shown)
