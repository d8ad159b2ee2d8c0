"""What a school's leader replies to whoever asked from outside how its plan goes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_replies_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_replies")),
    )
    op.create_index("ix_replies_workspace_school_id", "replies", ["workspace", "school_id"])


def downgrade() -> None:
    op.drop_table("replies")
