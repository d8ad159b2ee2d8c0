"""An index for what is asked about one action: every answer looks it up."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_reminders_workspace_action_id", "reminders", ["workspace", "action_id"])


def downgrade() -> None:
    op.drop_index("ix_reminders_workspace_action_id", table_name="reminders")
