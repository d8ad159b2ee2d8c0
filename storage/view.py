"""One transaction as the nouns of storage see it: a connection, the workspace it speaks for, and whether it writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert
from sqlalchemy.dialects import postgresql, sqlite


@dataclass
class View:
    """What every noun is made from. `messages_wanted` is set once the transaction wants a message."""

    conn: Connection
    workspace: str
    default_zone: str
    writing: bool
    messages_wanted: bool = False

    def held(self, query: Select[Any]) -> Select[Any]:
        """The query, holding its rows until the end of a writing transaction; SQLite holds the whole file anyway."""
        return query.with_for_update() if self.writing else query

    def replace_rows(self, table: Table, owner: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Make `rows` the only ones of `table` that belong to `owner` (a column's name and value, or several)."""
        mine = {"workspace": self.workspace, **owner}
        self.conn.execute(delete(table).where(*(table.c[name] == value for name, value in mine.items())))
        if values := [{**mine, **row} for row in rows]:
            self.conn.execute(insert(table), values)

    def upsert(self, table: Table, row: Mapping[str, Any], keep: Iterable[str] = ()) -> None:
        """Insert `row`, or bring the row with its primary key up to date; the columns in `keep` stay as they are."""
        values = {"workspace": self.workspace, **row}
        keys = [column.name for column in table.primary_key.columns]
        make = postgresql.insert if self.conn.dialect.name == "postgresql" else sqlite.insert
        changed = {name: value for name, value in values.items() if name not in keys and name not in set(keep)}
        statement = make(table).values(values)
        if changed:
            self.conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))
        else:
            self.conn.execute(statement.on_conflict_do_nothing(index_elements=keys))
