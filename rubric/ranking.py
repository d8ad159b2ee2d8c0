"""The order of the shortlist: lowest-rated first, by rules without weights, each of them said in plain words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from rubric.review import Rating, Review, Source
from rubric.rubric import IndicatorId, Rubric


class Trend(StrEnum):
    """How a level compares with the latest earlier one, in the order in which the shortlist puts them."""

    FELL = "fell"
    UNCHANGED = "unchanged"
    NO_EARLIER = "no earlier rating"
    IMPROVED = "improved"


_KINDS = tuple(Source)
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
        trend = _trend(rubric, rating.level, earlier.get(rating.indicator))
        stored = [evidence.source for evidence in rating.evidence]
        kinds = tuple(source for source in _KINDS if source in stored)
        # 1/3 and 2/6 give the very same float, so equal shares are equal here too and rubric order decides.
        order = (
            rubric.rank_of(rating.level),
            _TREND_ORDER[trend],
            -len(kinds),
            -lowest[domain] / rated[domain],
            rubric.order_of(rating.indicator),
        )
        found.append((order, rating, trend, kinds))
    found.sort(key=itemgetter(0))
    ranked = []
    for place, (_, rating, trend, kinds) in enumerate(found, start=1):
        previous, domain = earlier.get(rating.indicator), rating.indicator.domain
        reasons = (
            _level_reason(rubric, rating.level),
            # Of a first review it would be said of every indicator, and tell nobody anything.
            *((_trend_reason(trend, previous),) if earlier else ()),
            _evidence_reason(kinds),
            _domain_reason(rubric, lowest[domain], rated[domain]),
        )
        ranked.append(Ranked(place, rating, previous, trend, kinds, lowest[domain], rated[domain], reasons))
    return tuple(ranked)


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


def _level_reason(rubric: Rubric, level: str) -> str:
    step, last = rubric.rank_of(level), len(rubric.levels) - 1
    if step == 0:
        return f"Rated {level}, the lowest level."
    return f"Rated {level}, the highest level." if step == last else f"Rated {level}, level {step + 1} of {last + 1}."


def _trend_reason(trend: Trend, previous: str | None) -> str:
    if trend is Trend.NO_EARLIER:
        return "Not rated in an earlier review."
    if trend is Trend.UNCHANGED:
        return "Unchanged since the earlier review."
    moved = "Fell" if trend is Trend.FELL else "Improved"
    return f"{moved} from {previous}."


def _evidence_reason(kinds: tuple[Source, ...]) -> str:
    if not kinds:
        return "No evidence is stored."
    if len(kinds) == 1:
        return "One kind of evidence backs the rating."
    # Agreement is confidence, not severity: nobody should read it as a worse result.
    return f"{('Two', 'Three')[len(kinds) - 2]} kinds of evidence back the rating, which makes it surer, not lower."


def _domain_reason(rubric: Rubric, lowest: int, rated: int) -> str:
    verb = "stands" if lowest == 1 else "stand"
    return f"{lowest or 'None'} of the {rated} rated in its domain {verb} at {rubric.levels[0]}."
