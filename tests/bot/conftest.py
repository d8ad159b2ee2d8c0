"""The bot under test is the real one, on a practice workspace of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.planned import just_committed
from tests.bot.stage import Stage, staged


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A rehearsal on SQLite, before the channel is connected."""
    with staged(tmp_path) as ready:
        yield ready


@pytest.fixture
def committed(tmp_path: Path) -> Iterator[Stage]:
    """A rehearsal on SQLite just after the commit."""
    with just_committed(tmp_path) as ready:
        yield ready
