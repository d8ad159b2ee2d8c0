"""Statements by table and columns, each built once: building one takes several times as long as running it."""

from functools import cache
from typing import Any

from sqlalchemy import JSON, ColumnElement, Delete, Insert, Select, Table, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite


@cache
def rows_of(table: Table, names: tuple[str, ...], order: str) -> Select[Any]:
    """The rows with the values of the columns `names`, in the order of the columns `order` ("at, id")."""
    query = select(table).where(*(table.c[name] == bindparam(name) for name in ("workspace", *names)))
    return query.order_by(*(table.c[name] for name in order.split(", "))) if order else query


def as_lists(dialect: str, *columns: ColumnElement[Any]) -> ColumnElement[Any]:
    """All rows of a statement in one value: a list of lists, or on PostgreSQL nothing where there are none."""
    if dialect == "sqlite":
        return func.json_group_array(func.json_array(*columns), type_=JSON)
    return func.json_agg(func.json_build_array(*columns), type_=JSON)


@cache
def inserting(table: Table) -> Insert:
    """A new row."""
    return insert(table)


@cache
def deleting(table: Table, names: tuple[str, ...]) -> Delete:
    """The rows with the values of the columns `names` go; the parameters are called "of_" and the column's name."""
    # A parameter may not have the name of a column here.
    return delete(table).where(*(table.c[name] == bindparam(f"of_{name}") for name in ("workspace", *names)))


@cache
def upserting(table: Table, names: tuple[str, ...], keep: frozenset[str], dialect: str) -> Any:
    """A new row with the columns `names`, or one that is there brought up to date in all of them but `keep`."""
    keys = [column.name for column in table.primary_key.columns]
    statement = insert_in(dialect)(table).values({name: bindparam(name) for name in names})
    changed = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    if changed:
        return statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement.on_conflict_do_nothing(index_elements=keys)


@cache
def inserting_once(table: Table, names: tuple[str, ...], dialect: str) -> Any:
    """A new row with the columns `names`, unless one with the same key is there."""
    return insert_in(dialect)(table).values({name: bindparam(name) for name in names}).on_conflict_do_nothing()


def insert_in(dialect: str) -> Any:
    """The INSERT of a database ("sqlite" or "postgresql") that knows what to do where the row is there already."""
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
