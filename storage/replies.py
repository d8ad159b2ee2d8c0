"""What leaders replied to questions from outside, kept as it was written."""

from typing import Any

from planning.comments import Reply, ReplyNotFoundError
from storage.tables.plans import replies
from storage.view import View


class Replies:
    """The replies of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def add(self, reply: Reply) -> bool:
        """Keep a new reply; returns False for one that is kept already."""
        if self._view.rows(replies, id=reply.id):
            return False
        row = {"id": reply.id, "school_id": reply.school, "person": reply.person, "text": reply.text, "at": reply.at}
        self._view.insert(replies, row)
        return True

    def load(self, reply: str) -> Reply:
        """The reply with that id. Raises ReplyNotFoundError."""
        rows = self._view.rows(replies, id=reply)
        if not rows:
            raise ReplyNotFoundError
        return _reply(rows[0])

    def newest(self, school: str) -> Reply | None:
        """What was replied last about `school`, or None."""
        rows = self._view.rows(replies, school_id=school, order="at, id")
        return _reply(rows[-1]) if rows else None


def _reply(row: Any) -> Reply:
    return Reply(row.id, row.school_id, row.person, row.text, row.at)
