"""Two workspaces in one database: whatever one of them does, the other neither sees nor changes, on both databases."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from planning.messages import Kind
from planning.people import Leadership, Role
from planning.plan import ActionNotFoundError, Plan, PriorityNotFoundError
from planning.session import Session, SessionNotFoundError
from planning.verbs import connect, draft, follow, steer, vote
from planning.verbs.commit import commit
from rubric.errors import LeversError
from storage import claim as claims
from storage.books import Ledger
from storage.database import Database
from storage.tables import metadata
from tests.planning.school import CHANNEL, NOW, PRINCIPAL, REVIEWER, School, a_school, step

GLOBAL = {"workspaces", "heartbeats"}
"""Tables that belong to no workspace."""
LEFT_TO_ONE = Leadership("UNEW", "UNEWER")


@pytest.fixture
def ours(database: Database) -> School:
    """Our school."""
    return a_school(database, "T1")


@pytest.fixture
def theirs(database: Database) -> School:
    """The same school, channel and people, in another workspace."""
    return a_school(database, "T2")


def everything(school: School) -> dict[str, list[Any]]:
    """Every row of the school's workspace, by table."""
    with school.books.database.read() as conn:
        return {
            table.name: sorted(
                repr(row) for row in conn.execute(select(table).where(table.c.workspace == school.books.workspace))
            )
            for table in metadata.sorted_tables
            if table.name not in GLOBAL
        }


def committed(school: School) -> tuple[Session, Plan]:
    """A session with ballots behind it and its plan, with answers and a hand-over."""
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.offer(school.books, "UANA", mine.id, "UCLEO", NOW)
    return session, plan


def test_every_table_but_two_names_the_workspace_in_its_key() -> None:
    for table in metadata.sorted_tables:
        if table.name not in GLOBAL:
            assert next(iter(table.primary_key.columns)).name == "workspace", table.name
            assert all("workspace" in key.column_keys for key in table.foreign_key_constraints), table.name


def test_a_whole_session_and_its_follow_up_change_nothing_in_the_other_workspace(ours: School, theirs: School) -> None:
    session = theirs.voting()
    theirs.voted({0: 1})
    with theirs.books.write() as ledger:
        assert claims.claim(ledger.view, NOW, time.time(), 100), "they are sending, too"
    before = everything(theirs)
    committed(ours)
    connect.connect(ours.books, REVIEWER, "COTHER", ours.id, LEFT_TO_ONE, ("UNEW",), NOW)
    connect.member_left(ours.books, "COTHER", "UNEW", NOW)
    with ours.books.write() as ledger:
        ledger.people.dismiss_administrator(REVIEWER)
        claims.claim(ledger.view, NOW, time.time(), 100)
        claims.end_leases(ledger.view)
    assert everything(theirs) == before
    assert theirs.session().id == session.id


def test_no_id_of_ours_opens_anything_over_there(ours: School, theirs: School) -> None:
    session, plan = committed(ours)
    action, priority = plan.actions[0], plan.priorities[0]
    review = session.review
    deeds: dict[str, tuple[type[LeversError], Callable[[], Any]]] = {
        "session": (SessionNotFoundError, lambda: steer.advance(theirs.books, REVIEWER, session.id, session.step, NOW)),
        "ballot": (SessionNotFoundError, lambda: vote.cast(theirs.books, "UANA", session.id, 1, {}, NOW)),
        "priority": (
            PriorityNotFoundError,
            lambda: draft.add_action(theirs.books, "UANA", priority.id, step("UANA"), "r", NOW),
        ),
        "action": (ActionNotFoundError, lambda: follow.accept(theirs.books, "UCLEO", action.id, NOW)),
        "review": (LeversError, lambda: connect.release(theirs.books, PRINCIPAL, review, NOW)),
    }
    before = everything(ours)
    for error, deed in deeds.values():
        with pytest.raises(error):
            deed()
    assert everything(ours) == before


def test_nothing_that_is_read_over_there_is_ours(ours: School, theirs: School) -> None:
    session, plan = committed(ours)

    def seen(ledger: Ledger) -> list[Any]:
        return [
            ledger.ballots.count(session),
            ledger.ballots.tally(session).dots,
            ledger.ballots.voted(session),
            ledger.plans.priorities(session.id),
            ledger.plans.actions(session.id),
            ledger.plans.check_ins(session.id),
            ledger.plans.of_session(session.id),
            ledger.plans.live(ours.id),
            ledger.plans.open_of("UCLEO"),
            ledger.reviews.latest(ours.id, released=False),
            ledger.deliveries.find(Kind.PLAN, CHANNEL, plan.id),
            [one for one in ledger.deliveries.to_come(NOW) if one.wanted.kind is Kind.CHECK_IN],
            ledger.reminders.to_come(NOW),
            [day for row in ours.read(coming) for day in ledger.reminders.to_carry(row.person, row.local_date)],
            ledger.people.with_role(ours.id, Role.DISTRICT),
        ]

    def coming(ledger: Ledger) -> Any:
        return ledger.reminders.to_come(NOW)

    assert ours.read(coming), "there is something to see"
    assert not [found for found in theirs.read(seen) if found]
