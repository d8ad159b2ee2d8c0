"""School time: busy days and school years beside closed days, staff hours, states, and each person's own hours."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calendars", sa.Column("state", sa.String(), nullable=False, server_default=""))
    op.add_column("calendars", sa.Column("staff_from", sa.Time(), nullable=False, server_default="07:30:00"))
    op.add_column("calendars", sa.Column("staff_until", sa.Time(), nullable=False, server_default="17:00:00"))
    op.create_table(
        "school_days",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_school_days_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "school_id", "kind", "first", "last", "name", name=op.f("pk_school_days")),
    )
    op.execute(
        "INSERT INTO school_days (workspace, school_id, kind, first, last, name) "
        "SELECT workspace, school_id, 'closed', first, last, name FROM closures"
    )
    op.drop_table("closures")
    op.create_table(
        "own_times",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("ask_at", sa.Time(), nullable=True),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_own_times")),
    )
    op.add_column("actions", sa.Column("carried_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_column("carried_at")
    op.drop_table("own_times")
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
    # One closure a first day is all that this shape can hold.
    op.execute(
        "INSERT INTO closures (workspace, school_id, first, last, name) "
        "SELECT workspace, school_id, first, max(last), min(name) FROM school_days "
        "WHERE kind = 'closed' GROUP BY workspace, school_id, first"
    )
    op.drop_table("school_days")
    with op.batch_alter_table("calendars", schema=None) as batch_op:
        for column in ("staff_until", "staff_from", "state"):
            batch_op.drop_column(column)
