"""How an action stands, as a query can tell: the same as `Action` says of one that is loaded."""

from datetime import date

from sqlalchemy import ColumnElement, and_

from planning.plan import Status
from storage.tables.plans import actions

OPEN = actions.c.status.in_([status.value for status in Status if status.open])
"""There is still something to do about it."""
TAKEN_ON = and_(actions.c.status != Status.PROPOSED.value, actions.c.refused.is_(False))
"""Its owner said that they would do it, and has not given it back."""


def overdue(today: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Somebody took it on, and its due date has passed on the local date `today`."""
    return and_(OPEN, TAKEN_ON, actions.c.due < today)
