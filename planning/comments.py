"""What a leader or a reviewer says about an action: it reaches the owner once, and stays with the action."""

from dataclasses import dataclass
from datetime import datetime

from rubric.errors import LeversError

LONGEST = 1500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One person's word about an action, at a UTC moment; `id` identifies the submission, so that sent twice is one."""

    id: str
    action: str
    person: str
    text: str
    at: datetime


class CommentError(LeversError):
    """What was written cannot be kept; `field` names the input."""

    def __init__(self, sentence: str) -> None:
        self.field = "comment"
        super().__init__(sentence)


class CommentNotFoundError(LeversError):
    """No comment has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That comment is not there.")
