"""The tables of what is owed: reminders say why a person is asked, deliveries are what is claimed and sent."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, text

from storage.tables.base import Moment, belongs_to, id_column, metadata, workspace_column

FRESH = "state = 'waiting' AND ts IS NULL"
SHOWN = "state = 'waiting' AND ts IS NOT NULL"
TAKEN = "state IN ('claimed', 'sending')"
"""Conditions that are said word for word in queries too: a database uses a partial index only where it sees them."""

reminders = Table(
    "reminders",
    metadata,
    workspace_column(),
    id_column(),
    Column("person", String, nullable=False),
    Column("action_id", String, nullable=False),
    # The check-in day it was planned for, and the school day it is really asked on.
    Column("planned", Date, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("zone", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    # The message that carried it, and when; or that it was too late to be sent at all.
    Column("carried_by", String),
    Column("carried_at", Moment),
    Column("passed_over", Boolean, nullable=False),
    # The leader who wanted to know, where somebody did.
    Column("asked_by", String),
    belongs_to("actions", "action_id"),
    Index("uq_reminders_occurrence", "workspace", "person", "action_id", "reason", "planned", unique=True),
    Index(
        "ix_reminders_to_carry",
        "workspace",
        "local_date",
        sqlite_where=text("carried_at IS NULL"),
        postgresql_where=text("carried_at IS NULL"),
    ),
    Index("ix_reminders_workspace_person_local_date", "workspace", "person", "local_date"),
    Index("ix_reminders_workspace_action_id", "workspace", "action_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    workspace_column(),
    id_column(),
    Column("kind", String, nullable=False),
    Column("recipient", String, nullable=False),
    # With kind and recipient, what makes it one message: a local date, or a session and its step.
    Column("occasion", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    # How often it was wanted, and up to which of these it has been shown.
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    # "waiting", "claimed", "sending", "settled" or "stopped".
    Column("state", String, nullable=False),
    # The lease runs on the real clock, in seconds since 1970; the token fences off a claimant that came too late.
    Column("lease_until", BigInteger, nullable=False),
    Column("token", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    # Opaque: anybody in the workspace can read it in the message's metadata.
    Column("key", String, nullable=False),
    Column("sent_to", String),
    Column("ts", String),
    Column("link", String),
    Column("why_stopped", String),
    # When the post was begun (real seconds since 1970), and how often it was looked for in vain since.
    Column("begun_at", BigInteger),
    Column("looks", Integer, nullable=False, server_default="0"),
    Index("uq_deliveries_message", "workspace", "kind", "recipient", "occasion", unique=True),
    Index("ix_deliveries_subject", "workspace", "kind", "subject"),
    # What waits to be posted, what waits to be brought up to date, and what somebody has taken.
    Index("ix_deliveries_fresh", "workspace", "due_at", "id", sqlite_where=text(FRESH), postgresql_where=text(FRESH)),
    Index("ix_deliveries_shown", "workspace", "ts", sqlite_where=text(SHOWN), postgresql_where=text(SHOWN)),
    Index("ix_deliveries_taken", "workspace", "lease_until", sqlite_where=text(TAKEN), postgresql_where=text(TAKEN)),
)

lanes = Table(
    "lanes",
    metadata,
    Column("workspace", String, primary_key=True),
    # A channel, or a star for all of the workspace.
    Column("place", String, primary_key=True),
    # The next allowed moment on the real clock, in milliseconds since 1970.
    Column("next_at", BigInteger, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("workspace", String, primary_key=True),
    # A channel, a person, or a star for all of the workspace.
    Column("place", String, primary_key=True),
    # Slack's word for it.
    Column("why", String, nullable=False),
    Column("at", Moment, nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("of", String, primary_key=True),
    Column("at", Moment, nullable=False),
)
