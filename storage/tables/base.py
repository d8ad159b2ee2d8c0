"""What every table shares: the metadata, the workspace column, random ids, and moments in UTC."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value.astimezone(UTC) if value else None
        return value.replace(tzinfo=UTC)


def new_id() -> str:
    """A random id (16 letters), safe to show to Slack: it says nothing about what it names."""
    return secrets.token_hex(8)


def workspace_column() -> Column[str]:
    """The column that every row carries: Levers' own id of the workspace it belongs to."""
    return Column("workspace", String, primary_key=True)


def id_column() -> Column[str]:
    """The second half of every primary key."""
    return Column("id", String, primary_key=True)


def belongs_to(table: str, column: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key to another table's row in the same workspace."""
    local: Sequence[str] = ["workspace", column]
    return ForeignKeyConstraint(local, [f"{table}.workspace", f"{table}.id"], **options)
