"""How a level compares with what an earlier review said, within one rubric version or where it declares equivalents."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rubric.rubric import IndicatorId, Rubric


class Movement(StrEnum):
    """What became of an indicator's level from one review to a later one."""

    ROSE = "rose"
    STAYED = "stayed"
    FELL = "fell"
    NOT_RATED = "not rated now"
    NOT_COMPARABLE = "not comparable"

    @property
    def compared(self) -> bool:
        """True where both levels are known and stand on one scale; only these count in a share."""
        return self in (Movement.ROSE, Movement.STAYED, Movement.FELL)


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator as the earlier review names it, its level then and now (None without one), and how it moved."""

    indicator: IndicatorId
    before: str
    after: str | None
    movement: Movement


def compare(
    then: Rubric, now: Rubric, indicator: IndicatorId, before: str, rated: Mapping[IndicatorId, str]
) -> Compared:
    """Compare `before`, the level of `indicator` under `then`, with the levels `rated` under `now`.

    Two versions compare only as far as `now` declares what it calls the same in `then`: an indicator that two of its
    own claim to be, or a level that is not declared, is not comparable. Raises `UnknownLevelError` for a `before`
    that `then` does not have.
    """
    rank = then.rank_of(before)
    heir = _heir(then, now, indicator)
    if heir is None:
        return Compared(indicator, before, None, Movement.NOT_COMPARABLE)
    after = rated.get(heir)
    if after is None:
        return Compared(indicator, before, None, Movement.NOT_RATED)
    same = after if now.key == then.key else now.equivalent_level(after, then.version)
    known = then.level_named(same) if same is not None else None
    if known is None:
        return Compared(indicator, before, after, Movement.NOT_COMPARABLE)
    return Compared(indicator, before, after, _movement(rank, then.rank_of(known)))


def carried(then: Rubric, now: Rubric, rated: Mapping[IndicatorId, str]) -> dict[IndicatorId, str]:
    """The levels `rated` under `then`, in the words of `now`, as far as it declares one word of its own for each."""
    theirs = {level: now.equivalent_level(level, then.version) or "" for level in now.levels}
    said: dict[str | None, list[str]] = {}
    for ours, named in theirs.items():
        said.setdefault(then.level_named(named), []).append(ours)
    found = {}
    for indicator, before in rated.items():
        heir, words = _heir(then, now, indicator), said.get(before, [])
        if heir is not None and len(words) == 1:
            found[heir] = words[0]
    return found


def _heir(then: Rubric, now: Rubric, indicator: IndicatorId) -> IndicatorId | None:
    """What `now` calls the indicator of `then`, or None."""
    if now.key == then.key:
        return indicator
    if now.id != then.id:
        return None
    named = {one.id: now.equivalent_indicator(one.id, then.version) for one in now.indicators}
    heirs = [ours for ours, theirs in named.items() if theirs is not None and then.find(str(theirs)) == indicator]
    return heirs[0] if len(heirs) == 1 else None


def _movement(before: int, after: int) -> Movement:
    if before == after:
        return Movement.STAYED
    return Movement.ROSE if after > before else Movement.FELL
