"""What Levers owes to whom: a message is wanted here, in the transaction that causes it, and sent elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """Every kind of message that Levers sends on its own."""

    WELCOME = "welcome"
    CONNECTED = "connected"
    HELD_REVIEW = "held review"
    CARD = "card"
    PLAN = "plan"
    DOCUMENTS = "documents"
    PICTURE = "picture"
    ACCEPTANCE = "acceptance"
    CHECK_IN = "check-in"
    HELP_WANTED = "help wanted"
    BALLOT_REMINDER = "ballot reminder"
    TIME_UP = "time up"
    DETAILS = "details"
    HANDED_BACK = "handed back"
    DECLINED = "declined"
    CHANGED = "changed"
    NOT_ACCEPTED = "not accepted"
    YEAR_END = "year end"
    DIGEST = "digest"
    TEAM_CHECK = "team check"
    STILL = "still plan"
    MONTHLY = "monthly"
    OWNER_LEFT = "owner left"
    HELP_COMING = "help is coming"
    THANKS = "thanks"
    PAUSED = "paused"
    COMMENT = "comment"
    UPDATE_WANTED = "update wanted"
    REPLY = "reply"
    STATUS_FILE = "status file"
    RE_REVIEW = "re-review"
    RATINGS = "ratings"
    PORTFOLIO_FILE = "portfolio file"
    DOCUMENT_FILE = "document file"


IN_CHANNELS = frozenset(
    {
        Kind.WELCOME,
        Kind.CONNECTED,
        Kind.CARD,
        Kind.DETAILS,
        Kind.PLAN,
        Kind.DOCUMENTS,
        Kind.PICTURE,
        Kind.RE_REVIEW,
        Kind.RATINGS,
        Kind.TEAM_CHECK,
    }
)
"""What stands in a channel: its recipient is one. Everything else is for a person."""

WITH_FILES = frozenset(
    {Kind.DOCUMENTS, Kind.PICTURE, Kind.RATINGS, Kind.STATUS_FILE, Kind.PORTFOLIO_FILE, Kind.DOCUMENT_FILE}
)
"""What carries files."""


class Reason(StrEnum):
    """Why a person is asked about an action: its turn came, it is due soon, it is overdue, a session is near, or a
    leader of the school wants to know."""

    CHECK_IN = "check-in"
    HEADS_UP = "heads-up"
    OVERDUE = "overdue"
    SESSION = "session"
    WANTED = "wanted by a leader"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message to one recipient (a channel or a person). The same kind, recipient and occasion is the same message.

    Wanting it again after it was sent brings what was sent up to date. `subject` is the id it is about; `due` is a
    UTC moment.
    """

    kind: Kind
    recipient: str
    occasion: str
    subject: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A wanted message with what happened to it: `sent_to` and `ts` say where it stands in Slack."""

    id: str
    wanted: Wanted
    sent_to: str | None = None
    ts: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """Why a person is asked about an action: the reason and the local date that make it one occurrence.

    `planned` is a check-in day, or for a notice the due date; `local_date` is the day it is really asked on and `due`
    the moment. `carried_by` is the id of the message that carried it; one that was `passed_over` is never sent;
    `asked_by` is the leader who wanted to know, where one did.
    """

    id: str
    person: str
    action: str
    planned: date
    local_date: date
    zone: str
    due: datetime
    answered: bool = False
    reason: Reason = Reason.CHECK_IN
    carried_by: str | None = None
    passed_over: bool = False
    asked_by: str | None = None


@dataclass(frozen=True, slots=True)
class ToCome:
    """What a person is still to be asked: the reminder, the id of its school, and until when its action is snoozed."""

    reminder: Reminder
    school: str
    snoozed_until: date | None
