"""The tables of connected channels and their members, roles, administrators, and school calendars."""

from sqlalchemy import Column, Date, Index, PrimaryKeyConstraint, String, Table, Text, Time

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
    Index("ix_members_workspace_person", "workspace", "person"),
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

# Schools that show their district and reviewers who said what, from then on.
names_shown = Table(
    "names_shown",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("school_id", String, primary_key=True),
    Column("shown_by", String, nullable=False),
    Column("since", Moment, nullable=False),
    belongs_to("schools", "school_id"),
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
    # ISO 3166-2 without the country; empty for none.
    Column("state", String, nullable=False, server_default=""),
    Column("staff_from", Time, nullable=False, server_default="07:30:00"),
    Column("staff_until", Time, nullable=False, server_default="17:00:00"),
    belongs_to("schools", "school_id"),
)

# The days of a school's own: "closed", "busy" or "open" (on a public holiday), or a "year" from its first to its last
# day of school.
school_days = Table(
    "school_days",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("school_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, primary_key=True),
    Column("name", String, primary_key=True),
    belongs_to("schools", "school_id"),
)

# What a person is called in Slack.
names = Table(
    "names",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("name", Text, nullable=False),
)

# A person's own time: an IANA zone (null for their school's), quiet hours, and the hour they like to be asked at.
own_times = Table(
    "own_times",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("zone", String),
    Column("quiet_from", Time, nullable=False),
    Column("quiet_until", Time, nullable=False),
    Column("ask_at", Time),
    # When Slack was last asked for the zone.
    Column("learnt_at", Moment),
)
