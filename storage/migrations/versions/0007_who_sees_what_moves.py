"""Comments on actions, who asked for an update, what a school shows of names, and when somebody looked last."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comments",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "action_id"],
            ["actions.workspace", "actions.id"],
            name=op.f("fk_comments_workspace_action_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_workspace_action_id", "comments", ["workspace", "action_id"])
    op.create_table(
        "names_shown",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("shown_by", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_names_shown_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "school_id", name=op.f("pk_names_shown")),
    )
    op.create_table(
        "looks",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_looks")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by", sa.String(), nullable=True))
    op.create_index("ix_members_workspace_person", "members", ["workspace", "person"])
    offered = sa.text("offered_to IS NOT NULL")
    op.create_index(
        "ix_actions_offered", "actions", ["workspace", "offered_to"], sqlite_where=offered, postgresql_where=offered
    )
    op.create_index("ix_sessions_workspace_school_id", "sessions", ["workspace", "school_id"])


def downgrade() -> None:
    op.drop_index("ix_sessions_workspace_school_id", "sessions")
    op.drop_index("ix_actions_offered", "actions")
    op.drop_index("ix_members_workspace_person", "members")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_column("asked_by")
    op.drop_table("looks")
    op.drop_table("names_shown")
    op.drop_table("comments")
