"""The first shape of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "administrators",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_administrators")),
    )
    op.create_table(
        "deliveries",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sent_to", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("why_stopped", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'claimed', 'sending')"),
            postgresql_where=sa.text("state IN ('waiting', 'claimed', 'sending')"),
        )
        batch_op.create_index("ix_deliveries_subject", ["workspace", "kind", "subject"], unique=False)
        batch_op.create_index("uq_deliveries_message", ["workspace", "kind", "recipient", "occasion"], unique=True)

    op.create_table(
        "heartbeats",
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("of", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "members",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "person", name=op.f("pk_members")),
    )
    op.create_table(
        "rubrics",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rubric_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_rubrics")),
    )
    with op.batch_alter_table("rubrics", schema=None) as batch_op:
        batch_op.create_index(
            "uq_rubrics_workspace_rubric_id_version", ["workspace", "rubric_id", "version"], unique=True
        )

    op.create_table(
        "schools",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("network", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_schools")),
    )
    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.create_index("uq_schools_workspace_code_key", ["workspace", "code_key"], unique=True)

    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("slack_id", name=op.f("uq_workspaces_slack_id")),
    )
    op.create_table(
        "calendars",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("day_ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_calendars_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "school_id", name=op.f("pk_calendars")),
    )
    op.create_table(
        "channels",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("connected_by", sa.String(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_channels_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", name=op.f("pk_channels")),
    )
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.create_index("uq_channels_workspace_school_id", ["workspace", "school_id"], unique=True)

    op.create_table(
        "closures",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_closures_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "school_id", "first", name=op.f("pk_closures")),
    )
    op.create_table(
        "reviews",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("rubric_id", sa.String(), nullable=False),
        sa.Column("rubric_version", sa.String(), nullable=False),
        sa.Column("label", sa.String(), server_default="", nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "replaced_by"],
            ["reviews.workspace", "reviews.id"],
            name=op.f("fk_reviews_workspace_replaced_by"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"], ["schools.workspace", "schools.id"], name=op.f("fk_reviews_workspace_school_id")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index("ix_reviews_workspace_school_id", ["workspace", "school_id"], unique=False)
        batch_op.create_index(
            "uq_reviews_current",
            ["workspace", "school_id", "date", "rubric_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "roles",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"], ["schools.workspace", "schools.id"], name=op.f("fk_roles_workspace_school_id")
        ),
        sa.PrimaryKeyConstraint("workspace", "school_id", "person", "role", name=op.f("pk_roles")),
    )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.create_index("ix_roles_workspace_person", ["workspace", "person"], unique=False)

    op.create_table(
        "goals",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "review_id"],
            ["reviews.workspace", "reviews.id"],
            name=op.f("fk_goals_workspace_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "review_id", "position", name=op.f("pk_goals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ratings",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "review_id"],
            ["reviews.workspace", "reviews.id"],
            name=op.f("fk_ratings_workspace_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "review_id", "position", name=op.f("pk_ratings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sessions",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("facilitator", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("shortlist_size", sa.Integer(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("priorities", sa.Integer(), nullable=False),
        sa.Column("everyone_votes", sa.Boolean(), nullable=False),
        sa.Column("advises", sa.Boolean(), nullable=False),
        sa.Column("off_table", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "review_id"],
            ["reviews.workspace", "reviews.id"],
            name=op.f("fk_sessions_workspace_review_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_sessions_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(
            "uq_sessions_open",
            ["workspace", "school_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'paused')"),
            postgresql_where=sa.text("state IN ('open', 'paused')"),
        )

    op.create_table(
        "ballots",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_ballots_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "session_id", "round", "person", "domain", "indicator", name=op.f("pk_ballots")
        ),
    )
    op.create_table(
        "evidence",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "review_id", "rating"],
            ["ratings.workspace", "ratings.review_id", "ratings.position"],
            name=op.f("fk_evidence_workspace_review_id_rating"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "review_id", "rating", "position", name=op.f("pk_evidence")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participants",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_participants_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "session_id", "person", name=op.f("pk_participants")),
    )
    op.create_table(
        "plans",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("committed_by", sa.String(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"], ["schools.workspace", "schools.id"], name=op.f("fk_plans_workspace_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_plans_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(
            "uq_plans_live",
            ["workspace", "school_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("uq_plans_workspace_session_id", ["workspace", "session_id"], unique=True)

    op.create_table(
        "priorities",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("root_cause", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("target_level", sa.String(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_priorities_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_priorities")),
    )
    with op.batch_alter_table("priorities", schema=None) as batch_op:
        batch_op.create_index(
            "uq_priorities_indicator", ["workspace", "session_id", "domain", "indicator"], unique=True
        )

    op.create_table(
        "shortlist",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_shortlist_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "session_id", "domain", "indicator", "standing", name=op.f("pk_shortlist")
        ),
    )
    op.create_table(
        "tallies",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_tallies_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "session_id", "round", "of", name=op.f("pk_tallies")),
    )
    op.create_table(
        "actions",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("priority_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("supporters", sa.JSON(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("shown_by", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("offered_to", sa.String(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "priority_id"],
            ["priorities.workspace", "priorities.id"],
            name=op.f("fk_actions_workspace_priority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_actions_workspace_session_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_actions")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index("ix_actions_workspace_owner", ["workspace", "owner"], unique=False)
        batch_op.create_index("ix_actions_workspace_session_id", ["workspace", "session_id"], unique=False)

    op.create_table(
        "totals",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id", "round", "of"],
            ["tallies.workspace", "tallies.session_id", "tallies.round", "tallies.of"],
            name=op.f("fk_totals_workspace_session_id_round_of"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "session_id", "round", "of", "domain", "indicator", name=op.f("pk_totals")
        ),
    )
    op.create_table(
        "check_ins",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "action_id"],
            ["actions.workspace", "actions.id"],
            name=op.f("fk_check_ins_workspace_action_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_check_ins")),
    )
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.create_index("ix_check_ins_workspace_action_id", ["workspace", "action_id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("planned", sa.Date(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "action_id"],
            ["actions.workspace", "actions.id"],
            name=op.f("fk_reminders_workspace_action_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminders_workspace_person_local_date", ["workspace", "person", "local_date"], unique=False
        )
        batch_op.create_index("uq_reminders_occurrence", ["workspace", "person", "action_id", "planned"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index("uq_reminders_occurrence")
        batch_op.drop_index("ix_reminders_workspace_person_local_date")

    op.drop_table("reminders")
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.drop_index("ix_check_ins_workspace_action_id")

    op.drop_table("check_ins")
    op.drop_table("totals")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index("ix_actions_workspace_session_id")
        batch_op.drop_index("ix_actions_workspace_owner")

    op.drop_table("actions")
    op.drop_table("tallies")
    op.drop_table("shortlist")
    with op.batch_alter_table("priorities", schema=None) as batch_op:
        batch_op.drop_index("uq_priorities_indicator")

    op.drop_table("priorities")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index("uq_plans_workspace_session_id")
        batch_op.drop_index(
            "uq_plans_live", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )

    op.drop_table("plans")
    op.drop_table("participants")
    op.drop_table("evidence")
    op.drop_table("ballots")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_sessions_open",
            sqlite_where=sa.text("state IN ('open', 'paused')"),
            postgresql_where=sa.text("state IN ('open', 'paused')"),
        )

    op.drop_table("sessions")
    op.drop_table("ratings")
    op.drop_table("goals")
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_index("ix_roles_workspace_person")

    op.drop_table("roles")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reviews_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index("ix_reviews_workspace_school_id")

    op.drop_table("reviews")
    op.drop_table("closures")
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.drop_index("uq_channels_workspace_school_id")

    op.drop_table("channels")
    op.drop_table("calendars")
    op.drop_table("workspaces")
    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.drop_index("uq_schools_workspace_code_key")

    op.drop_table("schools")
    with op.batch_alter_table("rubrics", schema=None) as batch_op:
        batch_op.drop_index("uq_rubrics_workspace_rubric_id_version")

    op.drop_table("rubrics")
    op.drop_table("members")
    op.drop_table("heartbeats")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("uq_deliveries_message")
        batch_op.drop_index("ix_deliveries_subject")
        batch_op.drop_index(
            "ix_deliveries_due",
            sqlite_where=sa.text("state IN ('waiting', 'claimed', 'sending')"),
            postgresql_where=sa.text("state IN ('waiting', 'claimed', 'sending')"),
        )

    op.drop_table("deliveries")
    op.drop_table("administrators")
