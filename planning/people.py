"""Who a person is to a school, and what follows from it: one place that says who may see and do what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rubric.errors import LeversError
from rubric.review import Audience


class Role(StrEnum):
    """What a person is to a school, apart from being in its team."""

    PRINCIPAL = "principal"
    COACH = "coach"
    BACKUP = "backup leader"
    DISTRICT = "district leader"
    REVIEWER = "reviewer"


SCHOOL_LEADERS = frozenset({Role.PRINCIPAL, Role.COACH, Role.BACKUP})
ACROSS = frozenset({Role.PRINCIPAL, Role.BACKUP, Role.DISTRICT, Role.REVIEWER})
"""Who may compare the schools that are theirs."""
OUTSIDE = frozenset({Role.DISTRICT, Role.REVIEWER})
"""Roles that do not make somebody one of the school's own people."""
MOST_CHANNELS = 5
"""So many are named to whoever asked in another one."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as one school knows them: their roles, and whether they are in the channel connected to it.

    `names_since` is the UTC moment from which the school shows its district and reviewers who said what; None: it does
    not.
    """

    person: str
    school: str
    roles: frozenset[Role] = frozenset()
    member: bool = False
    administrator: bool = False
    names_since: datetime | None = None

    @property
    def knows_school(self) -> bool:
        """True when the person may learn that this school is here at all."""
        return self.member or bool(self.roles)

    @property
    def looks_across(self) -> bool:
        """True for who leads, looks after or reviews the school, and may compare it with others of theirs."""
        return bool(self.roles & ACROSS)

    @property
    def in_school(self) -> bool:
        """True for the team and the school's own leaders."""
        return self.member or bool(self.roles & SCHOOL_LEADERS)

    @property
    def leads(self) -> bool:
        """True for whoever may take a session over: the school's leaders and its reviewers."""
        return bool(self.roles & (SCHOOL_LEADERS | {Role.REVIEWER}))

    @property
    def may_release(self) -> bool:
        """True for those who may show a held review to the team."""
        return bool(self.roles & {Role.PRINCIPAL, Role.REVIEWER})

    @property
    def may_share(self) -> bool:
        """True for the school's leader, who may show it to a reviewer of another workspace."""
        return bool(self.roles & {Role.PRINCIPAL, Role.BACKUP})

    @property
    def sees_held_review(self) -> bool:
        """True for those who see a review before its release."""
        return self.may_release

    @property
    def sees_owners(self) -> bool:
        """True for those who see whose action is whose: the school's own people, not the district or reviewers."""
        return self.in_school

    @property
    def sees_answers(self) -> bool:
        """True for those who see how whose action goes, with the notes: the principal, the backup leader, coaches."""
        return bool(self.roles & SCHOOL_LEADERS)

    def sees_answer(self, said_at: datetime | None) -> bool:
        """Whether they see whose action it is, how it goes and the note, where it was last said at `said_at` (UTC).

        What was said before the school showed names to its district and reviewers stays what was promised then.
        """
        if self.sees_answers:
            return True
        shown = self.names_since is not None and said_at is not None and said_at >= self.names_since
        return shown and bool(self.roles & OUTSIDE)

    @property
    def may_ask_owners(self) -> bool:
        """True for those who may ask an owner for an update: the school's own leaders."""
        return self.sees_answers

    @property
    def may_ask_leader(self) -> bool:
        """True for those who ask the school's leader and not its owners: the district and reviewers."""
        return bool(self.roles & OUTSIDE) and not self.sees_answers

    @property
    def may_comment(self) -> bool:
        """True for those whose word about an action reaches its owner: the school's leaders and its reviewers."""
        return bool(self.roles & (SCHOOL_LEADERS | {Role.REVIEWER}))

    def sees_comment(self, by: str) -> bool:
        """Whether they read what `by` said about an action: those who see answers do, and whoever said it."""
        return self.sees_answers or by == self.person

    @property
    def may_show_names(self) -> bool:
        """True for the principal, who decides whether the district and reviewers see names and notes."""
        return Role.PRINCIPAL in self.roles

    @property
    def audiences(self) -> frozenset[Audience]:
        """The audiences whose evidence this person may read."""
        found = {Audience.TEAM}
        if self.roles & {Role.PRINCIPAL, Role.COACH, Role.BACKUP, Role.REVIEWER}:
            found.add(Audience.LEADER)
        if Role.REVIEWER in self.roles:
            found.add(Audience.REVIEWER)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Leadership:
    """Who holds which role at a school, as an administrator set it."""

    principal: str
    backup: str
    coaches: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()

    def pairs(self) -> tuple[tuple[str, Role], ...]:
        """Every (person, role); a role that nobody holds is in none."""
        every = (
            (self.principal, Role.PRINCIPAL),
            (self.backup, Role.BACKUP),
            *((person, Role.COACH) for person in self.coaches),
            *((person, Role.DISTRICT) for person in self.district),
            *((person, Role.REVIEWER) for person in self.reviewers),
        )
        return tuple(pair for pair in every if pair[0])


class NotAllowedError(LeversError):
    """The person may not do or see this; the sentence gives nothing away."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class NotConnectedError(LeversError):
    """The channel belongs to no school; `known` are the channels of the schools that the person knows."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        if known:
            theirs = ", ".join(f"<#{channel}>" for channel in known[:MOST_CHANNELS])
            sentence = f"This is not the channel of a school. Type it in the school's own: {theirs}."
        else:
            sentence = "This channel is not connected to a school. An administrator connects it with `/levers connect`."
        super().__init__(sentence)


class NotAdministratorError(NotAllowedError):
    """Only administrators connect channels and grant roles."""

    def __init__(self) -> None:
        super().__init__("Only an administrator of Levers can do that. Nothing was changed.")


class NoAdministratorError(NotAllowedError):
    """Nobody is an administrator yet, so that nobody can be told to ask one."""

    def __init__(self, who: str) -> None:
        super().__init__(
            "Levers has no administrator here yet. Whoever runs it names the first one on its host: "
            f"levers administrators --add {who}"
        )


class OutsiderError(NotAllowedError):
    """The person belongs to no school that this would be about."""

    def __init__(self) -> None:
        super().__init__("That is for the people of the school's own team. Nothing was changed.")


class NotFacilitatorError(NotAllowedError):
    """Only the facilitator moves the session on."""

    def __init__(self, facilitator: str) -> None:
        super().__init__(
            f"<@{facilitator}> facilitates this session. A co-facilitator or leader can take over from *Facilitate*."
        )


class NotReleaserError(NotAllowedError):
    """Only the reviewer or the principal releases a review."""

    def __init__(self) -> None:
        super().__init__("Only the reviewer or the principal can release the review. Nothing was changed.")
