"""What a process keeps of sessions and reviews: read once, and never older than what is stored; on both databases."""

from dataclasses import replace

import pytest

from storage.database import Database
from storage.lasting import Lasting
from tests.planning.school import School, a_school
from tests.storage.test_remembered import statements


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


def test_a_session_that_nobody_has_changed_is_read_by_its_row_alone(school: School, database: Database) -> None:
    session = school.gathered()
    first = school.read(lambda ledger: ledger.sessions.load(session.id))
    with statements(database) as seen:
        again = school.read(lambda ledger: ledger.sessions.load(session.id))
    assert again == first and len([one for one in seen if "SELECT" in one]) == 1


def test_a_session_is_read_as_its_last_change_left_it(school: School) -> None:
    session = school.gathered()
    for guests in (("Grandma Lee",), ("Grandma Lee", "Mr Ito"), ()):
        with school.books.write() as ledger:
            loaded = ledger.sessions.load(session.id)
            ledger.sessions.save(replace(loaded, guests=guests, here=(*loaded.here, f"UNEW{len(guests)}")))
            assert ledger.sessions.load(session.id).guests == guests
        found = school.read(lambda ledger: ledger.sessions.load(session.id))
        assert found.guests == guests and found.here[-1] == f"UNEW{len(guests)}"


def test_what_a_failed_transaction_saw_of_a_session_is_not_kept(school: School) -> None:
    session = school.gathered()
    with pytest.raises(RuntimeError), school.books.write() as ledger:
        ledger.sessions.save(replace(ledger.sessions.load(session.id), off_table="The schedule"))
        assert ledger.sessions.load(session.id).off_table == "The schedule"
        raise RuntimeError
    assert school.read(lambda ledger: ledger.sessions.load(session.id)) == session
    with school.books.write() as ledger:
        ledger.sessions.save(replace(ledger.sessions.load(session.id), off_table="The budget"))
    assert school.read(lambda ledger: ledger.sessions.load(session.id)).off_table == "The budget"


def test_what_a_review_says_is_read_once(school: School, database: Database) -> None:
    first = school.read(lambda ledger: ledger.reviews.latest(school.id, released=False))
    with statements(database) as seen:
        again = school.read(lambda ledger: ledger.reviews.latest(school.id, released=False))
    assert again == first and again.review.ratings
    assert not any("evidence" in one or "goals" in one for one in seen)


def test_only_the_values_asked_for_last_are_kept() -> None:
    asked: list[int] = []

    def read(number: int) -> int:
        asked.append(number)
        return number * 10

    kept: Lasting[int, int] = Lasting(2)
    assert [kept.get(n, lambda n=n: read(n)) for n in (1, 2, 1, 3, 1, 2)] == [10, 20, 10, 30, 10, 20]  # type: ignore[misc]
    assert asked == [1, 2, 3, 2]
