"""What every document of a school says, as plain values; the forms only lay it out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from bot.documents.findings import Findings
from bot.documents.letters import file_name, showable
from bot.documents.plan_part import ActionLine, PlanPart
from bot.documents.wording import words


@dataclass(frozen=True, slots=True)
class Document:
    """A school's findings, its action plan, or both, ready to be laid out; one of them is there."""

    school: str
    code: str
    findings: Findings | None = None
    plan: PlanPart | None = None

    @property
    def made_at(self) -> datetime:
        """The moment that stands in the file: the commit, else the day of the review at midnight, UTC."""
        if self.plan is not None:
            return self.plan.committed_at
        assert self.findings is not None
        return datetime.combine(self.findings.reviewed, time(), UTC)

    @property
    def title(self) -> str:
        """The name of the wording's title for what is in it."""
        return "title_both" if self.findings and self.plan else "title" if self.plan else "title_findings"

    @property
    def stem(self) -> str:
        """A safe file name without its ending: letters, digits and hyphens."""
        if self.plan is not None:
            return file_name("action-plan", self.code, self.plan.committed.isoformat())
        return file_name("findings", self.code, self.made_at.date().isoformat())

    def named(self, name: Callable[[str], str]) -> "Document":
        """The same document with people under the names that `name` gives for their ids; it is asked once a person."""
        if self.plan is None:
            return self
        lines = [line for part in self.plan.priorities for line in part.actions]
        people = {person for line in lines for person in (line.owner, *line.supporters) if person}
        names = {"": ""} | {person: showable(name(person)) for person in sorted(people)}

        def line(action: ActionLine) -> ActionLine:
            owner, supporters = names[action.owner], tuple(names[one] for one in action.supporters)
            if action.outside:
                owner = f"{action.outside}, {words()['followed_up']} {owner}"
            return replace(action, owner=owner, supporters=supporters)

        parts = tuple(replace(part, actions=tuple(map(line, part.actions))) for part in self.plan.priorities)
        return replace(self, plan=replace(self.plan, priorities=parts))
