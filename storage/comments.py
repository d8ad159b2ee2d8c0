"""Comments on actions, kept as they were written."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from planning.comments import Comment, CommentNotFoundError
from storage.tables.plans import comments
from storage.view import View


class Comments:
    """The comments of one workspace."""

    def __init__(self, view: View) -> None:
        self._view = view

    def add(self, comment: Comment) -> bool:
        """Keep a new comment; returns False for one that is kept already."""
        if self._view.rows(comments, id=comment.id):
            return False
        row = {"id": comment.id, "action_id": comment.action, "person": comment.person}
        self._view.insert(comments, {**row, "text": comment.text, "at": comment.at})
        return True

    def load(self, comment: str) -> Comment:
        """The comment with that id. Raises CommentNotFoundError."""
        rows = self._view.rows(comments, id=comment)
        if not rows:
            raise CommentNotFoundError
        return comment_of(rows[0])

    def of(self, action: str) -> Sequence[Comment]:
        """Everything that was said about `action`, oldest first."""
        return [comment_of(row) for row in self._view.rows(comments, action_id=action, order="at, id")]

    def newest(self, actions: Sequence[str]) -> Mapping[str, Comment]:
        """By action, what was said last about it, in one query."""
        query = select(comments).where(comments.c.workspace == self._view.workspace, comments.c.action_id.in_(actions))
        rows = self._view.conn.execute(query.order_by(comments.c.at, comments.c.id))
        return {row.action_id: comment_of(row) for row in rows}


def comment_of(row: Any) -> Comment:
    """A comment from its row."""
    return Comment(row.id, row.action_id, row.person, row.text, row.at)
