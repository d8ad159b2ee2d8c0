"""One transaction as the nouns of storage see it: a connection, the workspace it speaks for, and whether it writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Delete, Executable, Insert, Select, Table, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError


@dataclass
class View:
    """What every noun is made from. `messages_wanted` is set once the transaction wants a message."""

    connection: Connection
    workspace: str
    default_zone: str
    writing: bool
    messages_wanted: bool = False
    _owed: list[tuple[Executable, Mapping[str, Any]]] = field(default_factory=list)

    @property
    def conn(self) -> Connection:
        """The connection, with everything written that is still owed: whoever reads sees it."""
        self.flush()
        return self.connection

    @property
    def dialect(self) -> str:
        """Which database it is: "sqlite" or "postgresql"."""
        return self.connection.dialect.name

    @property
    def embedded(self) -> bool:
        """Whether it is SQLite, where a writing transaction holds the whole file."""
        return self.dialect == "sqlite"

    def write(self, statement: Executable, *rows: Mapping[str, Any]) -> None:
        """Run a statement whose outcome nobody asks for, once for each of `rows`.

        It is owed until something is read, or the transaction ends, so that many make one journey to the database.
        """
        self._owed += [(statement, row) for row in rows]

    def flush(self) -> None:
        """Write what is owed, in the order it came."""
        owed, self._owed = self._owed, []
        with self._one_journey() if len(owed) > 1 else nullcontext():
            for _, alike in groupby(owed, key=lambda pair: (id(pair[0]), pair[1].keys())):
                together = list(alike)
                self.connection.execute(together[0][0], [row for _, row in together])

    @contextmanager
    def _one_journey(self) -> Iterator[None]:
        """What goes wrong comes as SQLAlchemy's error, though the driver may hear of it only at the journey's end."""
        if self.embedded:
            yield
            return
        driver: Any = self.connection.connection.driver_connection
        dialect: Any = self.connection.dialect
        try:
            with driver.pipeline():
                yield
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error

    def held(self, query: Select[Any]) -> Select[Any]:
        """The query, holding its rows until the end of a writing transaction; SQLite holds the whole file anyway."""
        return query.with_for_update() if self.writing else query

    def rows(self, table: Table, *, order: str = "", held: bool = False, **owner: Any) -> Sequence[Any]:
        """The rows of `table` that belong to `owner` (columns and their values), in the order of the columns `order`.

        With `held` a writing transaction holds them until its end.
        """
        query = _rows(table, tuple(owner), order, held and self.writing)
        return self.conn.execute(query, {"workspace": self.workspace, **owner}).all()

    def delete_rows(self, table: Table, **owner: Any) -> None:
        """Delete the rows of `table` that belong to `owner`."""
        mine = {f"of_{name}": value for name, value in {"workspace": self.workspace, **owner}.items()}
        self.write(_delete(table, tuple(owner)), mine)

    def replace_rows(self, table: Table, owner: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Make `rows` the only ones of `table` that belong to `owner` (a column's name and value, or several)."""
        self.delete_rows(table, **owner)
        self.insert(table, *({**owner, **row} for row in rows))

    def insert(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Insert new rows, all with the same columns."""
        self.write(_insert(table), *({"workspace": self.workspace, **row} for row in rows))

    def upsert(self, table: Table, row: Mapping[str, Any], keep: Iterable[str] = ()) -> None:
        """Insert `row`, or bring the row with its primary key up to date; the columns in `keep` stay as they are."""
        values = {"workspace": self.workspace, **row}
        self.write(_upsert(table, tuple(values), frozenset(keep), self.dialect), values)

    def insert_once(self, table: Table, row: Mapping[str, Any]) -> None:
        """Insert `row`; where its key, or another that is unique, is there already, that one stays as it is."""
        values = {"workspace": self.workspace, **row}
        self.write(_insert_once(table, tuple(values), self.dialect), values)


# Building a statement takes several times as long as running it: each is built once, and run with other values.


@cache
def _rows(table: Table, names: tuple[str, ...], order: str, held: bool) -> Select[Any]:
    query = select(table).where(*(table.c[name] == bindparam(name) for name in ("workspace", *names)))
    if order:
        query = query.order_by(*(table.c[name] for name in order.split(", ")))
    return query.with_for_update() if held else query


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _delete(table: Table, names: tuple[str, ...]) -> Delete:
    # A parameter may not have the name of a column here.
    return delete(table).where(*(table.c[name] == bindparam(f"of_{name}") for name in ("workspace", *names)))


@cache
def _upsert(table: Table, names: tuple[str, ...], keep: frozenset[str], dialect: str) -> Any:
    keys = [column.name for column in table.primary_key.columns]
    statement = insert_in(dialect)(table).values({name: bindparam(name) for name in names})
    changed = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    if changed:
        return statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement.on_conflict_do_nothing(index_elements=keys)


@cache
def _insert_once(table: Table, names: tuple[str, ...], dialect: str) -> Any:
    return insert_in(dialect)(table).values({name: bindparam(name) for name in names}).on_conflict_do_nothing()


def insert_in(dialect: str) -> Any:
    """The INSERT of a database ("sqlite" or "postgresql") that knows what to do where the row is there already."""
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
