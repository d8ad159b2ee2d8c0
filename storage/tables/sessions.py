"""The tables of sessions: the session itself, who is here, its shortlist, its ballots and their totals."""

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text, false, text

from storage.tables.base import Moment, belongs_to, id_column, metadata, workspace_column

_goes_on = text("state IN ('open', 'paused')")

sessions = Table(
    "sessions",
    metadata,
    workspace_column(),
    id_column(),
    Column("school_id", String, nullable=False),
    Column("review_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("facilitator", String, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("phase", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("round", Integer, nullable=False),
    Column("shortlist_size", Integer, nullable=False),
    Column("dots", Integer, nullable=False),
    Column("cap", Integer, nullable=False),
    Column("priorities", Integer, nullable=False),
    Column("everyone_votes", Boolean, nullable=False),
    Column("advises", Boolean, nullable=False),
    Column("off_table", Text, nullable=False),
    Column("settled_by", Text, nullable=False),
    # Names of people without Slack, in the order they were named.
    Column("guests", JSON, nullable=False),
    # Who may take over at once, besides the school's leaders.
    Column("cofacilitators", JSON, nullable=False, server_default="[]"),
    Column("pace", String, nullable=False, server_default="no timers"),
    # A phase's timer runs until this moment, or stands still with these seconds left.
    Column("ends_at", Moment),
    Column("seconds_left", Integer),
    # The [domain, indicator] pairs of a runoff; empty in an ordinary vote.
    Column("runoff", JSON, nullable=False, server_default="[]"),
    Column("cancelled_because", Text, nullable=False, server_default=""),
    # Made anew whenever the session, its people, shortlist or concerns change; empty in those older than the mark.
    Column("mark", String, nullable=False, server_default=""),
    belongs_to("schools", "school_id"),
    belongs_to("reviews", "review_id"),
    Index("ix_sessions_workspace_school_id", "workspace", "school_id"),
    # One open session a school.
    Index(
        "uq_sessions_open",
        "workspace",
        "school_id",
        unique=True,
        sqlite_where=_goes_on,
        postgresql_where=_goes_on,
    ),
)

participants = Table(
    "participants",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("place", Integer, nullable=False),
    # Left early: nobody waits for their ballot.
    Column("excused", Boolean, nullable=False, server_default=false()),
    belongs_to("sessions", "session_id"),
)

shortlist = Table(
    "shortlist",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("domain", String, primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("level", String, nullable=False),
    # "listed", "removed" or "deferred".
    Column("standing", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    # Why it was added, taken off, or deferred.
    Column("why", Text, nullable=False),
    # Why it had been added before it was taken off.
    Column("why_added", Text, nullable=False, server_default=""),
    belongs_to("sessions", "session_id"),
)

# What people did in each step, in order: what the thread of a card tells.
remarks = Table(
    "remarks",
    metadata,
    workspace_column(),
    id_column(),
    Column("session_id", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("deed", String, nullable=False),
    Column("person", String),
    Column("about", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    belongs_to("sessions", "session_id"),
    Index("ix_remarks_workspace_session_id_step", "workspace", "session_id", "step"),
)

concerns = Table(
    "concerns",
    metadata,
    workspace_column(),
    id_column(),
    Column("session_id", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("domain", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("text", Text, nullable=False),
    # Null where it was said without a name: nobody's name is kept then.
    Column("person", String),
    belongs_to("sessions", "session_id"),
    Index("ix_concerns_workspace_session_id", "workspace", "session_id"),
)

ballots = Table(
    "ballots",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    # Whose dots these are while the vote is on; the rows are deleted at commit.
    Column("person", String, primary_key=True),
    # [domain, indicator, dots] of each that has any; null until the ballot is cast.
    Column("dots", JSON(none_as_null=True)),
    # The same of what they have begun to place since: it counts for nothing, and is there when the window opens again.
    Column("begun", JSON(none_as_null=True)),
    belongs_to("sessions", "session_id"),
)

# Where a person sees an indicator, on impact and feasibility; deleted with the ballots.
placements = Table(
    "placements",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("person", String, primary_key=True),
    Column("domain", String, primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("impact", Integer, nullable=False),
    Column("feasibility", Integer, nullable=False),
    belongs_to("sessions", "session_id"),
)

# One anonymous batch of paper ballots a round, and what the ballots of a committed session came to.
totals = Table(
    "totals",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    # "paper" or "all".
    Column("of", String, primary_key=True),
    Column("domain", String, primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("dots", Integer, nullable=False),
    ForeignKeyConstraint(
        ["workspace", "session_id", "round", "of"],
        ["tallies.workspace", "tallies.session_id", "tallies.round", "tallies.of"],
        ondelete="CASCADE",
    ),
)

tallies = Table(
    "tallies",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("of", String, primary_key=True),
    Column("ballots", Integer, nullable=False),
    belongs_to("sessions", "session_id"),
)
