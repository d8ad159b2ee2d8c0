"""What every document of a plan says, as plain values; the forms only lay it out."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.documents.wording import words
from bot.standing import stands
from planning.plan import Action, CheckIn, Plan, Priority, Status
from planning.session import SetAside


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action; `owner`, `supporters`, `status` and `note` are empty, `dropped` is false, where that is not shown.

    `due` is a local date at the school. People are Slack ids until the document is given their names; `outside` names
    somebody without Slack, whom the owner follows up.
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
    outside: str = ""


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
        code = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in self.code)
        return f"action-plan-{code.strip('-') or 'school'}-{self.committed.isoformat()}"

    def named(self, name: Callable[[str], str]) -> "PlanDocument":
        """The same document with people under the names that `name` gives for their ids; it is asked once a person."""
        lines = [line for part in self.priorities for line in part.actions]
        people = {person for line in lines for person in (line.owner, *line.supporters) if person}
        names = {"": ""} | {person: _typed(name(person)) for person in sorted(people)}

        def line(action: ActionLine) -> ActionLine:
            owner, supporters = names[action.owner], tuple(names[one] for one in action.supporters)
            if action.outside:
                owner = f"{action.outside}, {words()['followed_up']} {owner}"
            return replace(action, owner=owner, supporters=supporters)

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
            _typed(step.text),
            step.owner if owners else "",
            step.supporters if owners else (),
            step.due,
            step.cadence.value,
            _typed(step.shown_by),
            _typed(step.resources),
            stands(action) if standing else "",
            _typed(check_in.note) if owners and standing and check_in else "",
            standing and action.status is Status.DROPPED,
            _typed(step.outside) if owners else "",
        )

    def part(priority: Priority) -> PriorityPart:
        return PriorityPart(
            priority.place,
            priority.indicator.name,
            priority.indicator.domain,
            priority.level,
            priority.target_level,
            _typed(priority.root_cause),
            _typed(priority.goal),
            _typed(priority.measure),
            tuple(line(action) for action in plan.under(priority)),
        )

    return PlanDocument(
        _typed(school),
        code,
        reviewed,
        committed,
        plan.committed_at,
        tuple(part(priority) for priority in plan.priorities),
        tuple(
            DeferredPart(entry.indicator.name, entry.indicator.domain, entry.level, _typed(entry.reason))
            for entry in deferred
        ),
        owners,
        standing,
    )


def _typed(text: str) -> str:
    """What a person typed, without what a workbook has no place for; lines stay lines.

    That is all but what XML 1.0 (section 2.2) calls characters; joiners and marks stay, as scripts and emoji need them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or not _unshowable(one))


def _unshowable(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or letter in "\ufffe\uffff"
