"""A grant: one school shown to one reviewer of another workspace, until a day or until it is revoked."""

from dataclasses import dataclass
from datetime import date, datetime

from rubric.errors import LeversError


@dataclass(frozen=True, slots=True)
class Grant:
    """What a school's leader gave: `code` is what the reviewer goes by, `called` the leader's own word for them.

    `until` is the last local date at the school on which it holds, None for no end; moments are in UTC.
    """

    id: str
    school: str
    code: str
    called: str
    until: date | None
    given_by: str
    given_at: datetime
    revoked_by: str | None = None
    revoked_at: datetime | None = None

    def holds(self, today: date) -> bool:
        """Whether it shows anything on the local date `today`."""
        return self.revoked_at is None and (self.until is None or today <= self.until)


class GrantNotFoundError(LeversError):
    """No grant has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That share is not there any more. `/levers share` shows those that are.")


class GrantError(LeversError):
    """What was filled in cannot be kept; `field` names the input at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)
