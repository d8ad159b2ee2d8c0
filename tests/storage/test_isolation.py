"""What one workspace owes, sends, grants and counts is nothing to another in the same database."""

import time

from alembic import command
from sqlalchemy import inspect

from planning.messages import Kind, Wanted
from planning.people import Role
from planning.phases import Phase
from planning.verbs import connect, vote
from storage import claim as claims
from storage.database import Database
from storage.migrate import _config, migrate
from storage.tables import metadata
from tests.planning.school import CHANNEL, NOW, PRINCIPAL, REVIEWER, TEACHERS, a_school


def test_a_message_of_one_workspace_is_neither_taken_nor_brought_up_to_date_by_another(database: Database) -> None:
    ours, theirs = a_school(database, "T1"), a_school(database, "T2")
    for school in (ours, theirs):
        with school.books.write() as ledger:
            ledger.deliveries.want(Wanted(Kind.CHECK_IN, "UANA", "2026-12-09", "UANA", NOW))
    with theirs.books.write() as ledger:
        taken = claims.claim(ledger.view, NOW, time.time(), 50)
    mine = [one for one in taken if one.delivery.wanted.kind is Kind.CHECK_IN]
    assert len(mine) == 1
    with ours.books.write() as ledger:
        view = ledger.view
        assert not claims.begin(view, mine[0], time.time())
        assert not claims.sent(view, mine[0], "DANA", "1.1", None)
        assert not claims.stop(view, mine[0], "is_archived")
        assert claims.doubtful(view, time.time() + 999, 50) == []
        claims.end_leases(view)
        own = ledger.deliveries.find(Kind.CHECK_IN, "UANA", "2026-12-09")
        assert own is not None and own.id != mine[0].delivery.id
    with theirs.books.write() as ledger:
        assert claims.begin(ledger.view, mine[0], time.time()), "their lease still runs"
        assert claims.sent(ledger.view, mine[0], "DANA", "1.1", None)
    with ours.books.write() as ledger:
        ledger.deliveries.refresh(Kind.CHECK_IN, "UANA", NOW)
    with theirs.books.write() as ledger:
        again = claims.claim(ledger.view, NOW, time.time(), 50)
    assert [one for one in again if one.delivery.wanted.kind is Kind.CHECK_IN] == []


def test_an_administrator_or_a_role_of_one_workspace_is_nobody_in_another(database: Database) -> None:
    ours, theirs = a_school(database, "T1"), a_school(database, "T2")
    with ours.books.write() as ledger:
        ledger.people.name_administrator("UOURS", NOW)
        ledger.people.add_member(CHANNEL, "UNEW")
    with theirs.books.read() as ledger:
        assert not ledger.people.is_administrator("UOURS")
        assert ledger.people.administrators() == (REVIEWER,)
        assert not ledger.people.viewer("UNEW", theirs.id).knows_school
        assert ledger.people.with_role(ours.id, Role.PRINCIPAL) == ()
        assert [one.id for one in ledger.schools.known_to(PRINCIPAL)] == [theirs.id]
        assert [one.id for one in ledger.schools.connected()] == [theirs.id]
    with ours.books.write() as ledger:
        ledger.people.dismiss_administrator(REVIEWER)
    connect.member_left(ours.books, CHANNEL, "UANA", NOW)
    with theirs.books.read() as ledger:
        assert ledger.people.is_administrator(REVIEWER)
        assert ledger.people.viewer("UANA", theirs.id).member


def test_two_workspaces_hold_their_sessions_and_ballots_apart(database: Database) -> None:
    ours, theirs = a_school(database, "T1"), a_school(database, "T2")
    voting, other = ours.voting(), theirs.voting()
    ours.voted({0: 3}, TEACHERS)
    with theirs.books.read() as ledger:
        assert ledger.ballots.count(other) == 0
        assert ledger.ballots.count(voting) == 0 and ledger.ballots.voted(voting) == frozenset()
        assert ledger.ballots.tally(voting).dots == 0
        assert not vote.revealed(ledger, voting)
        assert ledger.plans.priorities(voting.id) == ()
    with theirs.books.write() as ledger:
        ledger.ballots.forget(voting)
    with ours.books.read() as ledger:
        assert ledger.ballots.count(voting) == len(TEACHERS)
    assert theirs.session().phase is Phase.VOTE


def test_a_review_released_in_one_workspace_is_released_there_only(database: Database) -> None:
    ours, theirs = a_school(database, "T1"), a_school(database, "T2")
    with ours.books.read() as ledger:
        mine = ledger.reviews.latest(ours.id, released=True)
        assert mine is not None and ledger.reviews.latest(theirs.id, released=False) is None


def test_the_database_can_be_taken_back_to_nothing_and_made_anew(database: Database) -> None:
    config = _config()
    with database.write() as conn:
        config.attributes["connection"] = conn
        command.downgrade(config, "base")
    with database.read() as conn:
        assert set(inspect(conn).get_table_names()) <= {"alembic_version"}
    migrate(database)
    with database.read() as conn:
        assert set(metadata.tables) <= set(inspect(conn).get_table_names())
    assert a_school(database).started().phase is Phase.GATHER
