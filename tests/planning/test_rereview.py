"""The next review beside the plan: what is compared with what, when the team is told, and the team's own word."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.ledger import ReviewHere
from planning.messages import Kind
from planning.people import OutsiderError
from planning.plan import Plan, Priority
from planning.rereview import ReReview, follows, rereview
from planning.session import SetAside
from planning.verbs import connect, sustain
from planning.verbs.commit import commit
from planning.verbs.kept import PlanEndedError
from planning.verbs.moved import NoReReviewError, moved
from rubric.comparing import Movement
from rubric.review import Rating, Review
from rubric.rubric import IndicatorId
from storage.intake import keep_reviews
from tests.planning.school import COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, RUBRIC, School, a_review

INDICATORS = [one.id for one in RUBRIC.indicators]
rated = st.dictionaries(st.sampled_from(INDICATORS), st.sampled_from(RUBRIC.levels), min_size=1)


def a_review_here(levels: dict[IndicatorId, str], day: date) -> ReviewHere:
    review = Review("OAK", day, RUBRIC.key, "", tuple(Rating(one, level) for one, level in levels.items()))
    return ReviewHere(str(day), "school", review, True, RUBRIC, {})


@st.composite
def reviewed_twice(draw: Any) -> tuple[dict[IndicatorId, str], dict[IndicatorId, str], ReReview]:
    """Two reviews, and a plan that chose some of the first and deferred some others."""
    first, second = draw(rated), draw(rated)
    chosen = draw(st.lists(st.sampled_from(sorted(first, key=str)), unique=True, min_size=1, max_size=4))
    others = [one for one in first if one not in chosen]
    deferred = [SetAside(one, first[one], "Later") for one in others[: draw(st.integers(0, 3))]]
    priorities = tuple(Priority(str(n), "s", n + 1, one, first[one]) for n, one in enumerate(chosen))
    plan = Plan("p", "school", "s", "r", "C", "U", NOW, priorities)
    before, after = a_review_here(first, date(2025, 10, 1)), a_review_here(second, date(2026, 10, 1))
    return first, second, rereview(plan, deferred, before, after)


@given(reviewed_twice())
def test_beside_a_priority_stand_all_that_began_at_its_level_and_were_not_chosen(
    given_: tuple[dict[IndicatorId, str], dict[IndicatorId, str], ReReview],
) -> None:
    first, second, found = given_
    chosen = {one.priority.indicator for one in found.priorities}
    for one in found.priorities:
        level = one.priority.level
        assert {o.indicator for o in one.beside.others} == {i for i in first if first[i] == level} - chosen
        assert one.beside.compared == sum(o.indicator in second for o in one.beside.others)
        assert one.beside.compared == sum(one.beside.count(m) for m in Movement if m.compared)


@given(reviewed_twice())
def test_what_is_not_rated_now_counts_neither_as_risen_nor_as_fallen(
    given_: tuple[dict[IndicatorId, str], dict[IndicatorId, str], ReReview],
) -> None:
    _, second, found = given_
    assert found.compared == sum(one.priority.indicator in second for one in found.priorities)
    assert found.count(Movement.NOT_RATED) == len(found.priorities) - found.compared
    assert all((one.after is None) == (one.indicator not in second) for one in found.deferred)


def test_a_corrected_review_of_the_same_visit_is_no_next_review() -> None:
    first = a_review_here({INDICATORS[0]: "Developing"}, date(2026, 10, 1))
    assert not follows(first, first) and not follows(first, replace(first, school="another"))
    assert follows(a_review_here({INDICATORS[0]: "Developing"}, date(2026, 10, 2)), first)


def planned(school: School) -> Plan:
    session = school.drafted()
    return commit(school.books, REVIEWER, session.id, session.step, NOW)


def reviewed_again(school: School, day: date, *, release: bool = True) -> str:
    """A later review comes in, in which everything is rated Applying."""
    again = replace(a_review("OAK", day), ratings=tuple(Rating(one, "Applying") for one in INDICATORS))
    with school.books.database.write() as conn:
        keep_reviews(conn, school.books.workspace, [again], NOW, replace=False)
    review = school.read(lambda ledger: ledger.reviews.latest(school.id, released=False))
    if release:
        connect.release(school.books, PRINCIPAL, review.id, NOW)
    return str(review.id)


def told(school: School, kind: Kind = Kind.RE_REVIEW) -> list[str]:
    waiting = school.read(lambda ledger: ledger.deliveries.to_come(NOW - timedelta(days=1)))
    return [one.wanted.occasion for one in waiting if one.wanted.kind is kind]


def test_releasing_the_next_review_tells_the_team_in_the_same_transaction(school: School) -> None:
    plan = planned(school)
    review = reviewed_again(school, date(2027, 3, 2))
    assert told(school) == told(school, Kind.RATINGS) == [f"{plan.id}/{review}"]
    found = school.read(lambda ledger: moved(ledger, school.id))
    assert [one.compared.movement for one in found.priorities] == [Movement.ROSE, Movement.ROSE]
    assert found.priorities[0].beside.compared == 8


@pytest.mark.parametrize(("day", "release"), [(date(2027, 3, 2), False), (date(2025, 3, 2), True)])
def test_a_held_review_and_an_older_one_tell_nothing(school: School, day: date, release: bool) -> None:
    planned(school)
    reviewed_again(school, day, release=release)
    assert told(school) == []
    with pytest.raises(NoReReviewError), school.books.read() as ledger:
        moved(ledger, school.id)


def test_the_team_says_that_a_priority_is_in_place_and_how_it_is_sustained(school: School) -> None:
    first = planned(school).priorities[0]
    sustain.close(school.books, "UANA", first.id, " Each team leader checks in May. ", NOW)
    kept = sustain.close(school.books, COACH, first.id, "Each team leader checks in May.", NOW + timedelta(days=1))
    assert (kept.in_place_at, kept.sustained) == (NOW, "Each team leader checks in May.")
    again = sustain.reopen(school.books, PRINCIPAL, first.id, "Two leaders left.", NOW + timedelta(days=2))
    assert (again.in_place_at, again.sustained) == (None, "")
    said = school.read(lambda ledger: ledger.plans.closings(first.id))
    assert [(one.person, one.in_place) for one in said] == [("UANA", True), (PRINCIPAL, False)]
    assert sustain.reopen(school.books, PRINCIPAL, first.id, "Once more.", NOW) == again


@pytest.mark.parametrize(
    ("who", "refused"), [(REVIEWER, sustain.NotTeamError), (DISTRICT, sustain.NotTeamError), ("UX", OutsiderError)]
)
def test_nobody_outside_the_school_closes_a_priority(school: School, who: str, refused: type[Exception]) -> None:
    first = planned(school).priorities[0]
    with pytest.raises(refused):
        sustain.close(school.books, who, first.id, "It is fine.", NOW)
    assert school.read(lambda ledger: ledger.plans.closings(first.id)) == []


def test_a_priority_closes_in_words_and_only_while_its_plan_lives(school: School) -> None:
    first = planned(school).priorities[0]
    with pytest.raises(sustain.ClosingError, match="how it is sustained"):
        sustain.close(school.books, "UANA", first.id, "  ", NOW)
    planned(school)
    with pytest.raises(PlanEndedError):
        sustain.close(school.books, "UANA", first.id, "It is fine.", NOW)
