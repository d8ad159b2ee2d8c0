"""A statement that stands alone: the driver gets it as text that was made once, with nothing in between."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects import sqlite

from storage.view import View, of_the_driver

_NAMED = sqlite.dialect(paramstyle="named")
"""SQLite's, with values by their names as PostgreSQL's driver has them."""


class Alone(View):
    """A view that owes nothing: each statement is run as it comes."""

    def write(self, statement: Any, *rows: Mapping[str, Any]) -> None:
        """Run a statement at once, once for each of `rows`."""
        for row in rows:
            self.change(statement, row)

    def change(self, statement: Any, row: Mapping[str, Any]) -> int:
        """Run a statement that is built once and kept; `row` has texts and numbers only. How many rows it changed."""
        text, constants = _as_text(statement, _NAMED if self.embedded else self.connection.dialect)
        with of_the_driver(self.connection) as driver:
            changed: int = driver.execute(text, {**constants, **row}).rowcount
        return changed


@cache
def _as_text(statement: Any, dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
    made = statement.compile(dialect=dialect)
    return str(made), made.params
