"""A ballot is one row, what is only begun of it beside what was cast; and every saving of a session marks it anew."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Ballot = tuple[str, str, int, str]


def upgrade() -> None:
    op.add_column("sessions", sa.Column("mark", sa.String(), nullable=False, server_default=""))
    dots = _read(sa.table("ballots", *_key(), *map(sa.column, ("domain", "indicator", "dots"))))
    begun = _read(sa.table("ballot_drafts", *_key(), sa.column("dots", sa.JSON())))
    cast: defaultdict[Ballot, list[tuple[str, str, int]]] = defaultdict(list)
    for row in dots:
        cast[tuple(row)[:4]].append((row.domain, row.indicator, row.dots))
    drafts = {tuple(row)[:4]: row.dots for row in begun}
    op.drop_table("ballot_drafts")
    op.drop_table("ballots")
    ballots = _create(
        "ballots",
        sa.Column("dots", sa.JSON(none_as_null=True)),
        sa.Column("begun", sa.JSON(none_as_null=True)),
    )
    names = [column.name for column in _key()]
    op.bulk_insert(
        ballots,
        [
            {**dict(zip(names, key, strict=True)), "dots": cast.get(key), "begun": drafts.get(key)}
            for key in sorted(cast.keys() | drafts.keys())
        ],
    )


def downgrade() -> None:
    ballots = _read(sa.table("ballots", *_key(), sa.column("dots", sa.JSON()), sa.column("begun", sa.JSON())))
    op.drop_table("ballots")
    cast = _create(
        "ballots",
        sa.Column("domain", sa.String(), primary_key=True),
        sa.Column("indicator", sa.String(), primary_key=True),
        sa.Column("dots", sa.Integer(), nullable=False),
    )
    drafts = _create("ballot_drafts", sa.Column("dots", sa.JSON(), nullable=False))
    names = [column.name for column in _key()]
    keys = [dict(zip(names, tuple(row)[:4], strict=True)) for row in ballots]
    op.bulk_insert(
        cast,
        [
            {**key, "domain": domain, "indicator": indicator, "dots": dots}
            for key, row in zip(keys, ballots, strict=True)
            for domain, indicator, dots in row.dots or ()
        ],
    )
    op.bulk_insert(
        drafts, [{**key, "dots": row.begun} for key, row in zip(keys, ballots, strict=True) if row.begun is not None]
    )
    # Not in a batch, which would make the table anew: its rows are pointed to.
    op.drop_column("sessions", "mark")


def _key() -> tuple[sa.ColumnClause[Any], ...]:
    return sa.column("workspace"), sa.column("session_id"), sa.column("round"), sa.column("person")


def _read(table: sa.TableClause) -> list[Any]:
    return list(op.get_bind().execute(sa.select(table)))


def _create(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("session_id", sa.String(), primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("person", sa.String(), primary_key=True),
        *columns,
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f(f"fk_{name}_workspace_session_id" if name == "ballots" else f"fk_{name}_workspace"),
        ),
    )
