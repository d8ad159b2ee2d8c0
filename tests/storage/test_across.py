"""Reading many schools' reviews at once: whose they are, and nothing more, on both databases."""

from datetime import date

import pytest

from planning.people import Leadership
from planning.scope import on_the_host
from planning.verbs import connect
from planning.verbs.commit import commit
from storage.across import chosen, networks, visits
from storage.database import Database
from storage.intake import keep_reviews
from storage.schools import change_school, find_school
from tests.planning.school import CHANNEL, DISTRICT, NOW, PRINCIPAL, REVIEWER, a_review, a_school


@pytest.mark.parametrize(
    ("person", "seen"), [(DISTRICT, 1), (REVIEWER, 1), (PRINCIPAL, 1), ("UANA", 0), ("USTRANGER", 0), (None, 2)]
)
def test_only_those_with_a_role_read_across_and_only_what_is_released(
    database: Database, person: str | None, seen: int
) -> None:
    school = a_school(database)
    with database.write() as conn:
        keep_reviews(conn, school.books.workspace, [a_review("OAK", date(2027, 3, 1))], NOW, replace=False)
    a_school(database, "T2")
    with school.books.read() as ledger:
        everything = on_the_host(tuple(one.id for one in ledger.schools.all()))
        scope = everything if person is None else ledger.people.scope(person).across()
        found = visits(ledger.view, scope, held=person is None)
    assert len(found) == seen
    assert all(len(one.ratings) == 31 for one in found)


def test_who_lost_a_role_loses_the_view_at_once(database: Database) -> None:
    school = a_school(database)
    connect.connect(school.books, REVIEWER, CHANNEL, school.id, Leadership(PRINCIPAL, ""), (), NOW)
    with school.books.read() as ledger:
        theirs = ledger.people.scope(DISTRICT).across()
        assert visits(ledger.view, theirs) == []
        assert networks(ledger.view, theirs) == ()


def test_a_network_is_a_part_of_the_scope(database: Database) -> None:
    school = a_school(database)
    with database.write() as conn:
        found = find_school(conn, school.books.workspace, "OAK")
        assert found is not None
        change_school(conn, school.books.workspace, found.id, network="North")
    with school.books.read() as ledger:
        theirs = ledger.people.scope(DISTRICT).across()
        assert networks(ledger.view, theirs) == ("North",)
        assert len(visits(ledger.view, theirs, "North")) == 1
        assert visits(ledger.view, theirs, "South") == []


def test_priorities_come_with_the_review_they_rest_on(database: Database) -> None:
    school = a_school(database)
    session = school.drafted()
    commit(school.books, REVIEWER, session.id, session.step, NOW)
    with school.books.read() as ledger:
        theirs = ledger.people.scope(DISTRICT).across()
        found = chosen(ledger.view, theirs)
    assert [(one.reviewed, one.rubric, one.level) for one in found] == [
        (date(2026, 10, 13), "personalized-learning@1", "Developing")
    ] * 2
