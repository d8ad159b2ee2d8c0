"""A level beside an earlier one: within a version, across declared equivalents, and not comparable otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.comparing import Movement, carried, compare
from rubric.rubric import Domain, Equivalents, Indicator, IndicatorId, Rubric

LEVELS = ("Emerging", "Growing", "Secure")
NAMES = ("Letters", "Words", "Texts", "Talk")
WAS = Rubric(
    "reading", "1", "Reading", LEVELS, (Domain("Old", tuple(Indicator(IndicatorId("Old", n)) for n in NAMES)),)
)
OLD = [one.id for one in WAS.indicators]
NEW = [IndicatorId("New", name) for name in NAMES]

levels = st.sampled_from(LEVELS)
pairs = st.lists(st.tuples(st.sampled_from(NEW), st.sampled_from(OLD)), max_size=6)
level_pairs = st.dictionaries(st.sampled_from(LEVELS), levels, max_size=3)


def newer(indicators: list[tuple[IndicatorId, IndicatorId]], same: dict[str, str], rubric: str = "reading") -> Rubric:
    """The next version, which declares these equivalents."""
    declared = Equivalents("1", tuple(dict(indicators).items()), tuple(same.items()))
    return Rubric(rubric, "2", "Reading", LEVELS, (Domain("New", tuple(map(Indicator, NEW))),), (declared,))


@given(levels, levels)
def test_within_one_version_the_scale_decides(before: str, after: str) -> None:
    moved = compare(WAS, WAS, OLD[0], before, {OLD[0]: after}).movement
    steps = LEVELS.index(after) - LEVELS.index(before)
    assert moved is (Movement.STAYED if not steps else Movement.ROSE if steps > 0 else Movement.FELL)
    assert compare(WAS, WAS, OLD[0], after, {OLD[0]: before}).movement.compared


@given(st.sampled_from(OLD), levels, st.dictionaries(st.sampled_from(NEW), levels), pairs, level_pairs)
def test_across_versions_only_what_is_declared_compares(
    indicator: IndicatorId,
    before: str,
    rated: dict[IndicatorId, str],
    declared: list[tuple[IndicatorId, IndicatorId]],
    same: dict[str, str],
) -> None:
    found = compare(WAS, newer(declared, same), indicator, before, rated)
    heirs = [ours for ours, theirs in dict(declared).items() if theirs == indicator]
    if len(heirs) != 1:
        assert found.movement is Movement.NOT_COMPARABLE and found.after is None
    elif heirs[0] not in rated:
        assert found.movement is Movement.NOT_RATED and found.after is None
    else:
        assert found.after == rated[heirs[0]]
        assert found.movement.compared == (found.after in same)


@given(st.sampled_from(OLD), levels, st.dictionaries(st.sampled_from(NEW), levels, min_size=4))
def test_another_rubric_never_compares_whatever_it_declares(
    indicator: IndicatorId, before: str, rated: dict[IndicatorId, str]
) -> None:
    other = newer(list(zip(NEW, OLD, strict=True)), dict(zip(LEVELS, LEVELS, strict=True)), rubric="writing")
    assert compare(WAS, other, indicator, before, rated).movement is Movement.NOT_COMPARABLE


def test_a_level_that_was_renamed_is_read_on_the_scale_it_had_then() -> None:
    now = newer([(NEW[0], OLD[0])], {"Emerging": "Growing"})
    assert compare(WAS, now, OLD[0], "Emerging", {NEW[0]: "Emerging"}).movement is Movement.ROSE


@pytest.mark.parametrize("claimed", ["Nothing", ""])
def test_a_level_declared_as_one_that_never_was_is_not_comparable(claimed: str) -> None:
    now = newer([(NEW[0], OLD[0])], {"Secure": claimed})
    assert compare(WAS, now, OLD[0], "Secure", {NEW[0]: "Secure"}).movement is Movement.NOT_COMPARABLE


@given(st.dictionaries(st.sampled_from(OLD), levels), st.dictionaries(st.sampled_from(NEW), levels), pairs, level_pairs)
def test_a_level_carried_into_the_words_of_the_next_version_compares_as_the_earlier_one_does(
    before: dict[IndicatorId, str],
    rated: dict[IndicatorId, str],
    declared: list[tuple[IndicatorId, IndicatorId]],
    same: dict[str, str],
) -> None:
    now = newer(declared, same)
    was_called = dict(declared)
    for ours, level in carried(WAS, now, before).items():
        assert same[level] == before[was_called[ours]]
        moved = compare(WAS, now, was_called[ours], before[was_called[ours]], rated).movement
        if moved is Movement.STAYED:
            assert rated[ours] == level
