"""When Slack may be called next, what waits until somebody mends it, and when a post was begun."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


INDEXES = (
    ("ix_deliveries_fresh", ["workspace", "due_at", "id"], "state = 'waiting' AND ts IS NULL"),
    ("ix_deliveries_shown", ["workspace", "ts"], "state = 'waiting' AND ts IS NOT NULL"),
    ("ix_deliveries_taken", ["workspace", "lease_until"], "state IN ('claimed', 'sending')"),
)
DUE = "state IN ('waiting', 'claimed', 'sending')"


def upgrade() -> None:
    op.create_table(
        "lanes",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "place", name=op.f("pk_lanes")),
    )
    op.create_table(
        "pauses",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "place", name=op.f("pk_pauses")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begun_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("looks", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_deliveries_due", "deliveries")
    for name, columns, where in INDEXES:
        op.create_index(name, "deliveries", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, _columns, _where in INDEXES:
        op.drop_index(name, "deliveries")
    op.create_index(
        "ix_deliveries_due", "deliveries", ["due_at"], sqlite_where=sa.text(DUE), postgresql_where=sa.text(DUE)
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("looks")
        batch_op.drop_column("begun_at")
    op.drop_table("pauses")
    op.drop_table("lanes")
