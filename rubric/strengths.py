"""What a review found strong: never empty, so that a meeting can begin with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from rubric.review import Goal, GoalResult, Rating, Review
from rubric.rubric import IndicatorId, Rubric


@dataclass(frozen=True, slots=True)
class Improved:
    """A rating that stands higher than the latest earlier one."""

    rating: Rating
    previous_level: str


@dataclass(frozen=True, slots=True)
class Strengths:
    """The ratings at the highest level that this review gave, those that improved, and the goals that were met.

    `rated` is all that the review rated, to tell those apart that share a name.
    """

    level: str
    highest: tuple[Rating, ...]
    improved: tuple[Improved, ...]
    goals_met: tuple[Goal, ...]
    rated: tuple[IndicatorId, ...] = ()


def strengths(rubric: Rubric, review: Review, earlier: Mapping[IndicatorId, str]) -> Strengths:
    """The strengths of `review`, each in rubric order; `earlier` is as for ranking. Needs one rating at the least."""
    ratings = sorted(review.ratings, key=lambda rating: rubric.order_of(rating.indicator))
    level = max((rating.level for rating in ratings), key=rubric.rank_of)
    improved = (
        Improved(rating, earlier[rating.indicator])
        for rating in ratings
        if rating.indicator in earlier and rubric.rank_of(rating.level) > rubric.rank_of(earlier[rating.indicator])
    )
    return Strengths(
        level,
        tuple(rating for rating in ratings if rating.level == level),
        tuple(improved),
        tuple(goal for goal in review.goals if goal.result is GoalResult.MET),
        tuple(rating.indicator for rating in ratings),
    )
