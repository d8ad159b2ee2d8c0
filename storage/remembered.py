"""What one transaction has read, kept until it writes there: whoever asks again makes no second journey."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, Table
from sqlalchemy.sql import visitors


class Remembered:
    """The rows that a transaction has read, by the statement (one that is built once and kept) and its values."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Executable, tuple[Any, ...]], Sequence[Row[Any]]] = {}

    def rows(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row[Any]] | None:
        """What the statement found with these values, or None where it has to be asked."""
        return self._rows.get((statement, tuple(values.items())))

    def keep(self, statement: Executable, values: Mapping[str, Any], rows: Sequence[Row[Any]]) -> None:
        """Remember what the statement found with these values."""
        self._rows[statement, tuple(values.items())] = rows

    def forget(self, written: Iterable[Any]) -> None:
        """Forget whatever came from the tables in `written`."""
        tables = frozenset(written)
        for asked in [one for one in self._rows if tables & _tables(one[0])]:
            del self._rows[asked]

    def forget_all(self) -> None:
        """Forget everything: what was read may be otherwise by now."""
        self._rows.clear()


@lru_cache(maxsize=1000)
def _tables(statement: Any) -> frozenset[Table]:
    return frozenset(part for part in visitors.iterate(statement) if isinstance(part, Table))
