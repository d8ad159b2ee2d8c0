"""A prioritization session as a value: who is here, where it stands, what is on its shortlist."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from planning.phases import Phase
from rubric.errors import LeversError
from rubric.rubric import IndicatorId

FEWEST_VOTERS = 4
"""Under four voters a secret vote hides nobody: the team discusses instead."""


class State(StrEnum):
    """Whether a session goes on."""

    OPEN = "open"
    PAUSED = "paused"
    COMMITTED = "committed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the facilitator may set at the start."""

    shortlist: int = 8
    dots: int = 5
    cap: int = 3
    priorities: int = 3
    everyone_votes: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator on the shortlist, with its level in the review and the sentences that say why it stands here."""

    indicator: IndicatorId
    level: str
    reasons: tuple[str, ...]
    why_added: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An indicator that the team took off the shortlist or did not choose, and why."""

    indicator: IndicatorId
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Session:
    """One team, one review, its phases. `step` grows with every move, so that a late click on an old card is known."""

    id: str
    school: str
    review: str
    channel: str
    facilitator: str
    opened_at: datetime
    phase: Phase = Phase.GATHER
    step: int = 1
    state: State = State.OPEN
    rules: Rules = Rules()
    here: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    shortlist: tuple[Listed, ...] = ()
    removed: tuple[SetAside, ...] = ()
    deferred: tuple[SetAside, ...] = ()
    round: int = 1
    advises: bool = False
    off_table: str = ""
    settled_by: str = ""

    @property
    def ended(self) -> bool:
        """True once it is committed or cancelled."""
        return self.state in (State.COMMITTED, State.CANCELLED)

    @property
    def card(self) -> str:
        """What names the card of the current step among all messages: the session, the step, the phase."""
        return f"{self.id}/{self.step}/{self.phase.value}"

    def moved_to(self, phase: Phase) -> "Session":
        """The session one step further, in `phase`."""
        return replace(self, phase=phase, step=self.step + 1)

    def voters(self, reviewers: frozenset[str]) -> tuple[str, ...]:
        """Who has dots: everybody here but the facilitator and the reviewers, unless the team wants all to vote."""
        if self.rules.everyone_votes:
            return self.here
        return tuple(p for p in self.here if p != self.facilitator and p not in reviewers)

    def listed(self, indicator: IndicatorId) -> Listed | None:
        """The shortlist's entry for `indicator`, or None."""
        return next((entry for entry in self.shortlist if entry.indicator == indicator), None)


class SessionNotFoundError(LeversError):
    """No session has that id in this workspace."""

    def __init__(self) -> None:
        super().__init__("That session is not here any more. `/levers status` shows where things stand.")


class NoSessionError(LeversError):
    """The channel has no open session."""

    def __init__(self) -> None:
        super().__init__("No session is open in this channel. `/levers start` opens one.")


class SessionOpenError(LeversError):
    """The school has an open session already."""

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(f"A session is open already, in <#{session.channel}>. Go on there; nothing new was started.")


class MovedOnError(LeversError):
    """Somebody was faster: the card that was used is no longer the current one."""

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(
            f"The session has moved on: it is in {session.phase.value.capitalize()} now. Nothing was changed."
        )


class EndedError(LeversError):
    """The session is committed or cancelled; what follows happens through actions."""

    def __init__(self, session: Session) -> None:
        self.session = session
        how = "committed" if session.state is State.COMMITTED else "cancelled"
        super().__init__(f"This session is {how}. `/levers plan` shows the plan; changes go through its actions.")


class PausedError(LeversError):
    """The session is paused."""

    def __init__(self) -> None:
        super().__init__("The session is paused. The facilitator can resume it from *Facilitate* on its card.")


class WrongPhaseError(LeversError):
    """What was asked for belongs to another phase."""

    def __init__(self, session: Session, wanted: Phase) -> None:
        super().__init__(
            f"That belongs to {wanted.value.capitalize()}; the session is in {session.phase.value.capitalize()} now."
        )


class NotReadyError(LeversError):
    """The next phase cannot open yet; the text says what is missing."""
