"""When a priority is in place and how it is sustained, and what schools share with reviewers elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("priorities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_place_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sustained", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "closings",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("priority_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_place", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "priority_id"],
            ["priorities.workspace", "priorities.id"],
            name=op.f("fk_closings_workspace_priority_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_closings")),
    )
    op.create_index("ix_closings_workspace_priority_id", "closings", ["workspace", "priority_id"])
    op.create_table(
        "portfolio_codes",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_portfolio_codes")),
    )
    op.create_index("uq_portfolio_codes_code", "portfolio_codes", ["code"], unique=True)
    op.create_table(
        "grants",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"], ["schools.workspace", "schools.id"], name=op.f("fk_grants_workspace_school_id")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_grants")),
    )
    op.create_index("ix_grants_workspace_school_id", "grants", ["workspace", "school_id"])
    op.create_index("ix_grants_code", "grants", ["code"])


def downgrade() -> None:
    op.drop_table("grants")
    op.drop_table("portfolio_codes")
    op.drop_table("closings")
    with op.batch_alter_table("priorities", schema=None) as batch_op:
        batch_op.drop_column("sustained")
        batch_op.drop_column("in_place_at")
