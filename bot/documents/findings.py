"""What a review found, as plain values for a reader; the forms only lay it out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents.letters import showable
from bot.sentences import say_plain
from rubric.ranking import Ranked, Trend, rank
from rubric.review import Audience, GoalResult, Rating, Review, Source
from rubric.rubric import Domain, Indicator, IndicatorId, Rubric, called
from rubric.strengths import strengths


@dataclass(frozen=True, slots=True)
class EvidenceOf:
    """The statements of one kind of evidence that the reader may read."""

    source: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator. `level` is empty and `step` 0 where it is not rated; `step` counts from 1 for the lowest level.

    `earlier` is its level in the latest comparable earlier review, or empty; `since` says the same as a sentence.
    `kept` is true where there is evidence that this reader may not read.
    """

    indicator: str
    domain: str
    level: str
    step: int
    earlier: str
    earlier_step: int
    since: str
    summary: str
    evidence: tuple[EvidenceOf, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class DomainFindings:
    """A domain: how many of its rated indicators stand at each level (lowest first), and its indicators in order."""

    domain: str
    counts: tuple[int, ...]
    rated: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal of the school's, and how it stood."""

    text: str
    result: str
    met: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """A review for one reader. `levels` run from the lowest; `held` is true where the team does not see it yet.

    `strengths` are rated at `top_level`, `growth` at `low_level`, both the outermost that the review gave; where it
    gave one level alone, there is no `growth`. `improved` and `fell` say from which level to which.
    """

    reviewed: date
    rubric: str
    label: str
    levels: tuple[str, ...]
    rated: str
    held: bool
    compared: bool
    top_level: str
    strengths: tuple[str, ...]
    low_level: str
    growth: tuple[str, ...]
    improved: tuple[str, ...]
    fell: tuple[str, ...]
    goals: tuple[GoalLine, ...]
    domains: tuple[DomainFindings, ...]


def findings(
    review: Review,
    rubric: Rubric,
    earlier: Mapping[IndicatorId, str],
    audiences: frozenset[Audience],
    *,
    held: bool,
) -> Findings:
    """What `review` says to a reader of `audiences`; `earlier` as for ranking. Shares always say out of how many."""
    ranked = {one.rating.indicator: one for one in rank(rubric, review, earlier)}
    strong = strengths(rubric, review, earlier) if review.ratings else None
    levels = sorted({one.rating.level for one in ranked.values()}, key=rubric.rank_of)
    low = levels[0] if len(levels) > 1 else ""
    return Findings(
        review.date,
        rubric.name,
        showable(review.label),
        rubric.levels,
        say_plain("report.rated", rated=len(ranked), of=len(rubric.indicators)),
        held,
        any(one.trend is not Trend.NO_EARLIER for one in ranked.values()),
        strong.level if strong else "",
        tuple(_called(one, rubric) for one in strong.highest) if strong else (),
        low,
        tuple(_called(one.rating, rubric) for one in ranked.values() if one.rating.level == low),
        tuple(_step(one.rating, one.previous_level, rubric) for one in (strong.improved if strong else ())),
        tuple(
            _step(one.rating, one.previous_level, rubric)
            for one in ranked.values()
            if one.trend is Trend.FELL and one.previous_level
        ),
        tuple(GoalLine(showable(goal.text), goal.result.value, goal.result is GoalResult.MET) for goal in review.goals),
        tuple(_domain(domain, rubric, ranked, audiences) for domain in rubric.domains),
    )


def _domain(
    domain: Domain, rubric: Rubric, ranked: Mapping[IndicatorId, Ranked], audiences: frozenset[Audience]
) -> DomainFindings:
    rated = [ranked[one.id] for one in domain.indicators if one.id in ranked]
    often = Counter(one.rating.level for one in rated)
    return DomainFindings(
        domain.name,
        tuple(often[level] for level in rubric.levels),
        say_plain("report.rated", rated=len(rated), of=len(domain.indicators)),
        tuple(_finding(one, rubric, ranked.get(one.id), audiences) for one in domain.indicators),
    )


def _finding(indicator: Indicator, rubric: Rubric, found: Ranked | None, audiences: frozenset[Audience]) -> Finding:
    if found is None:
        return Finding(indicator.id.name, indicator.id.domain, "", 0, "", 0, "", "", (), False)
    rating, then = found.rating, found.previous_level
    readable = [one for one in rating.evidence if one.audience in audiences]
    return Finding(
        indicator.id.name,
        indicator.id.domain,
        rating.level,
        rubric.rank_of(rating.level) + 1,
        then or "",
        rubric.rank_of(then) + 1 if then else 0,
        _since(found),
        showable(rating.summary),
        tuple(
            EvidenceOf(source.value, tuple(showable(one.statement) for one in readable if one.source is source))
            for source in Source
            if any(one.source is source for one in readable)
        ),
        len(readable) < len(rating.evidence),
    )


def _since(found: Ranked) -> str:
    match found.trend:
        case Trend.FELL:
            return say_plain("report.fell", then=found.previous_level)
        case Trend.IMPROVED:
            return say_plain("report.improved", then=found.previous_level)
        case Trend.UNCHANGED:
            return say_plain("report.unchanged")
        case Trend.NO_EARLIER:
            return say_plain("report.no_earlier")


def _step(rating: Rating, then: str, rubric: Rubric) -> str:
    return say_plain("report.step", indicator=_called(rating, rubric), then=then, now=rating.level)


def _called(rating: Rating, rubric: Rubric) -> str:
    """The indicator's name, with its domain where another one of the rubric shares it."""
    return called([rating.indicator], [other.id for other in rubric.indicators])[0]
