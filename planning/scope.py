"""The schools that somebody may see, each with them as that school knows them: what every read over many requires."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planning.people import Role, Viewer
from rubric.errors import LeversError


class NotKnownError(LeversError):
    """No such school or network, or none that the person may see: nobody learns which of the two."""

    def __init__(self) -> None:
        super().__init__("You see no school or network of that name here.")


class Together(StrEnum):
    """What somebody may open about their schools together."""

    PORTFOLIO = "portfolio"
    ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Scope:
    """Viewers by the id of their school; a school that is not in it is not there at all for whoever reads."""

    viewers: Mapping[str, Viewer] = field(default_factory=dict)

    @property
    def schools(self) -> tuple[str, ...]:
        """The ids of the schools."""
        return tuple(self.viewers)

    def viewer(self, school: str) -> Viewer:
        """The person as `school` knows them. Raises NotKnownError for one that they may not see, or that is not."""
        if school not in self.viewers:
            raise NotKnownError
        return self.viewers[school]

    def across(self) -> "Scope":
        """The part whose levers of change they may compare."""
        return Scope({school: viewer for school, viewer in self.viewers.items() if viewer.looks_across})

    @property
    def together(self) -> tuple[Together, ...]:
        """What the person may open about them: a reviewer their portfolio, whoever may compare several those."""
        reviews = any(Role.REVIEWER in viewer.roles for viewer in self.viewers.values())
        may = {Together.PORTFOLIO: reviews, Together.ACROSS: len(self.across().viewers) > 1}
        return tuple(one for one in Together if may[one])

    def only(self, *schools: str) -> "Scope":
        """The same for some of the schools. Raises NotKnownError for one that is not in it."""
        return Scope({school: self.viewer(school) for school in schools})


def on_the_host(schools: tuple[str, ...]) -> Scope:
    """What whoever runs a command where Levers runs sees: every school as its principal does."""
    return Scope({school: Viewer("", school, frozenset({Role.PRINCIPAL})) for school in schools})
