"""One transaction as the nouns of storage see it: a connection, the workspace it speaks for, and whether it writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, Table
from sqlalchemy.exc import DBAPIError

from storage.remembered import Remembered
from storage.statements import deleting, inserting, inserting_once, rows_of, upserting


@dataclass
class View:
    """What every noun is made from. `messages_wanted` is set once the transaction wants a message.

    `errands_left` counts the errands that it has left.
    """

    connection: Connection
    workspace: str
    default_zone: str
    writing: bool
    messages_wanted: bool = False
    errands_left: int = 0
    _held: set[tuple[Table, str]] = field(default_factory=set)
    _owed: list[tuple[Any, Mapping[str, Any]]] = field(default_factory=list)
    _remembered: Remembered = field(default_factory=Remembered)

    @property
    def conn(self) -> Connection:
        """The connection, with everything written that is still owed: whoever reads sees it.

        Whoever takes it may write with it, so that what was read before is forgotten.
        """
        self.flush()
        self._remembered.forget_all()
        return self.connection

    @property
    def dialect(self) -> str:
        """Which database it is: "sqlite" or "postgresql"."""
        return self.connection.dialect.name

    @property
    def embedded(self) -> bool:
        """Whether it is SQLite, where a writing transaction holds the whole file."""
        return self.dialect == "sqlite"

    def ask(self, query: Select[Any] | Any, /, **values: Any) -> Sequence[Row[Any]]:
        """What `query` finds with `values` and the workspace; asked again, what it found before.

        It is for queries that are built once and kept: one that is built anew each time is never found again.
        """
        self.flush()
        values["workspace"] = self.workspace
        rows = self._remembered.rows(query, values)
        if rows is None:
            rows = self.connection.execute(query, values).all()
            self._remembered.keep(query, values, rows)
        return rows

    def know(self, query: Any, rows: Sequence[Any], /, **values: Any) -> None:
        """Take `rows`, which another query has found, for what `query` would find with `values` and the workspace."""
        self._remembered.keep(query, {**values, "workspace": self.workspace}, rows)

    def hold(self, query: Select[Any], /, only: Any = None, **values: Any) -> Sequence[Row[Any]]:
        """The same, where a writing transaction holds the rows, or `only` those of one table of several, until its end.

        It may have waited for them: what was read before may be otherwise by now. SQLite holds the whole file anyway.
        """
        if self.writing and not self.embedded:
            query = _holding(query, only)
            if self._remembered.rows(query, {**values, "workspace": self.workspace}) is None:
                self._remembered.forget_all()
        return self.ask(query, **values)

    def write(self, statement: Any, *rows: Mapping[str, Any]) -> None:
        """Run a statement whose outcome nobody asks for, once for each of `rows`.

        It is owed until something is read, or the transaction ends, so that many make one journey to the database.
        """
        self._owed += [(statement, row) for row in rows]

    def change(self, statement: Any, row: Mapping[str, Any]) -> int:
        """Run a statement at once; how many rows it changed."""
        self.flush()
        self._remembered.forget((statement.table,))
        return self.connection.execute(statement, row).rowcount

    def flush(self) -> None:
        """Write what is owed, in the order it came."""
        if len(self._owed) > 1:
            with self._one_journey():
                self._write_owed()
        else:
            self._write_owed()

    def commit(self) -> None:
        """Write what is owed and keep everything, in one journey."""
        with self._one_journey():
            self._write_owed()
            self.connection.commit()

    def _write_owed(self) -> None:
        owed, self._owed = self._owed, []
        self._remembered.forget(statement.table for statement, _ in owed)
        for _, alike in groupby(owed, key=lambda pair: (id(pair[0]), pair[1].keys())):
            together = list(alike)
            statement, rows = together[0][0], [row for _, row in together]
            self.connection.execute(statement, rows if len(rows) > 1 else rows[0])

    @contextmanager
    def _one_journey(self) -> Iterator[None]:
        if self.embedded:
            yield
            return
        # The driver may hear only at the journey's end of what goes wrong.
        with of_the_driver(self.connection) as driver, driver.pipeline():
            yield

    def rows(self, table: Table, *, order: str = "", **owner: Any) -> Sequence[Row[Any]]:
        """The rows of `table` with the values `owner` in its columns of these names, by the columns `order`."""
        return self.ask(rows_of(table, tuple(owner), order), **owner)

    def held_row(self, table: Table, id: str) -> Row[Any] | None:
        """The row with that id, held by a writing transaction until its end, or None."""
        self._held.add((table, id))
        return next(iter(self.hold(rows_of(table, ("id",), ""), id=id)), None)

    def holds(self, table: Table, id: str) -> None:
        """Know that a statement has held the row with that id."""
        self._held.add((table, id))

    def hold_row(self, table: Table, id: str) -> None:
        """Hold the row with that id until the end of a writing transaction, where it is not held already."""
        if (table, id) not in self._held:
            self.held_row(table, id)

    def delete_rows(self, table: Table, **owner: Any) -> None:
        """Delete the rows of `table` that belong to `owner`."""
        mine = {f"of_{name}": value for name, value in {"workspace": self.workspace, **owner}.items()}
        self.write(deleting(table, tuple(owner)), mine)

    def replace_rows(self, table: Table, owner: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Make `rows` the only ones of `table` that belong to `owner` (a column's name and value, or several)."""
        self.delete_rows(table, **owner)
        self.insert(table, *({**owner, **row} for row in rows))

    def change_rows(
        self,
        table: Table,
        owner: Mapping[str, Any],
        before: Iterable[Mapping[str, Any]],
        after: Iterable[Mapping[str, Any]],
    ) -> None:
        """The same where the rows are known that are there: one that stays as it is `before` is not written."""
        names = [column.name for column in table.primary_key.columns if column.name not in ("workspace", *owner)]

        def by_key(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], Mapping[str, Any]]:
            return {tuple(row[name] for name in names): row for row in rows}

        known, wanted = by_key(before), by_key(after)
        for gone in known.keys() - wanted.keys():
            self.delete_rows(table, **owner, **dict(zip(names, gone, strict=True)))
        for key, row in wanted.items():
            if known.get(key) != row:
                self.upsert(table, {**owner, **row})

    def insert(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Insert new rows, all with the same columns."""
        self.write(inserting(table), *({"workspace": self.workspace, **row} for row in rows))

    def upsert(self, table: Table, row: Mapping[str, Any], keep: Iterable[str] = ()) -> None:
        """Insert `row`, or bring the row with its primary key up to date; the columns in `keep` stay as they are."""
        values = {"workspace": self.workspace, **row}
        self.write(upserting(table, tuple(values), frozenset(keep), self.dialect), values)

    def insert_once(self, table: Table, row: Mapping[str, Any]) -> None:
        """Insert `row`; where its key, or another that is unique, is there already, that one stays as it is."""
        values = {"workspace": self.workspace, **row}
        self.write(inserting_once(table, tuple(values), self.dialect), values)


@contextmanager
def of_the_driver(connection: Connection) -> Iterator[Any]:
    """The driver's own connection. What goes wrong comes as SQLAlchemy's error, and one that broke is given up."""
    driver: Any = connection.connection.driver_connection
    dialect: Any = connection.dialect
    try:
        yield driver
    except dialect.loaded_dbapi.Error as error:
        # SQLite's connections do not break.
        if getattr(driver, "closed", False):
            connection.invalidate()
        raise DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error


@cache
def _holding(query: Select[Any], only: Any) -> Select[Any]:
    return query.with_for_update(of=only)
