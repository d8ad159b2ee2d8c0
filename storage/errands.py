"""Errands, kept until they are run: what changes leave to be done after them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from planning.errands import Errand, What
from storage.tables.base import new_id
from storage.tables.errands import errands
from storage.tables.workspaces import workspaces
from storage.view import View

_LEFT = select(errands).where(errands.c.workspace == bindparam("workspace")).order_by(errands.c.at, errands.c.place)
# Whatever else names the workspace goes on meanwhile.
_ONE_AT_A_TIME = (
    select(workspaces.c.id).where(workspaces.c.id == bindparam("workspace")).with_for_update(key_share=True)
)
_TAKE = delete(errands).where(errands.c.workspace == bindparam("of"), errands.c.id == bindparam("this"))


class Errands:
    """The errands of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def leave(self, what: What, *about: str, at: datetime) -> None:
        """Leave an errand, about people, schools, plans and the like by their ids, at the moment `at`."""
        row = {"id": new_id(), "what": what.value, "about": about, "at": at, "place": self._view.errands_left}
        self._view.insert(errands, row)
        self._view.errands_left += 1

    def left(self) -> Sequence[Errand]:
        """Every errand that is still to be run, in the order in which they were left."""
        return [Errand(row.id, What(row.what), tuple(row.about), row.at) for row in self._view.ask(_LEFT)]

    def take(self, errand: Errand) -> bool:
        """Take an errand, to run it in the same transaction: False where somebody else has run it meanwhile.

        No other errand of the workspace is run until the end of the transaction.
        """
        if not self._view.embedded:
            self._view.conn.execute(_ONE_AT_A_TIME, {"workspace": self._view.workspace})
        return self._view.change(_TAKE, {"of": self._view.workspace, "this": errand.id}) > 0
