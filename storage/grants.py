"""Grants, kept in the workspace of the school that gives them, and the codes under which reviewers receive them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from planning.grants import Grant, GrantNotFoundError
from storage.tables.base import new_id
from storage.tables.grants import grants, portfolio_codes
from storage.view import View


class Grants:
    """The grants that one workspace's schools give, and the codes of its people."""

    def __init__(self, view: View) -> None:
        self._view = view

    def code_of(self, person: str) -> str:
        """The code that `person` goes by elsewhere; made when it is first asked for."""
        if not (rows := self._view.rows(portfolio_codes, person=person)):
            self._view.insert_once(portfolio_codes, {"person": person, "code": new_id()})
            rows = self._view.rows(portfolio_codes, person=person)
        return str(rows[0].code)

    def known(self, code: str) -> bool:
        """Whether somebody, in whichever workspace, goes by that code: all that is ever said across workspaces."""
        return self._view.conn.scalar(select(portfolio_codes.c.code).where(portfolio_codes.c.code == code)) is not None

    def give(self, grant: Grant) -> None:
        """Keep a new grant."""
        self._view.insert(
            grants,
            {
                "id": grant.id,
                "school_id": grant.school,
                "code": grant.code,
                "called": grant.called,
                "until": grant.until,
                "given_by": grant.given_by,
                "given_at": grant.given_at,
            },
        )

    def load(self, grant: str) -> Grant:
        """The grant with that id. Raises GrantNotFoundError."""
        row = self._view.held_row(grants, grant)
        if row is None:
            raise GrantNotFoundError
        return _grant(row)

    def of_school(self, school: str) -> Sequence[Grant]:
        """Every grant that `school` ever gave, oldest first."""
        return [_grant(row) for row in self._view.rows(grants, school_id=school, order="given_at, id")]

    def revoke(self, grant: str, by: str, at: datetime) -> None:
        """End a grant at once."""
        mine = (grants.c.workspace == self._view.workspace, grants.c.id == grant)
        self._view.conn.execute(update(grants).where(*mine).values(revoked_by=by, revoked_at=at))


def _grant(row: Any) -> Grant:
    return Grant(
        row.id,
        row.school_id,
        row.code,
        row.called,
        row.until,
        row.given_by,
        row.given_at,
        row.revoked_by,
        row.revoked_at,
    )
