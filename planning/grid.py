"""Impact and feasibility: where people place the leading indicators, and the small grid that comes of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planning.session import FEWEST_VOTERS
from rubric.errors import LeversError
from rubric.rubric import IndicatorId

SCALE = (1, 2, 3)
"""Low, middling, high."""

MOST_PLACED = 6
"""The leading indicators that a team places: more would be another vote."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person sees an indicator: how much it would change, and how much it is in the team's hands (1 to 3)."""

    impact: int
    feasibility: int


Placements = Mapping[IndicatorId, Place]
Grid = Mapping[IndicatorId, Place]
"""Where the team sees each indicator, rounded to a square of the grid."""


class PlacementError(LeversError):
    """A placement that the grid does not know; `field` names the input."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def checked(placements: Placements, leading: Iterable[IndicatorId]) -> Placements:
    """The placements, if each is on the grid and of a leading indicator. Raises PlacementError."""
    known = set(leading)
    for indicator, place in placements.items():
        if indicator not in known:
            raise PlacementError("", f"{indicator.in_full} is not among the leading ones any more. Open this again.")
        if place.impact not in SCALE or place.feasibility not in SCALE:
            raise PlacementError("", "Choose low, middling or high for both.")
    return placements


def grid(placed: Iterable[Placements]) -> Grid:
    """The team's grid: an indicator stands on it once as many placed it as a secret vote needs, at the rounded mean.

    With fewer, one person's placement could be told from it.
    """
    by_indicator: defaultdict[IndicatorId, list[Place]] = defaultdict(list)
    for one in placed:
        for indicator, place in one.items():
            by_indicator[indicator].append(place)
    return {
        indicator: Place(_mean([p.impact for p in places]), _mean([p.feasibility for p in places]))
        for indicator, places in by_indicator.items()
        if len(places) >= FEWEST_VOTERS
    }


def _mean(values: list[int]) -> int:
    # Halves go up: 2.5 reads as high.
    return int(sum(values) / len(values) + 0.5)
