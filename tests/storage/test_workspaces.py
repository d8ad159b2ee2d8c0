"""Many workspaces share a database and none sees another; migrations and tables say the same."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from planning.session import SessionNotFoundError
from planning.verbs import gather
from planning.verbs.commit import commit
from storage.database import Database
from storage.migrate import migrate
from storage.tables import metadata
from storage.workspaces import SeveralWorkspacesError, UnknownWorkspaceError, bind_workspace, the_workspace
from tests.planning.school import CHANNEL, NOW, REVIEWER, a_school


def test_two_workspaces_with_the_same_school_never_see_each_other(database: Database) -> None:
    ours, theirs = a_school(database, "T1"), a_school(database, "T2")
    session = ours.drafted()
    plan = commit(ours.books, REVIEWER, session.id, session.step, NOW)
    with theirs.books.read() as ledger:
        assert [one.id for one in ledger.schools.all()] == [theirs.id]
        assert ledger.plans.live(theirs.id) is None and ledger.plans.of_session(session.id) is None
        assert ledger.plans.open_of("UANA") == []
        assert ledger.reminders.to_come(NOW) == []
        assert ledger.sessions.open_at(ours.id) is None
        here = ledger.schools.of_channel(CHANNEL)
        assert here is not None and here.id == theirs.id
        assert not ledger.people.viewer("UANA", ours.id).knows_school
    with pytest.raises(SessionNotFoundError):
        gather.join(theirs.books, "UANA", session.id, NOW)
    assert ours.read(lambda ledger: ledger.plans.live(ours.id)).id == plan.id


def test_a_workspace_is_made_on_first_use_and_bound_to_slack_when_it_is_served(database: Database) -> None:
    with database.write() as conn:
        made = the_workspace(conn, NOW)
        assert the_workspace(conn, NOW) == made
        assert bind_workspace(conn, "T1", NOW) == made
        assert bind_workspace(conn, "T1", NOW) == made
        other = bind_workspace(conn, "T2", NOW)
        assert other != made
        with pytest.raises(SeveralWorkspacesError, match="--workspace"):
            the_workspace(conn, NOW)
        assert the_workspace(conn, NOW, other) == other
        with pytest.raises(UnknownWorkspaceError):
            the_workspace(conn, NOW, "nowhere")


def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    with database.write() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert differences == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    school = a_school(database)
    migrate(database)
    assert school.read(lambda ledger: ledger.schools.load(school.id)).code == "OAK"


def test_a_write_that_fails_leaves_nothing_behind(database: Database) -> None:
    school = a_school(database)
    with pytest.raises(ZeroDivisionError), school.books.write() as ledger:
        ledger.people.add_member(CHANNEL, "UNEW")
        raise ZeroDivisionError
    assert not school.read(lambda ledger: ledger.people.viewer("UNEW", school.id)).knows_school
