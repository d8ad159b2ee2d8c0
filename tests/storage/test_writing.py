"""What is written waits for the next reading, and makes one journey; on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from planning.messages import Kind, Wanted
from planning.verbs import focus, vote
from storage.database import Database
from tests.planning.school import CHANNEL, NOW, PRINCIPAL, REVIEWER, TEACHERS, School, a_school

A_MESSAGE = Wanted(Kind.WELCOME, CHANNEL, "an occasion", CHANNEL, NOW)


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is run meanwhile."""
    said: list[str] = []

    def heard(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", heard)
    yield said
    event.remove(database.engine, "before_cursor_execute", heard)


def test_what_is_owed_is_there_for_whoever_reads(school: School) -> None:
    with school.books.write() as ledger:
        ledger.deliveries.want(A_MESSAGE)
        assert ledger.deliveries.find(Kind.WELCOME, CHANNEL, "an occasion") is not None
        ledger.people.add_member(CHANNEL, "UNEW")
        ledger.people.add_member(CHANNEL, "UNEWER")
    assert {"UNEW", "UNEWER"} <= school.read(lambda ledger: ledger.people.members(CHANNEL))


def test_what_is_owed_goes_with_a_transaction_that_fails(school: School) -> None:
    with pytest.raises(RuntimeError), school.books.write() as ledger:
        ledger.deliveries.want(A_MESSAGE)
        raise RuntimeError
    assert school.read(lambda ledger: ledger.deliveries.find(Kind.WELCOME, CHANNEL, "an occasion")) is None


def test_one_failure_among_what_is_owed_keeps_nothing_of_it(school: School) -> None:
    before = school.read(lambda ledger: ledger.people.members(CHANNEL))
    with pytest.raises(Exception, match=r"NOT NULL|not-null"), school.books.write() as ledger:
        ledger.people.add_member(CHANNEL, "UNEW")
        ledger.people.add_member(CHANNEL, None)  # type: ignore[arg-type]
    assert school.read(lambda ledger: ledger.people.members(CHANNEL)) == before


def test_a_session_is_saved_by_what_changed(school: School, database: Database) -> None:
    session = school.gathered()
    with statements(database) as said, school.books.write() as ledger:
        loaded = ledger.sessions.load(session.id)
        ledger.sessions.save(loaded)
    assert not [one for one in said if one.startswith(("INSERT", "DELETE", "UPDATE"))], "nothing is different"


def test_what_many_people_do_at_once_takes_few_statements(school: School, database: Database) -> None:
    session = school.voting()
    first, second = (entry.indicator for entry in session.shortlist[:2])
    vote.cast(school.books, PRINCIPAL, session.id, session.round, {first: 1}, NOW)
    with statements(database) as said:
        vote.cast(school.books, TEACHERS[0], session.id, session.round, {first: 1, second: 1}, NOW)
    reading = [one for one in said if one.startswith("SELECT")]
    assert len(reading) == 1 and len(said) <= 6, said


def test_an_indicator_is_known_by_its_mark_as_well(school: School) -> None:
    school.gathered()
    session = school.go_on(2)
    gone = session.shortlist[0].indicator
    after = focus.remove(school.books, "UANA", session.id, gone.mark, "Not ours", NOW)
    assert after.listed(gone) is None and after.removed[-1].indicator == gone
    back = focus.put_back(school.books, "UANA", session.id, gone.mark, NOW)
    assert [entry.indicator for entry in back.shortlist] == [entry.indicator for entry in session.shortlist]
    with pytest.raises(focus.ShortlistError, match="did not rate"):
        focus.add(school.books, REVIEWER, session.id, "000000000000", "We saw it", NOW)
