"""The tables of plans: priorities and actions, the plan that commits them, and check-ins."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text, text

from storage.tables.base import Moment, belongs_to, id_column, metadata, workspace_column

plans = Table(
    "plans",
    metadata,
    workspace_column(),
    id_column(),
    Column("school_id", String, nullable=False),
    Column("session_id", String, nullable=False),
    Column("committed_by", String, nullable=False),
    Column("committed_at", Moment, nullable=False),
    # Set when the school commits its next plan.
    Column("ended_at", Moment),
    belongs_to("schools", "school_id"),
    belongs_to("sessions", "session_id"),
    Index("uq_plans_workspace_session_id", "workspace", "session_id", unique=True),
    Index(
        "uq_plans_live",
        "workspace",
        "school_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

priorities = Table(
    "priorities",
    metadata,
    workspace_column(),
    id_column(),
    Column("session_id", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("domain", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("level", String, nullable=False),
    Column("root_cause", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("target_level", String, nullable=False),
    Column("measure", Text, nullable=False),
    # Since when the team calls it in place, and how it is sustained; the table of closings has how it came to this.
    Column("in_place_at", Moment),
    Column("sustained", Text, nullable=False, server_default=""),
    belongs_to("sessions", "session_id"),
    Index("uq_priorities_indicator", "workspace", "session_id", "domain", "indicator", unique=True),
)

actions = Table(
    "actions",
    metadata,
    workspace_column(),
    id_column(),
    Column("priority_id", String, nullable=False),
    Column("session_id", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", String, nullable=False),
    Column("supporters", JSON, nullable=False),
    Column("due", Date, nullable=False),
    Column("cadence", String, nullable=False),
    Column("resources", Text, nullable=False),
    Column("shown_by", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("offered_to", String),
    Column("updated_at", Moment),
    # Somebody without Slack who does it, in words; the address of the message it was made from.
    Column("outside", Text, nullable=False),
    Column("link", Text, nullable=False),
    # When somebody was last asked to take it on.
    Column("asked_at", Moment),
    # Out of the plan being written, and still to be put back.
    Column("taken_out", Boolean, nullable=False),
    # When it was last carried into the next school year.
    Column("carried_at", Moment),
    # The local date until which its owner is not asked about it.
    Column("snoozed_until", Date),
    belongs_to("priorities", "priority_id"),
    belongs_to("sessions", "session_id"),
    Index("ix_actions_workspace_session_id", "workspace", "session_id"),
    Index("ix_actions_workspace_owner", "workspace", "owner"),
    # Few are offered to anybody: with the others in it the index would not be used.
    Index(
        "ix_actions_offered",
        "workspace",
        "offered_to",
        sqlite_where=text("offered_to IS NOT NULL"),
        postgresql_where=text("offered_to IS NOT NULL"),
    ),
)

check_ins = Table(
    "check_ins",
    metadata,
    workspace_column(),
    id_column(),
    Column("action_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("status", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    belongs_to("actions", "action_id"),
    Index("ix_check_ins_workspace_action_id", "workspace", "action_id"),
    Index("ix_check_ins_workspace_person_at", "workspace", "person", "at"),
)

closings = Table(
    "closings",
    metadata,
    workspace_column(),
    id_column(),
    Column("priority_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", Moment, nullable=False),
    # True where it was called in place, with how it is sustained; false where it was taken up again, with why.
    Column("in_place", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    belongs_to("priorities", "priority_id"),
    Index("ix_closings_workspace_priority_id", "workspace", "priority_id"),
)

changes = Table(
    "changes",
    metadata,
    workspace_column(),
    id_column(),
    Column("action_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", Moment, nullable=False),
    # What was changed: a list of [field, old, new].
    Column("fields", JSON, nullable=False),
    Column("why", Text, nullable=False),
    belongs_to("actions", "action_id"),
    Index("ix_changes_workspace_action_id", "workspace", "action_id"),
)

replies = Table(
    "replies",
    metadata,
    workspace_column(),
    id_column(),
    Column("school_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    belongs_to("schools", "school_id"),
    Index("ix_replies_workspace_school_id", "workspace", "school_id"),
)

comments = Table(
    "comments",
    metadata,
    workspace_column(),
    id_column(),
    Column("action_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    belongs_to("actions", "action_id"),
    Index("ix_comments_workspace_action_id", "workspace", "action_id"),
)
