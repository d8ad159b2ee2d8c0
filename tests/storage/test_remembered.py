"""What one transaction has read: asked again it makes no journey, and is never older than what was written or held."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from planning.people import Role
from planning.preferences import Preferences
from planning.verbs.commit import commit
from storage.database import Database
from storage.tables.following import preferences
from tests.planning.school import BACKUP, CHANNEL, NOW, PRINCIPAL, REVIEWER, School, a_school


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_what_is_asked_again_makes_no_second_journey(school: School, database: Database) -> None:
    with school.books.write() as ledger, statements(database) as seen:
        first, again = (ledger.people.viewer("UANA", school.id) for _ in range(2))
        other = ledger.people.viewer("UBEN", school.id)
    assert first == again != other
    assert len(seen) == 2


@pytest.mark.parametrize("person", [PRINCIPAL, REVIEWER, "UANA", "USTRANGER", "UADMIN"])
def test_who_is_read_with_a_session_is_known_as_by_themselves(school: School, database: Database, person: str) -> None:
    session = school.gathered()
    with school.books.write() as ledger:
        ledger.people.name_administrator("UADMIN", NOW)
    for left in ((), (PRINCIPAL, BACKUP)):
        with school.books.write() as ledger:
            for leader in left:
                ledger.following.set_departed(leader, NOW)
        alone = school.read(lambda ledger: ledger.people.viewer(person, school.id))
        with school.books.write() as ledger, statements(database) as seen:
            assert ledger.sessions.load(session.id, seen_by=person).school == school.id
            before = len(seen)
            assert ledger.people.viewer(person, school.id) == alone
            assert len(seen) == before, "in the same journey"
        if person == "UADMIN":
            assert (Role.BACKUP in alone.roles) is bool(left), "an administrator stands in for leaders who left"


def test_a_plan_is_read_once_by_whatever_name_it_is_asked_for(school: School, database: Database) -> None:
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    action = plan.actions[0].id
    with school.books.write() as ledger, statements(database) as seen:
        assert ledger.plans.of_action(action, seen_by=REVIEWER) == plan
        assert plan == ledger.plans.live(school.id) == ledger.plans.load(plan.id) == ledger.plans.of_session(session.id)
        assert ledger.people.viewer(REVIEWER, school.id).knows_school
    assert len(seen) <= 3, seen


def test_what_a_transaction_writes_it_reads_at_once(school: School) -> None:
    with school.books.write() as ledger:
        before = ledger.following.preferences("UANA")
        ledger.following.save_preferences(replace(before, digest_weekday=3))
        assert ledger.following.preferences("UANA") == Preferences("UANA", 3)
        ledger.people.remove_member(CHANNEL, "UANA")
        assert not ledger.people.viewer("UANA", school.id).knows_school


def test_whoever_writes_past_it_with_the_connection_is_read_too(school: School) -> None:
    with school.books.write() as ledger:
        ledger.following.save_preferences(Preferences("UANA", 3))
        assert ledger.following.preferences("UANA").digest_weekday == 3
        ledger.view.conn.execute(preferences.update().values(digest_weekday=4))
        assert ledger.following.preferences("UANA").digest_weekday == 4


def test_a_session_that_had_to_be_waited_for_forgets_what_was_read_before(school: School) -> None:
    session = school.gathered()
    with school.books.write() as ledger:
        assert ledger.people.viewer("UANA", school.id).knows_school
        if not ledger.view.embedded:
            # On SQLite nobody else can write meanwhile.
            with school.books.write() as meanwhile:
                meanwhile.people.remove_member(CHANNEL, "UANA")
        ledger.sessions.load(session.id)
        assert ledger.people.viewer("UANA", school.id).knows_school is ledger.view.embedded


def test_the_same_transaction_never_holds_a_session_twice(school: School, database: Database) -> None:
    session = school.gathered()
    with school.books.write() as ledger, statements(database) as seen:
        ledger.sessions.load(session.id)
        alone = len(seen)
        ledger.sessions.load(session.id)
        assert len(seen) == alone


def test_the_next_transaction_reads_anew(school: School) -> None:
    with school.books.read() as ledger:
        assert ledger.following.away_until(REVIEWER) is None
    back = NOW.date() + timedelta(days=7)
    with school.books.write() as ledger:
        ledger.following.set_away(REVIEWER, back)
    with school.books.read() as ledger:
        assert ledger.following.away_until(REVIEWER) == back
