"""The tables of what people asked of the follow-up: preferences, absences, who has left, and the next session's day."""

from sqlalchemy import JSON, Column, Date, Integer, String, Table, Time

from storage.tables.base import Moment, belongs_to, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    # The weekday (0 is Monday) and wall time of the digest, and what the person turned down.
    Column("digest_weekday", Integer, nullable=False),
    Column("digest_at", Time, nullable=False),
    Column("declined", JSON, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    # The local date on which they are back.
    Column("until", Date, nullable=False),
)

departures = Table(
    "departures",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("at", Moment, nullable=False),
)

session_days = Table(
    "session_days",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("school_id", String, primary_key=True),
    Column("day", Date, nullable=False),
    Column("set_by", String, nullable=False),
    belongs_to("schools", "school_id"),
)

looks = Table(
    "looks",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True),
    # The last day (UTC) on which they looked at their schools, and the one before it.
    Column("day", Date, nullable=False),
    Column("before", Date),
)
