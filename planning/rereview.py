"""A plan beside the next review: how each priority moved, beside what began where it began. It claims no cause."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planning.ledger import ReviewHere
from planning.plan import Action, Plan, Priority
from planning.session import SetAside
from rubric.comparing import Compared, Movement, compare


@dataclass(frozen=True, slots=True)
class Beside:
    """The indicators that began at one level and were not chosen: how each moved, in rubric order."""

    level: str
    others: tuple[Compared, ...]

    def count(self, movement: Movement) -> int:
        """How many of them moved so."""
        return sum(one.movement is movement for one in self.others)

    @property
    def compared(self) -> int:
        """Out of how many a share of them is said: those that are rated both times on one scale."""
        return sum(one.movement.compared for one in self.others)


@dataclass(frozen=True, slots=True)
class PriorityMoved:
    """A priority with its actions, its level before and after, and what began at the same level beside it."""

    priority: Priority
    actions: tuple[Action, ...]
    compared: Compared
    beside: Beside


@dataclass(frozen=True, slots=True)
class ReReview:
    """What the next review says about a plan. `before` and `after` are the dates of the two reviews.

    `deferred` is what waits since the plan was made, with how it moved.
    """

    plan: Plan
    before: date
    after: date
    priorities: tuple[PriorityMoved, ...]
    deferred: tuple[Compared, ...]

    def count(self, movement: Movement) -> int:
        """How many priorities moved so."""
        return Counter(one.compared.movement for one in self.priorities)[movement]

    @property
    def compared(self) -> int:
        """How many priorities have both levels on one scale."""
        return sum(one.compared.movement.compared for one in self.priorities)


def rereview(plan: Plan, deferred: Iterable[SetAside], before: ReviewHere, after: ReviewHere) -> ReReview:
    """Compare the review that `plan` rests on with a later one of the same school."""
    rated = {one.indicator: one.level for one in after.review.ratings}
    chosen = {one.indicator for one in plan.priorities}

    def moved(one: SetAside | Priority) -> Compared:
        return compare(before.rubric, after.rubric, one.indicator, one.level, rated)

    def beside(level: str) -> Beside:
        others = (
            compare(before.rubric, after.rubric, one.indicator, one.level, rated)
            for one in before.review.ratings
            if one.level == level and one.indicator not in chosen
        )
        return Beside(level, tuple(others))

    by_level = {level: beside(level) for level in dict.fromkeys(one.level for one in plan.priorities)}
    return ReReview(
        plan,
        before.review.date,
        after.review.date,
        tuple(PriorityMoved(one, plan.under(one), moved(one), by_level[one.level]) for one in plan.priorities),
        tuple(moved(one) for one in deferred),
    )


def follows(after: ReviewHere, before: ReviewHere) -> bool:
    """Whether `after` is a later visit than `before`; a corrected review of the same day is not."""
    return after.school == before.school and after.review.date > before.review.date
