"""The levers of change over many schools: what is lowest, what rose, what is stuck, and what plans chose.

Not rated is nothing: each share says out of how many, and levels compare within a rubric version or where it declares
equivalents.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from rubric.comparing import Movement, compare
from rubric.rubric import IndicatorId, Rubric

Rated = tuple[IndicatorId, str]
"""An indicator and its level."""
SCHOOL_YEAR_BEGINS = 7
"""The month: New York City's fiscal and school year run from July to June, as in its published label of each review."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One review of a school, by the school's id; `rubric` is the rubric's key."""

    school: str
    date: date
    rubric: str
    ratings: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A priority of a committed plan, at the level in the review of the date `reviewed` under `rubric`."""

    school: str
    reviewed: date
    rubric: str
    indicator: IndicatorId
    level: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted. `lowest` is out of `rated`.

    Of the `compared` with an earlier visit `fell` fell. `could_rise` stood below the highest level then: out of these
    `rose` rose, and `stuck` stand where they stood. Plans chose it `chosen` times; out of the `chosen_compared` of
    these that a later visit rated, `chosen_rose` rose.
    """

    rated: int = 0
    lowest: int = 0
    compared: int = 0
    could_rise: int = 0
    rose: int = 0
    stuck: int = 0
    fell: int = 0
    chosen: int = 0
    chosen_compared: int = 0
    chosen_rose: int = 0

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


class Question(StrEnum):
    """What is asked of the numbers."""

    LOWEST = "lowest"
    IMPROVED = "improved"
    STUCK = "stuck"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Lever:
    """What is known of one indicator, or of a whole domain (`indicator` empty), in one school year or in all (None).

    `year` is the calendar year in which the school year begins.
    """

    rubric: str
    domain: str
    indicator: str
    year: int | None
    numbers: Numbers


Answer = tuple[Lever, int, int]
"""A lever, a number, and out of how many."""
LEAST = 5
"""A share out of fewer says nothing about many schools."""

_ASKED: dict[Question, Callable[[Numbers], tuple[int, int]]] = {
    Question.LOWEST: lambda one: (one.lowest, one.rated),
    Question.IMPROVED: lambda one: (one.rose, one.could_rise),
    Question.STUCK: lambda one: (one.stuck, one.could_rise),
}


def most(levers: Iterable[Lever], question: Question, top: int) -> list[Answer]:
    """The first `top` by share, out of `LEAST` at the least; what plans chose goes by how often they did.

    Where shares are equal, the one out of more comes first, then rubric order.
    """
    if question is Question.CHOSEN:
        every = list(levers)
        plans = sum(one.numbers.chosen for one in every)
        found = [(one, one.numbers.chosen, plans) for one in every]
    else:
        found = [(one, *_ASKED[question](one.numbers)) for one in levers]
        found = [answer for answer in found if answer[2] >= LEAST]
    ranked = sorted((one for one in found if one[1]), key=lambda one: (-one[1] / one[2], -one[2]))
    return ranked[:top]


@dataclass(frozen=True, slots=True)
class Across:
    """Over `schools` schools with `visits` reviews. Of the `repeated` that were not a school's first, `unlike` could be
    compared with none before. `levers` stand by rubric, newest first, then in rubric order, domains before theirs."""

    schools: int
    visits: int
    repeated: int
    unlike: int
    years: tuple[int, ...]
    levers: tuple[Lever, ...]

    def of(self, rubric: str, *, domains: bool = False, year: int | None = None) -> list[Lever]:
        """The indicators of one rubric, or its domains, over all years or in one."""
        return [
            one for one in self.levers if one.rubric == rubric and one.year == year and (not one.indicator) == domains
        ]

    @property
    def rubrics(self) -> tuple[str, ...]:
        """The keys of the rubrics that were used, newest first."""
        return tuple(dict.fromkeys(one.rubric for one in self.levers))


def school_year(day: date) -> int:
    """The calendar year in which the school year of `day` begins."""
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def across(
    visits: Iterable[Visit], chosen: Iterable[Chosen], rubrics: Mapping[str, Rubric], years: Sequence[int] = ()
) -> Across:
    """Sum up `visits`, which stand by school and date, and the priorities `chosen`; of some school years where named.

    A level compares with the school's latest earlier one that it can be compared with, of whichever year.
    """
    counted: dict[tuple[str, IndicatorId, int], list[int]] = defaultdict(lambda: [0] * 7)
    scales = {key: {level: rank for rank, level in enumerate(one.levels)} for key, one in rubrics.items()}
    ancestry = {key: _ancestry(one) for key, one in rubrics.items()}
    plans = _by_school(chosen)
    picked: dict[tuple[str, IndicatorId, int], Numbers] = defaultdict(Numbers)
    schools = seen = repeated = unlike = 0
    used: dict[int, None] = {}
    for school, group in groupby(visits, key=lambda visit: visit.school):
        known: dict[tuple[str, IndicatorId], tuple[date, str]] = {}
        theirs = list(group)
        inside = [visit for visit in theirs if not years or school_year(visit.date) in years]
        schools, seen = schools + bool(inside), seen + len(inside)
        for place, visit in enumerate(theirs):
            year, key = school_year(visit.date), visit.rubric
            scale, before_it = scales[key], ancestry[key]
            wanted = not years or year in years
            likened = False
            if wanted:
                used[year] = None
                for indicator, level in visit.ratings:
                    numbers = counted[key, indicator, year]
                    rank = scale[level]
                    numbers[0] += 1
                    numbers[1] += rank == 0
                    earlier = known.get((key, indicator))
                    then, top = (scale[earlier[1]] if earlier else None), len(scale) - 1
                    if before_it and (other := _declared(before_it, indicator, level, known, earlier, scales)):
                        then, rank, top = other
                    if then is not None:
                        likened = True
                        numbers[2] += 1
                        numbers[3] += then < top
                        numbers[4] += rank > then
                        numbers[5] += rank == then < top
                        numbers[6] += rank < then
                if place:
                    repeated, unlike = repeated + 1, unlike + (not likened)
            for indicator, level in visit.ratings:
                known[key, indicator] = (visit.date, level)
        for one in plans.get(school, ()):
            if not years or school_year(one.reviewed) in years:
                picked[one.rubric, one.indicator, school_year(one.reviewed)] += _chosen(one, theirs, rubrics)
    every = {at: Numbers(*numbers) for at, numbers in counted.items()}
    for at, plans_say in picked.items():
        every[at] = every.get(at, Numbers()) + plans_say
    return Across(schools, seen, repeated, unlike, tuple(sorted(used)), tuple(_levers(every, rubrics)))


_Ancestors = Sequence[tuple[str, Mapping[IndicatorId, IndicatorId], Mapping[str, str]]]


def _ancestry(rubric: Rubric) -> _Ancestors:
    """What the rubric declares of earlier versions, by their keys; an indicator that two claim to be is nobody's."""
    found = []
    for one in rubric.equivalents:
        theirs = [was for _, was in one.indicators]
        alone = {ours: was for ours, was in one.indicators if theirs.count(was) == 1}
        found.append((f"{rubric.id}@{one.version}", alone, dict(one.levels)))
    return found


def _declared(
    ancestors: _Ancestors,
    indicator: IndicatorId,
    level: str,
    known: Mapping[tuple[str, IndicatorId], tuple[date, str]],
    own: tuple[date, str] | None,
    scales: Mapping[str, Mapping[str, int]],
) -> tuple[int, int, int] | None:
    """The rank then, the rank now and the highest one, on the scale of an earlier version that was used after `own`."""
    newest, found = own[0] if own else date.min, None
    for key, indicators, levels in ancestors:
        earlier = known.get((key, indicators.get(indicator, indicator))) if indicator in indicators else None
        scale = scales.get(key, {})
        if earlier and earlier[0] > newest and levels.get(level) in scale:
            newest, found = earlier[0], (scale[earlier[1]], scale[levels[level]], len(scale) - 1)
    return found


def _by_school(chosen: Iterable[Chosen]) -> dict[str, list[Chosen]]:
    found: dict[str, list[Chosen]] = defaultdict(list)
    for one in chosen:
        found[one.school].append(one)
    return found


def _chosen(one: Chosen, visits: Sequence[Visit], rubrics: Mapping[str, Rubric]) -> Numbers:
    """What became of a priority by the school's next visit."""
    following = next((visit for visit in visits if visit.date > one.reviewed), None)
    if following is None:
        return Numbers(chosen=1)
    then, now = rubrics[one.rubric], rubrics[following.rubric]
    movement = compare(then, now, one.indicator, one.level, dict(following.ratings)).movement
    return Numbers(chosen=1, chosen_compared=movement.compared, chosen_rose=movement is Movement.ROSE)


def _levers(every: Mapping[tuple[str, IndicatorId, int], Numbers], rubrics: Mapping[str, Rubric]) -> Iterable[Lever]:
    summed: dict[tuple[str, str, str, int | None], Numbers] = defaultdict(Numbers)
    newest: dict[str, int] = {}
    for (key, indicator, year), numbers in every.items():
        newest[key] = max(year, newest.get(key, year))
        for name in ("", indicator.name):
            summed[key, indicator.domain, name, None] += numbers
            summed[key, indicator.domain, name, year] += numbers
    for key in sorted(newest, key=lambda one: (-newest[one], one)):
        years: list[int | None] = [None, *sorted({year for of, _, year in every if of == key})]
        for domain in rubrics[key].domains:
            for name in ("", *(one.id.name for one in domain.indicators)):
                for when in years:
                    if (at := (key, domain.name, name, when)) in summed:
                        yield Lever(key, domain.name, name, when, summed[at])
