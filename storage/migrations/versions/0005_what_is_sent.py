"""Reasons for asking, snoozes, absences, departures, preferences, and the day of the next session."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reminders", sa.Column("reason", sa.String(), nullable=False, server_default="check-in"))
    op.add_column("reminders", sa.Column("carried_by", sa.String()))
    op.add_column("reminders", sa.Column("carried_at", sa.DateTime(timezone=True)))
    op.add_column("reminders", sa.Column("passed_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("uq_reminders_occurrence", "reminders")
    occurrence = ["workspace", "person", "action_id", "reason", "planned"]
    op.create_index("uq_reminders_occurrence", "reminders", occurrence, unique=True)
    # What was sent before there was a column for it.
    op.execute(
        "UPDATE reminders SET carried_at = due_at, carried_by = (SELECT d.id FROM deliveries d"
        " WHERE d.workspace = reminders.workspace AND d.kind = 'check-in' AND d.recipient = reminders.person"
        " AND d.occasion = CAST(reminders.local_date AS VARCHAR) AND d.ts IS NOT NULL)"
        " WHERE EXISTS (SELECT 1 FROM deliveries d WHERE d.workspace = reminders.workspace AND d.kind = 'check-in'"
        " AND d.recipient = reminders.person AND d.occasion = CAST(reminders.local_date AS VARCHAR)"
        " AND d.ts IS NOT NULL)"
    )
    not_carried = sa.text("carried_at IS NULL")
    op.create_index(
        "ix_reminders_to_carry",
        "reminders",
        ["workspace", "local_date"],
        sqlite_where=not_carried,
        postgresql_where=not_carried,
    )
    op.add_column("actions", sa.Column("snoozed_until", sa.Date()))
    op.create_index("ix_check_ins_workspace_person_at", "check_ins", ["workspace", "person", "at"])
    _of_people("preferences", _column("digest_weekday", sa.Integer()), _column("digest_at", sa.Time()), _declined())
    _of_people("absences", _column("until", sa.Date()))
    _of_people("departures", _column("at", sa.DateTime(timezone=True)))
    op.create_table(
        "session_days",
        _column("workspace", sa.String()),
        _column("school_id", sa.String()),
        _column("day", sa.Date()),
        _column("set_by", sa.String()),
        sa.ForeignKeyConstraint(
            ["workspace", "school_id"],
            ["schools.workspace", "schools.id"],
            name=op.f("fk_session_days_workspace_school_id"),
        ),
        sa.PrimaryKeyConstraint("workspace", "school_id", name=op.f("pk_session_days")),
    )


def downgrade() -> None:
    for table in ("session_days", "departures", "absences", "preferences"):
        op.drop_table(table)
    op.drop_index("ix_check_ins_workspace_person_at", "check_ins")
    op.execute("DELETE FROM reminders WHERE reason <> 'check-in'")
    op.drop_index("ix_reminders_to_carry", "reminders")
    op.drop_index("uq_reminders_occurrence", "reminders")
    op.create_index(
        "uq_reminders_occurrence", "reminders", ["workspace", "person", "action_id", "planned"], unique=True
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_column("snoozed_until")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        for column in ("passed_over", "carried_at", "carried_by", "reason"):
            batch_op.drop_column(column)


def _of_people(table: str, *columns: "sa.Column[Any]") -> None:
    key = sa.PrimaryKeyConstraint("workspace", "person", name=op.f(f"pk_{table}"))
    op.create_table(table, _column("workspace", sa.String()), _column("person", sa.String()), *columns, key)


def _column(name: str, of: Any) -> "sa.Column[Any]":
    return sa.Column(name, of, nullable=False)


def _declined() -> "sa.Column[Any]":
    return _column("declined", sa.JSON())
