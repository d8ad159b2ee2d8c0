"""Schools: known by an immutable code, matched without regard to case, under a name that can change."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, Select, insert, select, update

from rubric.errors import LeversError
from rubric.school_code import code_fault, code_key
from storage.tables.base import new_id
from storage.tables.reviews import schools

# A name must fit a header in Slack (150 letters).
NAME_LENGTH = 150


class SchoolError(LeversError):
    """A school that cannot be kept as it was given."""


class UnknownSchoolError(LeversError):
    """A school that is not in the workspace; `close` are codes that look alike."""

    def __init__(self, code: str, close: tuple[str, ...] = ()) -> None:
        hint = f"Did you mean {' or '.join(close)}?" if close else "`levers schools` lists the schools."
        super().__init__(f"No school has the code “{code}”. {hint}")


@dataclass(frozen=True, slots=True)
class School:
    """`time_zone` is an IANA name, or None for the default zone; `name` and `network` are empty when not set."""

    id: str
    code: str
    name: str
    time_zone: str | None
    network: str

    @property
    def title(self) -> str:
        """What people call it: its name, or its code until it has one."""
        return self.name or self.code


def find_school(conn: Connection, workspace: str, code: str) -> School | None:
    """The school that has `code`, whatever its case, or None."""
    return _one(conn, _schools(workspace).where(schools.c.code_key == code_key(code)))


def load_school(conn: Connection, workspace: str, school_id: str) -> School:
    """The school with our own id; raises `UnknownSchoolError`."""
    found = _one(conn, _schools(workspace).where(schools.c.id == school_id))
    if found is None:
        raise UnknownSchoolError(school_id)
    return found


def list_schools(conn: Connection, workspace: str) -> tuple[School, ...]:
    """Every school, by code."""
    return tuple(School(*row) for row in conn.execute(_schools(workspace).order_by(schools.c.code_key)))


def add_school(
    conn: Connection, workspace: str, code: str, *, name: str = "", network: str = "", time_zone: str | None = None
) -> School:
    """Keep a new school and return it; raises `SchoolError` for a code in use, a bad code, or no such time zone."""
    code = check_code(code)
    known = find_school(conn, workspace, code)
    if known is not None:
        raise SchoolError(f"A school with the code {known.code} is known already; `levers schools set` changes it.")
    added = School(new_id(), code, _checked_name(name), _checked_zone(time_zone), _checked_name(network))
    conn.execute(
        insert(schools).values(
            workspace=workspace,
            id=added.id,
            code=added.code,
            code_key=code_key(added.code),
            name=added.name,
            time_zone=added.time_zone,
            network=added.network,
        )
    )
    return added


def change_school(
    conn: Connection,
    workspace: str,
    school_id: str,
    *,
    name: str | None = None,
    network: str | None = None,
    time_zone: str | None = None,
) -> School:
    """Set what is not None and return the school as it is then; an empty `time_zone` means the default zone again.

    Raises `SchoolError` for no such time zone, `UnknownSchoolError` for an id that is not in the workspace.
    """
    values: dict[str, str | None] = {}
    if name is not None:
        values["name"] = _checked_name(name)
    if network is not None:
        values["network"] = _checked_name(network)
    if time_zone is not None:
        values["time_zone"] = _checked_zone(time_zone)
    if values:
        conn.execute(update(schools).where(schools.c.workspace == workspace, schools.c.id == school_id).values(values))
    return load_school(conn, workspace, school_id)


def check_code(code: str) -> str:
    """`code` without needless spaces; raises `SchoolError` where it cannot be a code."""
    code = " ".join(code.split())
    fault = code_fault(code)
    if fault:
        raise SchoolError(f"“{code[:80]}” cannot be a code; write {fault}.")
    return code


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > NAME_LENGTH:
        raise SchoolError(f"The name “{name[:20]}…” has {len(name)} letters; {NAME_LENGTH} are the most.")
    return name


def _checked_zone(time_zone: str | None) -> str | None:
    if time_zone and time_zone not in available_timezones():
        raise SchoolError(f"“{time_zone}” is no time zone; write one like America/Chicago.")
    return time_zone or None


def _schools(workspace: str) -> Select[Any]:
    columns = (schools.c.id, schools.c.code, schools.c.name, schools.c.time_zone, schools.c.network)
    return select(*columns).where(schools.c.workspace == workspace)


def _one(conn: Connection, query: Select[Any]) -> School | None:
    row = conn.execute(query).one_or_none()
    return None if row is None else School(*row)
