"""The table of what changes leave to be done after them."""

from sqlalchemy import JSON, Column, Integer, String, Table

from storage.tables.base import Moment, id_column, metadata, workspace_column

errands = Table(
    "errands",
    metadata,
    workspace_column(),
    id_column(),
    # When it was left, and as which of those that one transaction left.
    Column("at", Moment, nullable=False),
    Column("place", Integer, nullable=False),
    Column("what", String, nullable=False),
    Column("about", JSON, nullable=False),
)
