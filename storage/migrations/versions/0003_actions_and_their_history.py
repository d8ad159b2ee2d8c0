"""Actions for people in words and from messages, taken out and put back, with the history of what was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("actions", sa.Column("outside", sa.Text(), nullable=False, server_default=""))
    op.add_column("actions", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    op.add_column("actions", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("actions", sa.Column("taken_out", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "changes",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "action_id"],
            ["actions.workspace", "actions.id"],
            name=op.f("fk_changes_workspace_action_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_workspace_action_id", "changes", ["workspace", "action_id"])


def downgrade() -> None:
    op.drop_table("changes")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        for column in ("taken_out", "asked_at", "link", "outside"):
            batch_op.drop_column(column)
