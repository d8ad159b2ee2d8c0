"""The plan: priorities, the actions under them, and the words for how an action stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2s

from rubric.errors import LeversError
from rubric.rubric import IndicatorId, called

FARTHEST = timedelta(days=730)
"""No plan reaches farther: a later due date is a slip of the year."""


class Status(StrEnum):
    """How an action stands."""

    PROPOSED = "proposed"
    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        """True while there is still something to do."""
        return self not in (Status.DONE, Status.DROPPED)


class Cadence(StrEnum):
    """How often an owner is asked how it is going."""

    WEEKLY = "every week"
    FORTNIGHTLY = "every two weeks"
    MONTHLY = "every month"

    @property
    def weeks(self) -> int:
        """The weeks from one check-in to the next; a month is four of them, so that the weekday stays."""
        return {Cadence.WEEKLY: 1, Cadence.FORTNIGHTLY: 2, Cadence.MONTHLY: 4}[self]


@dataclass(frozen=True, slots=True)
class Priority:
    """An indicator that the team chose to work on. `level` is the review's; `target_level` what the team aims for.

    `in_place_at` is the UTC moment at which the team said that it is in place, `sustained` how it is kept up; None and
    empty while nobody has.
    """

    id: str
    session: str
    place: int
    indicator: IndicatorId
    level: str
    root_cause: str = ""
    goal: str = ""
    target_level: str = ""
    measure: str = ""
    in_place_at: datetime | None = None
    sustained: str = ""

    @property
    def described(self) -> bool:
        """True once the team has said what the plan needs to know."""
        return bool(self.root_cause and self.goal and self.target_level and self.measure)

    @property
    def mark(self) -> str:
        """A few letters that change whenever its description does: what a window was opened on."""
        said = (self.root_cause, self.goal, self.target_level, self.measure)
        return blake2s(repr(said).encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()


def names(priorities: Sequence[Priority]) -> dict[str, str]:
    """What each priority is called, by its id: its indicator's name, with the domain where two of them share one."""
    called_so = called([one.indicator for one in priorities])
    return {one.id: name for one, name in zip(priorities, called_so, strict=True)}


@dataclass(frozen=True, slots=True)
class Step:
    """What a person fills in for an action. `due` is a local date at the school.

    `outside` names somebody without Slack who does it, in words; its owner is then whoever follows it up.
    """

    text: str
    owner: str
    due: date
    cadence: Cadence = Cadence.FORTNIGHTLY
    supporters: tuple[str, ...] = ()
    resources: str = ""
    shown_by: str = ""
    outside: str = ""

    @property
    def mark(self) -> str:
        """A few letters that change whenever any of it does: what a window was opened on."""
        return blake2s(repr(self).encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Action:
    """One step under a priority, with one owner and how it stands.

    `link` leads to the message it was made from; `asked_at` is when somebody was last asked to take it on; `taken_out`
    is true while it is out of the plan being written and can still be put back; `carried_at` is when it was last
    carried into the next school year. Until the local date `snoozed_until` its owner is not asked about it.
    """

    id: str
    priority: str
    session: str
    place: int
    step: Step
    status: Status = Status.PROPOSED
    refused: bool = False
    offered_to: str | None = None
    updated_at: datetime | None = None
    link: str = ""
    asked_at: datetime | None = None
    taken_out: bool = False
    carried_at: datetime | None = None
    snoozed_until: date | None = None

    @property
    def taken_on(self) -> bool:
        """True once its owner said that they would do it, and while they have not given it back."""
        return self.status is not Status.PROPOSED and not self.refused

    def overdue(self, today: date) -> bool:
        """True while it is open, taken on, and past its due date on the local date `today`."""
        return self.status.open and self.taken_on and self.step.due < today

    @property
    def waiting(self) -> bool:
        """True while nobody has it in hand, and somebody is asked to take it on."""
        return self.status.open and not self.taken_on and self.asked is not None

    @property
    def asked(self) -> str | None:
        """Who is to accept it: the person it is being handed to, else its proposed owner; None when nobody is."""
        if self.offered_to:
            return self.offered_to
        return self.step.owner if self.status is Status.PROPOSED and not self.refused else None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """An owner's answer to "how is it going?"; `request` identifies the submission it came in, where one did."""

    action: str
    person: str
    status: Status
    note: str
    at: datetime
    request: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """The team's word about a priority: it is in place and how it is sustained, or why it is taken up again."""

    priority: str
    person: str
    at: datetime
    in_place: bool
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A committed session's priorities and actions, live until the next commit."""

    id: str
    school: str
    session: str
    review: str
    channel: str
    committed_by: str
    committed_at: datetime
    priorities: tuple[Priority, ...] = ()
    actions: tuple[Action, ...] = ()
    ended: bool = False

    @property
    def names(self) -> dict[str, str]:
        """What each priority is called, by its id."""
        return names(self.priorities)

    def under(self, priority: Priority) -> tuple[Action, ...]:
        """The actions of one priority, in their order."""
        return tuple(a for a in self.actions if a.priority == priority.id)

    def action(self, action: str) -> Action:
        """The action with that id. Raises ActionNotFoundError."""
        for one in self.actions:
            if one.id == action:
                return one
        raise ActionNotFoundError


class ActionNotFoundError(LeversError):
    """No action has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That action is not in the plan any more. `/levers plan` shows what is.")


class PriorityNotFoundError(LeversError):
    """No priority has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That priority is not in the plan any more. `/levers plan` shows what is.")


class NotOwnerError(LeversError):
    """Only the person who is asked may answer; the sentence does not say who that is, whoever presses."""

    def __init__(self) -> None:
        super().__init__("Only the person who owns this action, or is asked to take it on, can answer that.")


class NoPlanError(LeversError):
    """The school has no committed plan."""

    def __init__(self) -> None:
        super().__init__("There is no committed plan yet. `/levers start` opens the session that makes one.")


class StepError(LeversError):
    """A field of an action is not usable; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class ChangedMeanwhileError(StepError):
    """Somebody else changed the action while this person had it open."""

    def __init__(self) -> None:
        super().__init__("text", "Somebody changed this action meanwhile. Close this and open it again to see how.")


def checked_step(step: Step, today: date) -> Step:
    """The step with its texts trimmed; one for somebody in words has no owner yet.

    Raises StepError for an empty text, a due date past or too far off, and for no owner or two.
    """
    text, outside = " ".join(step.text.split()), " ".join(step.outside.split())
    if not text:
        raise StepError("text", "Say in a few words what will be done.")
    if not step.owner and not outside:
        raise StepError("owner", "Choose who owns it, or name somebody without Slack below.")
    if step.owner and outside:
        raise StepError("outside", "It can have one owner: choose a person above, or name somebody here, not both.")
    if step.due < today:
        raise StepError("due", "That date has passed. Choose today or a later date.")
    if step.due > today + FARTHEST:
        raise StepError("due", "That is more than two years away. Check the year.")
    supporters = tuple(dict.fromkeys(p for p in step.supporters if p != step.owner))
    return replace(
        step,
        text=text,
        supporters=supporters,
        resources=step.resources.strip(),
        shown_by=step.shown_by.strip(),
        outside=outside,
    )
