"""Impact and feasibility: as private as the ballot, and shown as a grid once enough people placed an indicator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.grid import Place, PlacementError, grid
from planning.phases import Phase
from planning.session import WrongPhaseError
from planning.verbs import steer, weigh
from planning.verbs.vote import NoVoteError
from rubric.rubric import IndicatorId
from storage.tables.sessions import placements as rows
from tests.planning.school import NOW, PRINCIPAL, REVIEWER, TEACHERS, School

VOTERS = (PRINCIPAL, *TEACHERS)
squares = st.builds(Place, st.integers(1, 3), st.integers(1, 3))


def choosing(school: School) -> list[IndicatorId]:
    """A session in Choose; its leading indicators."""
    school.voting()
    school.voted({0: 3, 1: 2})
    session = school.go_on()
    return school.read(lambda one: list(weigh.leading(one, session)))  # type: ignore[no-any-return]


def test_the_grid_shows_what_four_have_placed_and_less_shows_nothing(school: School) -> None:
    first, second = choosing(school)
    session = school.session()
    for person, impact in zip(VOTERS[:4], (3, 3, 2, 2), strict=True):
        with school.books.read() as ledger:
            assert weigh.team_grid(ledger, session) == {}
        weigh.place(school.books, person, session.id, session.round, {first: Place(impact, 1)}, NOW)
    weigh.place(school.books, "UANA", session.id, session.round, {first: Place(3, 1), second: Place(1, 1)}, NOW)
    with school.books.read() as ledger:
        assert weigh.team_grid(ledger, session) == {first: Place(3, 1)}, "a half goes up"


def test_only_voters_place_only_leading_indicators_only_in_choose(school: School) -> None:
    first, _ = choosing(school)
    session = school.session()
    other = session.shortlist[5].indicator
    with pytest.raises(NoVoteError):
        weigh.place(school.books, REVIEWER, session.id, session.round, {first: Place(1, 1)}, NOW)
    for wrong in ({other: Place(1, 1)}, {first: Place(0, 1)}, {first: Place(1, 4)}):
        with pytest.raises(PlacementError):
            weigh.place(school.books, "UANA", session.id, session.round, wrong, NOW)
    with pytest.raises(PlacementError):
        weigh.place(school.books, "UANA", session.id, session.round + 1, {first: Place(1, 1)}, NOW)
    steer.go_back(school.books, REVIEWER, session.id, session.step, NOW)
    assert school.session().phase is Phase.VOTE
    with pytest.raises(WrongPhaseError):
        weigh.place(school.books, "UANA", session.id, session.round, {first: Place(1, 1)}, NOW)


def test_placements_are_forgotten_with_the_ballots(school: School) -> None:
    first, _ = choosing(school)
    session = school.session()
    weigh.place(school.books, "UANA", session.id, session.round, {first: Place(1, 1)}, NOW)
    steer.cancel(school.books, REVIEWER, session.id, session.step, "Snow", NOW)
    with school.books.database.read() as conn:
        assert conn.execute(rows.select()).all() == []


@given(st.lists(squares, min_size=4, max_size=60))
def test_a_square_of_the_grid_lies_between_the_placements(places: list[Place]) -> None:
    indicator = IndicatorId("D", "I")
    there = grid([{indicator: place} for place in places])[indicator]
    for axis in ("impact", "feasibility"):
        values = [getattr(place, axis) for place in places]
        assert min(values) <= getattr(there, axis) <= max(values)
