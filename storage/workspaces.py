"""Workspaces: made on first use, bound to Slack when the bot first serves one."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from rubric.errors import LeversError
from storage.tables.base import new_id
from storage.tables.workspaces import workspaces


class SeveralWorkspacesError(LeversError):
    """More than one workspace shares this database and none was named."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(f"Several workspaces share this database: {', '.join(ids)}. Name one with --workspace ID.")


class UnknownWorkspaceError(LeversError):
    """A named workspace is not in the database."""

    def __init__(self, named: str) -> None:
        super().__init__(f"No workspace here has the id {named}. `levers doctor` lists the workspaces.")


def the_workspace(conn: Connection, now: datetime, named: str | None = None) -> str:
    """The id of the workspace that a command speaks about: the named one, the only one, or a new one.

    Raises SeveralWorkspacesError when there are several and none is named, UnknownWorkspaceError for a wrong name.
    """
    ids = list(conn.scalars(select(workspaces.c.id).order_by(workspaces.c.created_at)))
    if named is not None:
        if named not in ids:
            raise UnknownWorkspaceError(named)
        return named
    if len(ids) > 1:
        raise SeveralWorkspacesError(ids)
    return str(ids[0]) if ids else _add(conn, None, now)


def bind_workspace(conn: Connection, slack_id: str, now: datetime) -> str:
    """The id of the workspace for Slack's `slack_id`; the one unbound workspace is bound to it, else one is made."""
    known = conn.scalar(select(workspaces.c.id).where(workspaces.c.slack_id == slack_id))
    if known is not None:
        return str(known)
    unbound = conn.scalar(select(workspaces.c.id).where(workspaces.c.slack_id.is_(None)))
    if unbound is None:
        return _add(conn, slack_id, now)
    conn.execute(update(workspaces).where(workspaces.c.id == unbound).values(slack_id=slack_id))
    return str(unbound)


def _add(conn: Connection, slack_id: str | None, now: datetime) -> str:
    workspace = new_id()
    conn.execute(insert(workspaces).values(id=workspace, slack_id=slack_id, created_at=now))
    return workspace
