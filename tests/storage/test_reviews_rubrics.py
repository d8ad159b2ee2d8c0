"""A workspace's own rubrics: published once, never edited, and its own."""

import datetime

import pytest

from rubric.library import UnknownRubricError
from storage.database import Database
from storage.rubrics import PublishedRubricError, add_rubric, known_rubrics, load_rubric
from tests.rubric.test_rubric_files import GOOD

NOW = datetime.datetime(2026, 10, 20, 12, tzinfo=datetime.UTC)
HERE = "workspace-here"


def test_a_published_rubric_is_known_beside_the_bundled_ones_to_its_workspace_only(database: Database) -> None:
    with database.write() as conn:
        added = add_rubric(conn, HERE, GOOD, "mine.yaml", NOW)
        assert added is not None
        assert known_rubrics(conn, HERE)["reading@2"] == added
        assert load_rubric(conn, HERE, "reading@2") == added
        assert load_rubric(conn, "elsewhere", "personalized-learning@1").id == "personalized-learning"
        with pytest.raises(UnknownRubricError):
            load_rubric(conn, "elsewhere", "reading@2")


def test_publishing_the_same_again_changes_nothing_and_another_text_under_its_name_is_refused(
    database: Database,
) -> None:
    with database.write() as conn:
        add_rubric(conn, HERE, GOOD, "mine.yaml", NOW)
        assert add_rubric(conn, HERE, "# a comment\n" + GOOD, "mine.yaml", NOW) is None
        with pytest.raises(PublishedRubricError, match="reading@2 is published already and says something else"):
            add_rubric(conn, HERE, GOOD.replace("Secure", "Sure"), "mine.yaml", NOW)
        newer = add_rubric(conn, HERE, GOOD.replace("Secure", "Sure").replace('"2"', '"3"'), "mine.yaml", NOW)
        assert newer is not None
        assert load_rubric(conn, HERE, "reading") == newer


def test_a_bundled_version_cannot_be_changed_either(database: Database) -> None:
    with database.write() as conn, pytest.raises(PublishedRubricError):
        add_rubric(conn, HERE, GOOD.replace("reading", "nyc-quality-review").replace('"2"', '"2012"'), "m.yaml", NOW)
