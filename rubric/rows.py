"""Tables from files: CSV, XLSX or JSON, as one header and numbered rows of cells."""

import csv
import datetime
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from rubric.errors import LeversError

Cell = str | datetime.date
# Longer than any summary; the csv module's own limit of 131,072 letters would refuse a few real ones.
_LONGEST_CELL = 1_000_000
GUESSED = "{}: this is not UTF-8, so it was read as Windows-1252; check that accents came out right."
"""What is said of a file, by its name, where its encoding had to be guessed."""


class UnreadableFileError(LeversError):
    """A file that cannot be read as a table."""


class MissingColumnError(LeversError):
    """Columns that are needed and that the file does not have."""

    def __init__(self, source_name: str, missing: Sequence[str], found: Sequence[str]) -> None:
        there = ", ".join(column for column in found if column) or "nothing"
        word = "column" if len(missing) == 1 else "columns"
        super().__init__(
            f"{source_name}, row 1: the {word} {', '.join(missing)} cannot be found; the header row holds {there}. "
            "Case, spaces, hyphens and underscores are no matter."
        )


@dataclass(frozen=True, slots=True)
class Table:
    """`header` and then `rows`, read as they are asked for, each with the number a spreadsheet shows beside it.

    In a JSON file a row's number is the item's place, from 1. `notes` are sentences about how the file was read;
    `size` is about how many rows there are, or None.
    """

    source_name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[Cell]]]
    notes: tuple[str, ...] = ()
    size: int | None = None

    def place_of(self, column: str) -> int | None:
        """The place of the column that is called so, whatever its case, spaces, hyphens and underscores, or None."""
        wanted = heading(column)
        return next((place for place, name in enumerate(self.header) if heading(name) == wanted), None)

    def places_of(self, columns: Iterable[str]) -> dict[str, int]:
        """The places of `columns`; raises `MissingColumnError` that names every one that is not there."""
        places = {column: self.place_of(column) for column in columns}
        missing = [column for column, place in places.items() if place is None]
        if missing:
            raise MissingColumnError(self.source_name, missing, self.header)
        return {column: place for column, place in places.items() if place is not None}


def heading(name: str) -> str:
    """A column's name as names of columns are compared."""
    return "".join(letter for letter in name.casefold() if letter not in " _-\t\n\r\xa0")


def read_table(path: Path) -> Table:
    """The table in the file at `path`; its name's ending says how it is read. Raises `UnreadableFileError`."""
    readers = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".xlsx": _xlsx, ".xlsm": _xlsx, ".json": _json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(f"{path.name}: a review file ends in .csv, .xlsx or .json; save it as one of these.")
    try:
        table = reader(path)
    except OSError as error:
        raise UnreadableFileError(f"{path}: the file cannot be read ({error.strerror or error}).") from error
    double = [n for n, times in _counted(map(heading, table.header)).items() if n and times > 1]
    if double:
        names = ", ".join(name for name in table.header if heading(name) in double)
        raise UnreadableFileError(f"{path.name}, row 1: these columns have the same name: {names}. Rename one.")
    return table


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def _table(
    source_name: str, rows: Iterator[tuple[int, Sequence[Cell]]], size: int | None, notes: tuple[str, ...] = ()
) -> Table:
    filled = (row for row in rows if any(str(cell).strip() for cell in row[1]))
    first = next(filled, None)
    if first is None:
        raise UnreadableFileError(f"{source_name}: the file is empty; its first row must name the columns.")
    return Table(source_name, tuple(str(cell).strip() for cell in first[1]), filled, notes, size)


def _csv(path: Path) -> Table:
    encoding, size, note = _encoding(path)
    notes = (note.format(path.name),) if note else ()
    file = path.open(encoding=encoding, errors="replace", newline="")
    start = file.readline()
    delimiter = max(",;\t", key=start.count)
    csv.field_size_limit(_LONGEST_CELL)

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        with file:
            lines = (line.replace("\0", "\ufffd") for line in itertools.chain([start], file))
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            try:
                yield from enumerate(reader, start=1)
            except csv.Error as error:
                raise UnreadableFileError(
                    f"{path.name}, line {reader.line_num}: this is not readable CSV ({error}). Check the quotes there."
                ) from error

    return _table(path.name, rows(), size, notes)


def _encoding(path: Path) -> tuple[str, int | None, str]:
    """The file's encoding, its number of lines, and a note where the encoding had to be guessed."""
    with path.open("rb") as file:
        start = file.read(2)
    if start in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", None, ""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return "utf-8-sig", sum(part.count("\n") for part in iter(lambda: file.read(1 << 20), "")), ""
    except UnicodeDecodeError:
        return "cp1252", None, GUESSED


def _xlsx(path: Path) -> Table:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = next((s for s in book.worksheets if s.title.casefold() == "review"), None) or book.worksheets[0]
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError) as error:
        raise UnreadableFileError(
            f"{path.name}: this is not a readable XLSX workbook; save it as one again."
        ) from error
    size = sheet.max_row
    # The size that a workbook states for itself may be wrong, and rows beyond it would be lost.
    sheet.reset_dimensions()

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        try:
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, [_cell(value) for value in row]
        except (BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
            raise UnreadableFileError(f"{path.name}: the sheet {sheet.title} is damaged; save it again.") from error
        finally:
            book.close()

    return _table(path.name, rows(), size)


def _json(path: Path) -> Table:
    try:
        items = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{path.name}: this is not readable JSON ({error}).") from error
    if not isinstance(items, list):
        raise UnreadableFileError(f"{path.name}: a review file in JSON is one array of objects, one a row.")
    header: dict[str, None] = {}
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise UnreadableFileError(f"{path.name}, item {number}: every item of the array must be an object.")
        for key, value in item.items():
            if isinstance(value, dict | list):
                raise UnreadableFileError(f"{path.name}, item {number}: {key} must be text, not a list or an object.")
            header.setdefault(key)

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        yield 0, list(header)
        for number, item in enumerate(items, start=1):
            yield number, [_cell(item.get(key)) for key in header]

    return _table(path.name, rows(), len(items))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        # A NUL or half a surrogate pair, which JSON can spell, has no place in a database's text.
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
