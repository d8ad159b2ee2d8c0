"""The tables of what is owed: reminders say why a person is asked, deliveries are what is claimed and sent."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, text

from storage.tables.base import Moment, belongs_to, id_column, metadata, workspace_column

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
    belongs_to("actions", "action_id"),
    Index("uq_reminders_occurrence", "workspace", "person", "action_id", "planned", unique=True),
    Index("ix_reminders_workspace_person_local_date", "workspace", "person", "local_date"),
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
    Index("uq_deliveries_message", "workspace", "kind", "recipient", "occasion", unique=True),
    Index("ix_deliveries_subject", "workspace", "kind", "subject"),
    Index(
        "ix_deliveries_due",
        "due_at",
        sqlite_where=text("state IN ('waiting', 'claimed', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'claimed', 'sending')"),
    ),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("of", String, primary_key=True),
    Column("at", Moment, nullable=False),
)
