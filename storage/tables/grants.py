"""The tables of grants: what a school shows to a reviewer of another workspace, who goes by a code."""

from sqlalchemy import Column, Date, Index, String, Table

from storage.tables.base import Moment, belongs_to, id_column, metadata, workspace_column

portfolio_codes = Table(
    "portfolio_codes",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    # What the person tells a leader elsewhere: it says nothing about either.
    Column("code", String, nullable=False),
    Index("uq_portfolio_codes_code", "code", unique=True),
)

grants = Table(
    "grants",
    metadata,
    workspace_column(),
    id_column(),
    Column("school_id", String, nullable=False),
    Column("code", String, nullable=False),
    # What the leader calls the reviewer: nobody's name comes from another workspace.
    Column("called", String, nullable=False),
    # The last local date on which it holds; null means until it is revoked.
    Column("until", Date),
    Column("given_by", String, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("revoked_by", String),
    Column("revoked_at", Moment),
    belongs_to("schools", "school_id"),
    Index("ix_grants_workspace_school_id", "workspace", "school_id"),
    Index("ix_grants_code", "code"),
)
