"""The phases of a session and the only ways between them."""

from enum import StrEnum


class Phase(StrEnum):
    """Where a session stands. The order of the members is the order of the meeting."""

    GATHER = "gather"
    CELEBRATE = "celebrate"
    FOCUS = "focus"
    VOTE = "vote"
    CHOOSE = "choose"
    PLAN = "plan"
    COMMIT = "commit"

    @property
    def next(self) -> "Phase | None":
        """The phase that follows, or None after the last."""
        return _neighbour(self, 1)

    @property
    def previous(self) -> "Phase | None":
        """The phase before, or None before the first."""
        return _neighbour(self, -1)

    @property
    def number(self) -> int:
        """1 for the first phase, 7 for the last."""
        return list(Phase).index(self) + 1


def _neighbour(phase: Phase, step: int) -> Phase | None:
    phases = list(Phase)
    place = phases.index(phase) + step
    return phases[place] if 0 <= place < len(phases) else None
