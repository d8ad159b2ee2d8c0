"""The verbs run on the real storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planning.plan import Plan
from planning.verbs import follow
from planning.verbs.commit import commit
from tests.databases import fresh_database
from tests.planning.school import NOW, REVIEWER, School, a_school


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """The small school, on SQLite."""
    with fresh_database("sqlite", tmp_path) as database:
        yield a_school(database)


@pytest.fixture
def plan(school: School) -> Plan:
    """A committed plan with an action of Ana's, taken on, and one of Ben's, not yet."""
    session = school.drafted()
    committed = commit(school.books, REVIEWER, session.id, session.step, NOW)
    follow.accept(school.books, "UANA", committed.actions[0].id, NOW)
    return school.read(lambda ledger: ledger.plans.load(committed.id))  # type: ignore[no-any-return]
