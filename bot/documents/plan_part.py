"""A committed plan as plain values for a reader; the forms only lay it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.documents.letters import showable
from bot.sentences import say_plain
from bot.standing import counts, stands
from planning.plan import Action, CheckIn, Plan, Priority, Status
from planning.session import Session, SetAside


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action; `owner`, `supporters`, `status`, `updated` and `note` are empty, `dropped` is false, where not shown.

    `due` and `updated` are local dates at the school. People are Slack ids until the document is given their names;
    `outside` names somebody without Slack, whom the owner follows up.
    """

    id: str
    text: str
    owner: str
    supporters: tuple[str, ...]
    due: date
    cadence: str
    shown_by: str
    resources: str
    status: str
    updated: date | None
    note: str
    dropped: bool = False
    outside: str = ""


@dataclass(frozen=True, slots=True)
class PriorityPart:
    """One priority with its actions; `progress` counts how they stand where that is not said of each, else empty.

    `in_place` is how it is sustained, once the team has said that it is in place.
    """

    place: int
    indicator: str
    domain: str
    level: str
    target_level: str
    root_cause: str
    goal: str
    measure: str
    progress: str
    actions: tuple[ActionLine, ...]
    in_place: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """An indicator that the session considered: why it was on the shortlist, what became of it, and with what reason.

    `deferred` is true where it was neither chosen nor taken off the shortlist.
    """

    indicator: str
    domain: str
    level: str
    why: str
    outcome: str
    reason: str
    deferred: bool


@dataclass(frozen=True, slots=True)
class CheckInDay:
    """A day on which owners are asked how it is going: the UTC moment, and about how many actions, by priority."""

    day: date
    at: datetime
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A committed plan. `committed_at` is a UTC moment, the other dates are local; `settled` says how a tie ended.

    `owners` is true where people's names are in it, `standing` where it says how the actions stand.
    """

    id: str
    reviewed: date
    committed: date
    committed_at: datetime
    priorities: tuple[PriorityPart, ...]
    considered: tuple[Considered, ...]
    settled: str
    check_ins: tuple[CheckInDay, ...]
    owners: bool
    standing: bool

    @property
    def deferred(self) -> tuple[Considered, ...]:
        """What was considered and left for later."""
        return tuple(one for one in self.considered if one.deferred)


def plan_part(
    plan: Plan,
    session: Session,
    *,
    reviewed: date,
    local: Callable[[datetime], date],
    last: Mapping[str, CheckIn],
    check_ins: tuple[CheckInDay, ...] = (),
    owners: bool,
    standing: bool,
    answers: Callable[[datetime | None], bool],
    counted: bool = False,
) -> PlanPart:
    """The content of `plan`, which `session` committed. `last` is the last check-in with a note by action.

    `local` gives the school's date of a moment. `owners` says whether the reader may see whose action is whose; where
    not, they see who answered where `answers` is true of the moment of the answer, as of every note. Without `standing`
    it is the plan as it was agreed, and says of no action how it stands: no name may be beside a status where a whole
    team reads it; `counted` then says how many of a priority's actions stand how.
    """

    def line(action: Action) -> ActionLine:
        step, check_in = action.step, last.get(action.id)
        answered = answers(action.updated_at) and not action.refused
        noted = standing and (owners or answered) and check_in is not None and answers(check_in.at)
        return ActionLine(
            action.id,
            showable(step.text),
            step.owner if owners or answered else "",
            step.supporters if owners else (),
            step.due,
            step.cadence.value,
            showable(step.shown_by),
            showable(step.resources),
            stands(action) if standing else "",
            local(action.updated_at) if standing and action.updated_at else None,
            showable(check_in.note) if check_in and noted else "",
            standing and action.status is Status.DROPPED,
            showable(step.outside) if owners else "",
        )

    def part(priority: Priority) -> PriorityPart:
        return PriorityPart(
            priority.place,
            priority.indicator.name,
            priority.indicator.domain,
            priority.level,
            priority.target_level,
            showable(priority.root_cause),
            showable(priority.goal),
            showable(priority.measure),
            _progress(plan.under(priority)) if counted and not standing else "",
            tuple(line(action) for action in plan.under(priority)),
            showable(priority.sustained),
        )

    parts = tuple(part(priority) for priority in plan.priorities)
    return PlanPart(
        plan.id,
        reviewed,
        local(plan.committed_at),
        plan.committed_at,
        parts,
        _considered(plan, session),
        showable(session.settled_by),
        check_ins,
        owners or any(line.owner for one in parts for line in one.actions),
        standing,
    )


def _progress(actions: tuple[Action, ...]) -> str:
    """How many stand how; nothing where all are one person's, whose name stands beside them."""
    return counts(actions) if len({action.step.owner for action in actions}) > 1 else ""


def _considered(plan: Plan, session: Session) -> tuple[Considered, ...]:
    """Chosen first, then deferred, then taken off."""
    chosen = [
        (SetAside(one.indicator, one.level, ""), say_plain("report.chosen", place=one.place)) for one in plan.priorities
    ]
    deferred = [(one, say_plain("report.deferred")) for one in session.deferred]
    removed = [(one, say_plain("report.taken_off")) for one in session.removed]
    return tuple(
        Considered(
            one.indicator.name,
            one.indicator.domain,
            one.level,
            _why(session, one),
            outcome,
            showable(one.reason),
            one in session.deferred,
        )
        for one, outcome in (*chosen, *deferred, *removed)
    )


def _why(session: Session, one: SetAside) -> str:
    listed = session.listed(one.indicator)
    if listed is None:
        return ""
    if listed.why_added:
        return say_plain("report.added", why=showable(listed.why_added))
    # The first reason is the level, which stands beside it already.
    return " ".join(listed.reasons[1:])
