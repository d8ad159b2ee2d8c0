"""A prioritization session as a value: who is here, where it stands, what is on its shortlist."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from planning.pace import Pace, Timer
from planning.phases import Phase
from rubric.errors import LeversError
from rubric.rubric import IndicatorId, called

FEWEST_VOTERS = 4
"""Under four voters a secret vote hides nobody: the team discusses instead."""


FEW = 3
"""Few priorities get done, and many do not: a team that chooses more says why."""


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
    pace: Pace = Pace.FREE

    @property
    def unexplained(self) -> int:
        """How many priorities the team chooses without saying why, however many it allows itself."""
        return min(self.priorities, FEW)


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator on the shortlist, with its level in the review and the sentences that say why it stands here."""

    indicator: IndicatorId
    level: str
    reasons: tuple[str, ...]
    why_added: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An indicator that the team took off the shortlist or did not choose, and why; `why_added` it had been put on."""

    indicator: IndicatorId
    level: str
    reason: str
    why_added: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """What somebody wants weighed about an indicator; `person` is None where it was said without a name."""

    id: str
    indicator: IndicatorId
    text: str
    person: str | None


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
    cofacilitators: tuple[str, ...] = ()
    timer: Timer | None = None
    here: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    shortlist: tuple[Listed, ...] = ()
    removed: tuple[SetAside, ...] = ()
    deferred: tuple[SetAside, ...] = ()
    concerns: tuple[Concern, ...] = ()
    round: int = 1
    runoff: tuple[IndicatorId, ...] = ()
    advises: bool = False
    off_table: str = ""
    settled_by: str = ""
    cancelled_because: str = ""

    @property
    def ended(self) -> bool:
        """True once it is committed or cancelled."""
        return self.state in (State.COMMITTED, State.CANCELLED)

    @property
    def card(self) -> str:
        """What names the card of the current step among all messages: the session, the step, the phase."""
        return f"{self.id}/{self.step}/{self.phase.value}"

    def moved_to(self, phase: Phase, now: datetime) -> "Session":
        """The session one step further, in `phase`, with the time that its pace gives the phase."""
        return replace(self, phase=phase, step=self.step + 1, timer=self.rules.pace.timer(phase, now))

    @property
    def present(self) -> tuple[str, ...]:
        """Who joined and has not been excused since."""
        return tuple(person for person in self.here if person not in self.excused)

    def time_is_up(self, now: datetime) -> bool:
        """Whether the phase's timer, if there is one, has ended."""
        return self.timer is not None and self.timer.ends_at is not None and self.timer.ends_at <= now

    @property
    def attendance(self) -> int:
        """How many are here, people without Slack included."""
        return len(self.present) + len(self.guests)

    def joined_by(self, person: str) -> "Session":
        """The session with `person` here, for the first time or back after they were excused."""
        here = self.here if person in self.here else (*self.here, person)
        return replace(self, here=here, excused=tuple(one for one in self.excused if one != person))

    def voters(self, reviewers: frozenset[str]) -> tuple[str, ...]:
        """Who has dots: everybody here but the facilitator and the reviewers, unless the team wants all to vote.

        Whoever was excused has dots still, but nobody waits for them.
        """
        if self.rules.everyone_votes:
            return self.here
        return tuple(p for p in self.here if p != self.facilitator and p not in reviewers)

    @property
    def ballot_rules(self) -> Rules:
        """What a ballot may hold now: in a runoff everybody has one dot."""
        return replace(self.rules, dots=1, cap=1) if self.runoff else self.rules

    @property
    def contest(self) -> tuple[Listed, ...]:
        """What is voted on: the shortlist, or in a runoff the indicators that were tied."""
        return tuple(entry for entry in self.shortlist if not self.runoff or entry.indicator in self.runoff)

    @property
    def first_round(self) -> "Session":
        """The session as it stood in the vote that a runoff came out of; itself where there is no runoff."""
        return replace(self, round=self.round - 1, runoff=()) if self.runoff else self

    def weighed(self, indicator: IndicatorId) -> tuple[Concern, ...]:
        """The concerns noted on `indicator`."""
        return tuple(concern for concern in self.concerns if concern.indicator == indicator)

    @property
    def spoken_of(self) -> tuple[IndicatorId, ...]:
        """What is on the shortlist, and what was taken off it."""
        return (*(one.indicator for one in self.shortlist), *(one.indicator for one in self.removed))

    def called(self, indicator: IndicatorId) -> str:
        """The name of `indicator`, with its domain where another one that is spoken of shares it."""
        return called([indicator], self.spoken_of)[0]

    def listed(self, indicator: IndicatorId | str) -> Listed | None:
        """The shortlist's entry for `indicator` (it or its mark), or None."""
        return next((entry for entry in self.shortlist if entry.indicator.is_meant_by(indicator)), None)


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
        where = f"<#{session.channel}>"
        if session.state is State.PAUSED:
            sentence = (
                f"A session is paused, in {where}: <@{session.facilitator}>, or a leader who takes over, can resume it "
                "from *Facilitate*. Nothing new was started."
            )
        else:
            sentence = f"A session is open already, in {where}. Go on there; nothing new was started."
        super().__init__(sentence)


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
        self.session = session
        there = session.phase.value.capitalize()
        super().__init__(
            f"That belongs to {wanted.value.capitalize()}; the session is in {there} now. Nothing was changed."
        )


class NotReadyError(LeversError):
    """The next phase cannot open yet; the text says what is missing."""
