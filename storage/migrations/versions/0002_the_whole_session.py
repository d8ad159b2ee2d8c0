"""Timers, co-facilitators, excused voters, runoffs, concerns, remarks, placements, and ballots begun but not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("cofacilitators", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("sessions", sa.Column("pace", sa.String(), nullable=False, server_default="no timers"))
    op.add_column("sessions", sa.Column("ends_at", sa.DateTime(timezone=True)))
    op.add_column("sessions", sa.Column("seconds_left", sa.Integer()))
    op.add_column("sessions", sa.Column("runoff", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("sessions", sa.Column("cancelled_because", sa.Text(), nullable=False, server_default=""))
    op.add_column("participants", sa.Column("excused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("shortlist", sa.Column("why_added", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "concerns",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person", sa.String()),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_concerns_workspace"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_concerns")),
    )
    op.create_index("ix_concerns_workspace_session_id", "concerns", ["workspace", "session_id"])
    op.create_table(
        "remarks",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("person", sa.String()),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_remarks_workspace"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_remarks")),
    )
    op.create_index("ix_remarks_workspace_session_id_step", "remarks", ["workspace", "session_id", "step"])
    op.create_table(
        "ballot_drafts",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("dots", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_ballot_drafts_workspace"),
        ),
        sa.PrimaryKeyConstraint("workspace", "session_id", "round", "person", name=op.f("pk_ballot_drafts")),
    )
    op.create_table(
        "placements",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("feasibility", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_placements_workspace"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "session_id", "round", "person", "domain", "indicator", name=op.f("pk_placements")
        ),
    )


def downgrade() -> None:
    op.drop_table("placements")
    op.drop_table("ballot_drafts")
    op.drop_table("remarks")
    op.drop_table("concerns")
    for table, column in (
        ("shortlist", "why_added"),
        ("participants", "excused"),
        ("sessions", "cancelled_because"),
        ("sessions", "runoff"),
        ("sessions", "seconds_left"),
        ("sessions", "ends_at"),
        ("sessions", "pace"),
        ("sessions", "cofacilitators"),
    ):
        op.drop_column(table, column)
