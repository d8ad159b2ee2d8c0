"""The table of workspaces: Levers' own id for each, bound to Slack at the first `serve`."""

from sqlalchemy import Column, String, Table

from storage.tables.base import Moment, metadata

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String, primary_key=True),
    # The enterprise id for an organisation-wide installation, else the team id.
    Column("slack_id", String, unique=True),
    Column("created_at", Moment, nullable=False),
)
