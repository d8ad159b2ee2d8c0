"""The tables of connected channels and their members, roles, administrators, and school calendars."""

from sqlalchemy import Column, Date, Index, PrimaryKeyConstraint, String, Table, Time

from storage.tables.base import Moment, belongs_to, metadata

channels = Table(
    "channels",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("school_id", String, nullable=False),
    Column("connected_by", String, nullable=False),
    Column("connected_at", Moment, nullable=False),
    belongs_to("schools", "school_id"),
    Index("uq_channels_workspace_school_id", "workspace", "school_id", unique=True),
)

members = Table(
    "members",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("person", String, primary_key=True),
)

roles = Table(
    "roles",
    metadata,
    Column("workspace", String),
    Column("school_id", String),
    Column("person", String),
    Column("role", String),
    belongs_to("schools", "school_id"),
    PrimaryKeyConstraint("workspace", "school_id", "person", "role"),
    Index("ix_roles_workspace_person", "workspace", "person"),
)

administrators = Table(
    "administrators",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("named_at", Moment, nullable=False),
)

calendars = Table(
    "calendars",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("school_id", String, primary_key=True),
    Column("country", String, nullable=False),
    Column("day_ends", Time, nullable=False),
    belongs_to("schools", "school_id"),
)

closures = Table(
    "closures",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("school_id", String, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
    Column("name", String, nullable=False),
    belongs_to("schools", "school_id"),
)
