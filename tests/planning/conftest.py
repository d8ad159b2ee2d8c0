"""The verbs run on the real storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_database
from tests.planning.school import School, a_school


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """The small school, on SQLite."""
    with fresh_database("sqlite", tmp_path) as database:
        yield a_school(database)
