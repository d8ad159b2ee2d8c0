"""The order of the shortlist: lowest-rated first, by rules without weights, each of them said in plain words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rubric.review import Rating, Review, Source
from rubric.rubric import IndicatorId, Rubric


class Trend(StrEnum):
    """How a level compares with the latest earlier one, in the order in which the shortlist puts them."""

    FELL = "fell"
    UNCHANGED = "unchanged"
    NO_EARLIER = "no earlier rating"
    IMPROVED = "improved"


_TREND_ORDER = {trend: place for place, trend in enumerate(Trend)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rating with its place and what decided it.

    `rank` counts from 1; `evidence_kinds` are the kinds present, in a fixed order; `domain_lowest` of the
    `domain_rated` indicators rated in its domain stand at the scale's lowest level; `reasons` are sentences.
    """

    rank: int
    rating: Rating
    previous_level: str | None
    trend: Trend
    evidence_kinds: tuple[Source, ...]
    domain_lowest: int
    domain_rated: int
    reasons: tuple[str, ...]

    @property
    def domain_lowest_share(self) -> float:
        """The share (0 to 1) of the domain's rated indicators that stand at the scale's lowest level."""
        return self.domain_lowest / self.domain_rated


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The first few, and how many more stand at the same level as the last one shown."""

    shown: tuple[Ranked, ...]
    more_at_this_level: int


def rank(rubric: Rubric, review: Review, earlier: Mapping[IndicatorId, str]) -> tuple[Ranked, ...]:
    """Every rated indicator of `review`, in the order of the shortlist.

    `earlier` holds each indicator's level in the school's latest earlier review under the same rubric id and version
    that rated it. Raises `UnknownLevelError` or `UnknownIndicatorError` when the review is not one under `rubric`.
    """
    rated = Counter(rating.indicator.domain for rating in review.ratings)
    lowest = Counter(rating.indicator.domain for rating in review.ratings if rubric.rank_of(rating.level) == 0)
    found = []
    for rating in review.ratings:
        domain = rating.indicator.domain
        previous = earlier.get(rating.indicator)
        trend = _trend(rubric, rating.level, previous)
        kinds = tuple(source for source in Source if any(e.source is source for e in rating.evidence))
        ranked = Ranked(0, rating, previous, trend, kinds, lowest[domain], rated[domain], ())
        # 1/3 and 2/6 give the very same float, so equal shares are equal here too and rubric order decides.
        order = (
            rubric.rank_of(rating.level),
            _TREND_ORDER[trend],
            -len(kinds),
            -ranked.domain_lowest_share,
            rubric.order_of(rating.indicator),
        )
        found.append((order, ranked))
    found.sort(key=lambda pair: pair[0])
    return tuple(
        Ranked(
            place,
            ranked.rating,
            ranked.previous_level,
            ranked.trend,
            ranked.evidence_kinds,
            ranked.domain_lowest,
            ranked.domain_rated,
            _reasons(rubric, ranked, reviewed_before=bool(earlier)),
        )
        for place, (_, ranked) in enumerate(found, start=1)
    )


def cut(ranked: Sequence[Ranked], size: int) -> Shortlist:
    """The first `size` of `ranked` (none when it is 0 or less), and a count of the last one's level left out."""
    shown = tuple(ranked[: max(size, 0)])
    if not shown:
        return Shortlist((), 0)
    level = shown[-1].rating.level
    return Shortlist(shown, sum(1 for other in ranked[len(shown) :] if other.rating.level == level))


def _trend(rubric: Rubric, level: str, previous: str | None) -> Trend:
    if previous is None:
        return Trend.NO_EARLIER
    now, then = rubric.rank_of(level), rubric.rank_of(previous)
    if now == then:
        return Trend.UNCHANGED
    return Trend.FELL if now < then else Trend.IMPROVED


def _reasons(rubric: Rubric, ranked: Ranked, *, reviewed_before: bool) -> tuple[str, ...]:
    return (
        _level_reason(rubric, ranked.rating.level),
        # Of a first review it would be said of every indicator, and tell nobody anything.
        *((_trend_reason(ranked),) if reviewed_before else ()),
        _evidence_reason(ranked.evidence_kinds),
        _domain_reason(rubric, ranked),
    )


def _level_reason(rubric: Rubric, level: str) -> str:
    step, last = rubric.rank_of(level), len(rubric.levels) - 1
    if step == 0:
        return f"Rated {level}, the lowest level."
    return f"Rated {level}, the highest level." if step == last else f"Rated {level}, level {step + 1} of {last + 1}."


def _trend_reason(ranked: Ranked) -> str:
    if ranked.trend is Trend.NO_EARLIER:
        return "Not rated in an earlier review."
    if ranked.trend is Trend.UNCHANGED:
        return "Unchanged since the earlier review."
    moved = "Fell" if ranked.trend is Trend.FELL else "Improved"
    return f"{moved} from {ranked.previous_level}."


def _evidence_reason(kinds: tuple[Source, ...]) -> str:
    if not kinds:
        return "No evidence is stored."
    if len(kinds) == 1:
        return "One kind of evidence backs the rating."
    # Agreement is confidence, not severity: nobody should read it as a worse result.
    return f"{('Two', 'Three')[len(kinds) - 2]} kinds of evidence back the rating, which makes it surer, not lower."


def _domain_reason(rubric: Rubric, ranked: Ranked) -> str:
    count = str(ranked.domain_lowest) if ranked.domain_lowest else "None"
    verb = "stands" if ranked.domain_lowest == 1 else "stand"
    return f"{count} of the {ranked.domain_rated} rated in its domain {verb} at {rubric.levels[0]}."
