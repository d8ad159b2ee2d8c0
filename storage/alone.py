"""A statement that stands alone: PostgreSQL's driver gets it as text that was made once, with nothing in between."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Dialect

from storage.view import View, of_the_driver


class Alone(View):
    """A view on a connection that keeps each statement as it is run."""

    def change(self, statement: Any, row: Mapping[str, Any]) -> int:
        """Run a statement that is built once and kept; `row` has texts and numbers only. How many rows it changed."""
        if self.embedded:
            return super().change(statement, row)
        text, constants = _as_text(statement, self.connection.dialect)
        with of_the_driver(self.connection) as driver:
            changed: int = driver.execute(text, {**constants, **row}).rowcount
        return changed


@cache
def _as_text(statement: Any, dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
    made = statement.compile(dialect=dialect)
    return str(made), made.params
