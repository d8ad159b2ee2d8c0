"""What every document of a plan says, as plain values; the forms only lay it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.documents.letters import file_name, showable
from bot.standing import stands
from planning.plan import Action, CheckIn, Plan, Priority, Status
from planning.session import SetAside


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action; `owner`, `supporters`, `status` and `note` are empty, `dropped` is false, where that is not shown.

    `due` is a local date at the school. People are Slack ids until the document is given their names.
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
    note: str
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class PriorityPart:
    """One priority with its actions."""

    place: int
    indicator: str
    domain: str
    level: str
    target_level: str
    root_cause: str
    goal: str
    measure: str
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class DeferredPart:
    """An indicator that the team considered and did not choose, and why."""

    indicator: str
    domain: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A committed plan, ready to be laid out. `committed_at` is a UTC moment, the other dates are local.

    `owners` is true where people's names are in it, `standing` where it says how the actions stand.
    """

    school: str
    code: str
    reviewed: date
    committed: date
    committed_at: datetime
    priorities: tuple[PriorityPart, ...]
    deferred: tuple[DeferredPart, ...]
    owners: bool
    standing: bool

    @property
    def stem(self) -> str:
        """A safe file name without its ending: letters, digits and hyphens."""
        return file_name("action-plan", self.code, self.committed.isoformat())

    def named(self, name: Callable[[str], str]) -> "PlanDocument":
        """The same document with people under the names that `name` gives for their ids; it is asked once a person."""
        lines = [line for part in self.priorities for line in part.actions]
        people = {person for line in lines for person in (line.owner, *line.supporters) if person}
        names = {"": ""} | {person: showable(name(person)) for person in sorted(people)}

        def line(action: ActionLine) -> ActionLine:
            return replace(action, owner=names[action.owner], supporters=tuple(names[one] for one in action.supporters))

        parts = (replace(part, actions=tuple(map(line, part.actions))) for part in self.priorities)
        return replace(self, priorities=tuple(parts))


def plan_document(
    plan: Plan,
    *,
    school: str,
    code: str,
    reviewed: date,
    committed: date,
    deferred: tuple[SetAside, ...],
    last: Mapping[str, CheckIn],
    owners: bool,
    standing: bool,
) -> PlanDocument:
    """The content of `plan`. `last` is the last check-in with a note by action, dates are local.

    `owners` says whether the reader may see whose action is whose, and the notes. Without `standing` it is the plan as
    it was agreed, and says of no action how it stands: for a channel, where no name may be beside a status.
    """

    def line(action: Action) -> ActionLine:
        step, check_in = action.step, last.get(action.id)
        return ActionLine(
            action.id,
            showable(step.text),
            step.owner if owners else "",
            step.supporters if owners else (),
            step.due,
            step.cadence.value,
            showable(step.shown_by),
            showable(step.resources),
            stands(action) if standing else "",
            showable(check_in.note) if owners and standing and check_in else "",
            standing and action.status is Status.DROPPED,
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
            tuple(line(action) for action in plan.under(priority)),
        )

    return PlanDocument(
        showable(school),
        code,
        reviewed,
        committed,
        plan.committed_at,
        tuple(part(priority) for priority in plan.priorities),
        tuple(
            DeferredPart(entry.indicator.name, entry.indicator.domain, entry.level, showable(entry.reason))
            for entry in deferred
        ),
        owners,
        standing,
    )
