"""Levers of change over many schools, against a count that is made the long way."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.across import LEAST, Chosen, Lever, Numbers, Question, Visit, across, most, school_year
from rubric.rubric import Domain, Equivalents, Indicator, IndicatorId, Rubric

LEVELS = ("Low", "Middle", "High")
NAMES = ("Letters", "Words", "Texts")
IDS = [IndicatorId("Reading", name) for name in NAMES]


def a_rubric(version: str, equivalents: tuple[Equivalents, ...] = ()) -> Rubric:
    return Rubric("r", version, "R", LEVELS, (Domain("Reading", tuple(map(Indicator, IDS))),), equivalents)


ONE, TWO = a_rubric("1"), a_rubric("2")
SAME = Equivalents("1", tuple((one, one) for one in IDS), tuple((level, level) for level in LEVELS))
RUBRICS = {ONE.key: ONE, TWO.key: TWO}
DECLARED = {ONE.key: ONE, TWO.key: a_rubric("2", (SAME,))}


@st.composite
def histories(draw: Any) -> list[Visit]:
    """Some schools' reviews under the two versions, by school and date."""
    found = []
    for school in range(draw(st.integers(1, 4))):
        day = date(2020, 1, 1)
        for _ in range(draw(st.integers(1, 5))):
            day += timedelta(days=draw(st.integers(1, 500)))
            levels = draw(st.dictionaries(st.sampled_from(IDS), st.sampled_from(LEVELS), min_size=1))
            found.append(Visit(str(school), day, draw(st.sampled_from(sorted(RUBRICS))), tuple(levels.items())))
    return found


def steps(visits: list[Visit], indicator: IndicatorId, rubric: str | None) -> list[tuple[int, int]]:
    """Each rating of the indicator beside the school's one before, under one rubric version or (None) whichever."""
    found = []
    for school in {one.school for one in visits}:
        mine = [one for one in visits if one.school == school and rubric in (None, one.rubric)]
        rated = [LEVELS.index(dict(one.ratings)[indicator]) for one in mine if indicator in dict(one.ratings)]
        found += list(pairwise(rated))
    return found


def numbers(found: list[Lever], indicator: IndicatorId) -> Numbers:
    return sum((one.numbers for one in found if one.indicator == indicator.name), Numbers())


@given(histories())
def test_shares_are_out_of_what_was_rated_and_levels_compare_within_a_version(visits: list[Visit]) -> None:
    found = across(visits, [], RUBRICS)
    for key in RUBRICS:
        for indicator in IDS:
            said = [dict(one.ratings).get(indicator) for one in visits if one.rubric == key]
            known, moves = numbers(found.of(key), indicator), steps(visits, indicator, key)
            assert (known.rated, known.lowest) == (len(said) - said.count(None), said.count("Low"))
            assert known.compared == len(moves)
            assert known.could_rise == sum(then < 2 for then, _ in moves)
            assert (known.rose, known.fell) == (sum(a < b for a, b in moves), sum(a > b for a, b in moves))
            assert known.stuck == sum(a == b < 2 for a, b in moves)


@given(histories())
def test_across_versions_that_declare_equivalents_every_later_rating_of_the_newer_one_compares(
    visits: list[Visit],
) -> None:
    known, plain = across(visits, [], DECLARED), across(visits, [], RUBRICS)
    for indicator in IDS:
        assert numbers(known.of(ONE.key), indicator) == numbers(plain.of(ONE.key), indicator)
        newer = numbers(known.of(TWO.key), indicator)
        firsts = {one.school for one in visits if indicator in dict(one.ratings)}
        only_one = [one for one in visits if one.rubric == TWO.key and indicator in dict(one.ratings)]
        if len(only_one) == sum(indicator in dict(one.ratings) for one in visits):
            assert newer.compared == len(only_one) - len(firsts)
        assert newer.compared >= numbers(plain.of(TWO.key), indicator).compared
    assert known.unlike <= plain.unlike


@given(histories())
def test_years_and_domains_add_up_to_the_whole(visits: list[Visit]) -> None:
    found = across(visits, [], RUBRICS)
    for key in found.rubrics:
        whole = sum((one.numbers for one in found.of(key)), Numbers())
        assert whole == sum((one.numbers for one in found.of(key, domains=True)), Numbers())
        yearly = [one.numbers for year in found.years for one in found.of(key, year=year)]
        assert whole == sum(yearly, Numbers())
    for year in found.years:
        assert across(visits, [], RUBRICS, [year]).visits == sum(school_year(one.date) == year for one in visits)


@given(histories(), st.integers(1, 10))
def test_the_most_come_by_share_and_never_out_of_a_few(visits: list[Visit], top: int) -> None:
    levers = across(visits, [], RUBRICS).of(ONE.key)
    for question in (Question.LOWEST, Question.IMPROVED, Question.STUCK):
        shares = [number / of for _, number, of in most(levers, question, top)]
        assert shares == sorted(shares, reverse=True) and len(shares) <= top
        assert all(of >= LEAST for _, _, of in most(levers, question, top))


def test_what_plans_chose_is_followed_to_the_next_visit_and_no_further() -> None:
    day = date(2024, 10, 1)
    visits = [
        Visit("a", day, ONE.key, ((IDS[0], "Low"), (IDS[1], "Low"))),
        Visit("a", day + timedelta(days=365), ONE.key, ((IDS[0], "Middle"),)),
        Visit("a", day + timedelta(days=730), ONE.key, ((IDS[0], "Low"), (IDS[1], "High"))),
    ]
    plans = [Chosen("a", day, ONE.key, one, "Low") for one in IDS[:2]]
    first, second = (numbers(across(visits, plans, RUBRICS).of(ONE.key), one) for one in IDS[:2])
    assert (first.chosen, first.chosen_compared, first.chosen_rose) == (1, 1, 1)
    assert (second.chosen, second.chosen_compared, second.chosen_rose) == (1, 0, 0)
