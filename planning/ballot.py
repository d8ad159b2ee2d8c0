"""The secret ballot: what a person may spend, what the team's dots add up to, and where the cut falls."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planning.session import FEWEST_VOTERS, Listed, Rules
from rubric.errors import LeversError
from rubric.rubric import IndicatorId, called

Dots = Mapping[IndicatorId, int]


class BallotError(LeversError):
    """A ballot that the rules do not allow; the text says what to change, `field` names the input at fault, if any."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.field = field
        super().__init__(sentence)


class Way(StrEnum):
    """How a team comes to its choice, so that nobody can be told from the totals."""

    SLACK = "slack"
    PAPER = "paper"
    TALK = "talk"


def way(in_slack: int, guests: int, paper: int) -> Way:
    """How a team votes: so many whose ballots in Slack are awaited, without Slack, and so many `paper` ballots so far.

    Under four in all they talk. Under four in Slack everybody votes on paper; a batch that stands for more people than
    are without Slack stays, whoever comes late.
    """
    if max(in_slack + guests, paper) < FEWEST_VOTERS:
        return Way.TALK
    return Way.PAPER if in_slack < FEWEST_VOTERS or paper > guests else Way.SLACK


def hides_voters(in_slack: int, ballots: int) -> bool:
    """Whether the totals of so many ballots tell nobody's: four in Slack, or four on paper and none in Slack.

    Beside fewer in Slack the facilitator, who typed the paper ones in, could subtract them.
    """
    return in_slack >= FEWEST_VOTERS or (in_slack == 0 and ballots >= FEWEST_VOTERS)


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
    known = {entry.indicator: f"dots-{place}" for place, entry in enumerate(shortlist)}
    for indicator, count in dots.items():
        if indicator not in known:
            raise BallotError(f"{indicator.in_full} is not on the shortlist any more. Open the ballot again.")
        if count < 0 or count > rules.cap * ballots:
            most = rules.cap * ballots
            (name,) = called([indicator], list(known))
            raise BallotError(f"At most {most} dots can go on one indicator; {name} has {count}.", known[indicator])
    spent = sum(dots.values())
    if spent > rules.dots * ballots:
        raise BallotError(
            f"You placed {spent} dots and have {rules.dots * ballots}. Take {spent - rules.dots * ballots} back."
        )
    return {indicator: count for indicator, count in dots.items() if count}


def checked_batch(dots: Dots, shortlist: tuple[Listed, ...], rules: Rules, ballots: int) -> dict[IndicatorId, int]:
    """The dots of a batch of so many paper ballots. Raises as `checked` does, and for none or too many dots.

    A batch without a dot is never meant: the window comes with a number of people, and without dots.
    """
    spent, most = sum(dots.values()), rules.dots * ballots
    if ballots and not spent:
        raise BallotError("Enter the dots of these slips below, or 0 here if nobody has voted on paper.", "ballots")
    if spent and not ballots:
        raise BallotError("Say how many people these dots are from, or leave the dots empty.", "ballots")
    if spent > most:
        people = "1 person has" if ballots == 1 else f"{ballots} people have"
        raise BallotError(f"{people} {most} dots in all, and {spent} are entered below. Count again.", "ballots")
    return checked(dots, shortlist, rules, ballots=ballots)


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
