"""What a leader or reviewer says about an action, and a leader replies about a plan: it is heard once, and stays."""

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


@dataclass(frozen=True, slots=True)
class Reply:
    """What a school's leader replied to whoever asked how the plan goes; `id` and `at` as for a comment."""

    id: str
    school: str
    person: str
    text: str
    at: datetime


class CommentError(LeversError):
    """What was written cannot be kept; `field` names the input."""

    def __init__(self, sentence: str) -> None:
        self.field = "comment"
        super().__init__(sentence)


def checked(text: str) -> str:
    """What is said, without the space around it. Raises CommentError without a word, and with too many."""
    said = text.strip()
    if not said:
        raise CommentError("Say it in a few words.")
    if len(said) > LONGEST:
        raise CommentError(f"Keep it to {LONGEST} letters; this has {len(said)}.")
    return said


class CommentNotFoundError(LeversError):
    """No comment has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That comment is not there.")


class ReplyNotFoundError(LeversError):
    """No reply has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That reply is not there.")
