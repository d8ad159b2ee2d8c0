"""The rubrics a workspace can use: the bundled ones, which are everybody's, and those it added itself."""

import datetime
from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Connection, insert, select

from rubric.errors import LeversError
from rubric.library import bundled, by_key, find_rubric
from rubric.loading import read_rubric
from rubric.rubric import Rubric
from storage.tables.base import new_id
from storage.tables.reviews import rubrics


class PublishedRubricError(LeversError):
    """A published version that somebody tries to change."""

    def __init__(self, rubric: Rubric) -> None:
        super().__init__(
            f"{rubric.key} is published already and says something else. A published version is never edited: "
            "give the file a new version."
        )


def known_rubrics(conn: Connection, workspace: str) -> Mapping[str, Rubric]:
    """Every rubric that the workspace can use, by key (`id@version`), each id's versions from oldest to newest."""
    own = conn.execute(
        select(rubrics.c.source, rubrics.c.rubric_id, rubrics.c.version).where(rubrics.c.workspace == workspace)
    )
    added = [_parsed(row.source, f"{row.rubric_id}@{row.version}") for row in own]
    return by_key([*bundled().values(), *added])


def load_rubric(conn: Connection, workspace: str, key: str) -> Rubric:
    """The rubric with `key` (`id@version`); raises `UnknownRubricError`."""
    return bundled().get(key) or find_rubric(known_rubrics(conn, workspace), key)


def add_rubric(conn: Connection, workspace: str, source: str, source_name: str, at: datetime.datetime) -> Rubric | None:
    """Publish the rubric in `source` (a rubric file's text) for the workspace; None when it was there already.

    `at` is an aware moment. Raises `InvalidFileError` or `UnreadableYamlError` for a file that is not a rubric,
    `PublishedRubricError` for a version that is known and says something else.
    """
    rubric = read_rubric(source, source_name)
    known = known_rubrics(conn, workspace).get(rubric.key)
    if known == rubric:
        return None
    if known is not None:
        raise PublishedRubricError(rubric)
    conn.execute(
        insert(rubrics).values(
            workspace=workspace,
            id=new_id(),
            rubric_id=rubric.id,
            version=rubric.version,
            source=source,
            added_at=at,
        )
    )
    return rubric


@lru_cache(maxsize=64)
def _parsed(source: str, source_name: str) -> Rubric:
    return read_rubric(source, source_name)
