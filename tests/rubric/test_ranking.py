"""The order of the shortlist, rule by rule, and what no review can do to it."""

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.ranking import Trend, cut, rank
from rubric.review import Review
from rubric.rubric import IndicatorId, UnknownLevelError
from tests.rubric.values import LEVELS, SMALL, rating, review_of, reviews


def order(review: Review, earlier: dict[str, str] | None = None) -> list[str]:
    levels = {IndicatorId(*text.split("/")): level for text, level in (earlier or {}).items()}
    return [str(one.rating.indicator) for one in rank(SMALL, review, levels)]


def test_the_lowest_level_comes_first() -> None:
    review = review_of(rating("A/1", "High"), rating("A/2", "Middle"), rating("B/1", "Low"))
    assert order(review) == ["B/1", "A/2", "A/1"]


def test_within_a_level_what_fell_comes_before_unchanged_before_new_before_improved() -> None:
    review = review_of(*(rating(f"B/{n}", "Middle") for n in (1, 2, 3, 4)))
    earlier = {"B/1": "Low", "B/3": "Middle", "B/4": "High"}
    assert order(review, earlier) == ["B/4", "B/3", "B/2", "B/1"]
    trends = [one.trend for one in rank(SMALL, review, {IndicatorId("B", "1"): "Low"})]
    assert trends == [Trend.NO_EARLIER] * 3 + [Trend.IMPROVED]


def test_then_more_kinds_of_evidence_come_first_and_more_statements_of_one_kind_do_not_count() -> None:
    review = review_of(rating("A/1", "Low", kinds=1), rating("A/2", "Low", kinds=3), rating("A/3", "Low", kinds=2))
    assert order(review) == ["A/2", "A/3", "A/1"]


def test_then_the_domain_with_the_larger_share_at_the_scales_lowest_level_comes_first() -> None:
    review = review_of(
        rating("A/1", "Low"), rating("A/2", "High"), rating("A/3", "High"), rating("C/1", "Low"), rating("C/2", "High")
    )
    assert order(review)[:2] == ["C/1", "A/1"]


def test_the_share_counts_rated_indicators_only() -> None:
    # Of domain B's four indicators only one is rated: its share is 1 of 1, not 1 of 4.
    review = review_of(rating("A/1", "Low"), rating("A/2", "High"), rating("B/3", "Low"))
    ranked = rank(SMALL, review, {})
    assert [(str(one.rating.indicator), one.domain_lowest_share) for one in ranked[:2]] == [("B/3", 1.0), ("A/1", 0.5)]


def test_equal_shares_of_unequal_domains_leave_the_order_to_the_rubric() -> None:
    review = review_of(
        rating("B/1", "Low"), rating("B/2", "Low"), rating("B/3", "High"), rating("B/4", "High"),
        rating("A/1", "Low"), rating("A/2", "High"),
    )  # fmt: skip
    assert order(review)[:3] == ["A/1", "B/1", "B/2"]


def test_every_rule_is_said_in_the_reasons() -> None:
    review = review_of(rating("A/1", "Low", kinds=2), rating("A/2", "High"))
    first = rank(SMALL, review, {IndicatorId("A", "1"): "Middle"})[0]
    assert first.reasons == (
        "Rated Low, the lowest level.",
        "Fell from Middle.",
        "Two kinds of evidence back the rating, which makes it surer, not lower.",
        "1 of the 2 rated in its domain stands at Low.",
    )


def test_a_first_review_says_of_nothing_that_it_was_not_rated_before() -> None:
    review = review_of(rating("A/1", "Low"), rating("A/2", "High"))
    assert not any("earlier" in reason for one in rank(SMALL, review, {}) for reason in one.reasons)
    again = rank(SMALL, review, {IndicatorId("A", "2"): "High"})
    assert again[0].reasons[1] == "Not rated in an earlier review."


def test_an_indicator_without_a_rating_never_appears() -> None:
    assert order(review_of(rating("A/1", "High")), {"A/2": "Low"}) == ["A/1"]


def test_a_level_of_another_scale_is_refused() -> None:
    with pytest.raises(UnknownLevelError, match="“Outstanding” is not a level of small@1; its levels are Low"):
        rank(SMALL, review_of(rating("A/1", "Outstanding")), {})


def test_a_cut_through_a_band_says_how_many_more_stand_at_its_level() -> None:
    ranked = rank(SMALL, review_of(*(rating(f"B/{n}", "Low") for n in (1, 2, 3, 4)), rating("A/1", "High")), {})
    assert cut(ranked, 1).more_at_this_level == 3
    assert cut(ranked, 4).more_at_this_level == 0
    assert len(cut(ranked, 99).shown) == 5
    assert cut(ranked, 0).shown == ()


@given(reviews(), st.randoms(use_true_random=False))
def test_any_order_of_the_ratings_gives_the_same_list(
    made: tuple[Review, dict[IndicatorId, str]], chance: random.Random
) -> None:
    review, earlier = made
    shuffled = list(review.ratings)
    chance.shuffle(shuffled)
    assert rank(SMALL, dataclasses.replace(review, ratings=tuple(shuffled)), earlier) == rank(SMALL, review, earlier)


@given(reviews(), st.data())
def test_raising_a_rating_never_moves_it_up_the_list(
    made: tuple[Review, dict[IndicatorId, str]], data: st.DataObject
) -> None:
    review, earlier = made
    place = data.draw(st.integers(0, len(review.ratings) - 1))
    before = review.ratings[place]
    higher = data.draw(st.sampled_from(LEVELS[SMALL.rank_of(before.level) :]))
    raised = dataclasses.replace(before, level=higher)
    ratings = (*review.ratings[:place], raised, *review.ratings[place + 1 :])

    def rank_in(one: Review) -> int:
        return next(r.rank for r in rank(SMALL, one, earlier) if r.rating.indicator == before.indicator)

    assert rank_in(dataclasses.replace(review, ratings=ratings)) >= rank_in(review)


@given(reviews())
def test_levels_never_fall_back_down_the_list_and_ranks_count_from_one(
    made: tuple[Review, dict[IndicatorId, str]],
) -> None:
    ranked = rank(SMALL, *made)
    steps = [SMALL.rank_of(one.rating.level) for one in ranked]
    assert steps == sorted(steps)
    assert [one.rank for one in ranked] == list(range(1, len(ranked) + 1))
    assert {one.rating.indicator for one in ranked} == {one.indicator for one in made[0].ratings}
