"""What rubric and mapping files have in common: finding their keys and lists, and every error with its line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from rubric.errors import LeversError
from rubric.rubric import plain
from rubric.yaml_text import Items, Keyed, Node, Text

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PlacedError:
    """One thing that is wrong in a file; `str()` is the sentence to show."""

    source_name: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.source_name}, line {self.line}: {self.problem}"


class InvalidFileError(LeversError):
    """A file with errors; its text is all of them, one a line, in the order of the file."""

    def __init__(self, errors: Iterable[PlacedError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: error.line))
        super().__init__("\n".join(str(error) for error in self.errors))


class YamlReader:
    """Reads one file called `source_name`, gathering what is wrong in `errors` instead of stopping at the first."""

    def __init__(self, source_name: str) -> None:
        self.source_name = source_name
        self.errors: list[PlacedError] = []

    def wrong(self, line: int, problem: str) -> None:
        """Note an error."""
        self.errors.append(PlacedError(self.source_name, line, problem))

    def each(self, node: Keyed, key: str, read: Callable[[Node], _T | None], *, needed: bool = True) -> list[_T]:
        """The items of the list under `key`, each read by `read`, without those it could not read."""
        found = node.get(key)
        if found is None and not needed:
            return []
        if not isinstance(found, Items) or not found.items:
            line = found.line if found else node.line
            self.wrong(line, f"{key} must be a list with at least one item.")
            return []
        return [value for value in map(read, found) if value is not None]

    def text(self, node: Keyed, key: str, what: str, *, needed: bool = True) -> str:
        """The text under `key`; "" when it is missing, which is an error where it is `needed`."""
        found = node.get(key)
        if found is None:
            if needed:
                self.wrong(node.line, f"{what} needs the key {key}.")
            return ""
        if not needed and isinstance(found, Text) and not found.value.strip():
            return ""
        value = self.scalar(found, key)
        return value.value if value else ""

    def word(self, node: Keyed, key: str, what: str) -> str:
        """The text under `key` where it must be one word, as the parts of a rubric's key are."""
        value = self.text(node, key, what)
        if any(letter.isspace() or letter in "@/" for letter in value):
            self.wrong(line_of(node, key), f"{key} must be one word without @ or /; found “{value}”.")
        return value

    def scalar(self, node: Node, what: str) -> Text | None:
        """The text of `node` without outer spaces; None, and an error, for anything else or nothing."""
        if not isinstance(node, Text):
            self.wrong(node.line, f"{what} must be plain text; found {node.shape}.")
            return None
        value = node.value.strip()
        if not value:
            self.wrong(node.line, f"{what} is empty.")
            return None
        return Text(node.line, value)

    def only_keys(self, node: Keyed, known: tuple[str, ...], what: str) -> None:
        """Every key of `node` must be one of `known`, and stand there once."""
        seen: dict[str, int] = {}
        for key, _ in node.pairs:
            if key.value not in known:
                self.wrong(key.line, f"“{key.value}” is not a key of {what}; the keys are {listed(known)}.")
            elif key.value in seen:
                self.wrong(key.line, f"{key.value} stands here and on line {seen[key.value]}; keep one.")
            seen.setdefault(key.value, key.line)

    def unlike(self, names: Iterable[Text], what: str) -> None:
        """No two of `names` may be the same, whatever the case."""
        seen: dict[str, Text] = {}
        for name in names:
            other = seen.setdefault(plain(name.value), name)
            if name.value and other is not name:
                self.wrong(name.line, f"the {what} “{name.value}” stands on line {other.line} already.")


def line_of(node: Keyed, key: str) -> int:
    """The line to point at for `key`: its value's, or that of `node` when it is missing."""
    found = node.get(key)
    return found.line if found else node.line


def listed(words: Iterable[str]) -> str:
    """`words` as a sentence lists them."""
    return ", ".join(words)
