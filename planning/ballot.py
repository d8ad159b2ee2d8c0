"""The secret ballot: what a person may spend, what the team's dots add up to, and where the cut falls."""

from collections.abc import Mapping
from dataclasses import dataclass

from planning.session import Listed, Rules
from rubric.errors import LeversError
from rubric.rubric import IndicatorId, called

Dots = Mapping[IndicatorId, int]


class BallotError(LeversError):
    """A ballot that the rules do not allow; the text says what to change, `indicator` is the one at fault, if any."""

    def __init__(self, sentence: str, indicator: IndicatorId | None = None) -> None:
        self.indicator = indicator
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Tally:
    """The revealed totals, most dots first and in shortlist order where they are equal; ballots are a count."""

    totals: tuple[tuple[IndicatorId, int], ...]
    ballots: int

    @property
    def dots(self) -> int:
        """All dots spent."""
        return sum(count for _, count in self.totals)


@dataclass(frozen=True, slots=True)
class Cut:
    """What the dots alone choose: those clearly above, those tied at the cut, and how many places the tied share."""

    clear: tuple[IndicatorId, ...]
    tied: tuple[IndicatorId, ...]
    places: int


def checked(dots: Dots, shortlist: tuple[Listed, ...], rules: Rules, *, ballots: int = 1) -> dict[IndicatorId, int]:
    """The dots worth keeping (those above none); `ballots` is more than one for a batch of paper ballots.

    Raises BallotError for an indicator off the shortlist, a negative count, too many on one, or too many in all.
    """
    known = {entry.indicator for entry in shortlist}
    for indicator, count in dots.items():
        if indicator not in known:
            raise BallotError(
                f"{indicator.in_full} is not on the shortlist any more. Open the ballot again.", indicator
            )
        if count < 0 or count > rules.cap * ballots:
            most = rules.cap * ballots
            (name,) = called([indicator], list(known))
            raise BallotError(f"At most {most} dots can go on one indicator; {name} has {count}.", indicator)
    spent = sum(dots.values())
    if spent > rules.dots * ballots:
        raise BallotError(
            f"You placed {spent} dots and have {rules.dots * ballots}. Take {spent - rules.dots * ballots} back."
        )
    return {indicator: count for indicator, count in dots.items() if count}


def tally(dots: Dots, ballots: int, shortlist: tuple[Listed, ...]) -> Tally:
    """The totals over the whole shortlist, those without a dot included."""
    totals = [(entry.indicator, dots.get(entry.indicator, 0)) for entry in shortlist]
    return Tally(tuple(sorted(totals, key=lambda pair: -pair[1])), ballots)


def cut(result: Tally, places: int) -> Cut:
    """Where `places` priorities would be cut off; an indicator without dots is never proposed."""
    scored = [pair for pair in result.totals if pair[1] > 0]
    if len(scored) <= places:
        return Cut(tuple(indicator for indicator, _ in scored), (), 0)
    at_cut = scored[places - 1][1]
    if scored[places][1] < at_cut:
        return Cut(tuple(indicator for indicator, _ in scored[:places]), (), 0)
    clear = tuple(indicator for indicator, count in scored if count > at_cut)
    tied = tuple(indicator for indicator, count in scored if count == at_cut)
    return Cut(clear, tied, places - len(clear))
