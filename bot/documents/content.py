"""What every document of a plan says, as plain values; the forms only lay it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.standing import stands
from planning.plan import Action, CheckIn, Plan, Priority
from planning.session import SetAside


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action; `owner`, `supporters` and `note` are empty where the reader may not see them. Dates are local.

    People are Slack ids until the document is given their names.
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
class PlanDocument:
    """A committed plan, ready to be laid out. `committed_at` is a UTC moment, the other dates are local."""

    school: str
    code: str
    reviewed: date
    committed: date
    committed_at: datetime
    priorities: tuple[PriorityPart, ...]
    deferred: tuple[tuple[str, str], ...]
    owners: bool

    @property
    def stem(self) -> str:
        """A safe file name without its ending: letters, digits and hyphens."""
        code = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in self.code)
        return f"action-plan-{code.strip('-') or 'school'}-{self.committed.isoformat()}"

    def named(self, name: Callable[[str], str]) -> "PlanDocument":
        """The same document with people under the names that `name` gives for their ids."""

        def line(action: ActionLine) -> ActionLine:
            owner = name(action.owner) if action.owner else ""
            return replace(action, owner=owner, supporters=tuple(name(person) for person in action.supporters))

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
) -> PlanDocument:
    """The content of `plan`. `last` is the last check-in by action, dates are local.

    `owners` says whether the reader may see whose action is whose, and the notes.
    """

    def line(action: Action) -> ActionLine:
        step, check_in = action.step, last.get(action.id)
        return ActionLine(
            action.id,
            step.text,
            step.owner if owners else "",
            step.supporters if owners else (),
            step.due,
            step.cadence.value,
            step.shown_by,
            step.resources,
            stands(action),
            check_in.note if owners and check_in else "",
        )

    def part(priority: Priority) -> PriorityPart:
        return PriorityPart(
            priority.place,
            priority.indicator.name,
            priority.indicator.domain,
            priority.level,
            priority.target_level,
            priority.root_cause,
            priority.goal,
            priority.measure,
            tuple(line(action) for action in plan.under(priority)),
        )

    return PlanDocument(
        school,
        code,
        reviewed,
        committed,
        plan.committed_at,
        tuple(part(priority) for priority in plan.priorities),
        tuple((entry.indicator.name, entry.reason) for entry in deferred),
        owners,
    )
