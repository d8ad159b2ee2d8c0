"""Where plans stand over many schools, as CSV: one row an action, with names only where the reader may see them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.csv_file import written
from bot.documents.letters import showable
from bot.documents.tables import Cell
from bot.documents.wording import words
from planning.standing import ActionLine

HEADINGS = (
    "school_code",
    "school",
    "network",
    "committed",
    "priority",
    "domain",
    "level",
    "target_level",
    "action",
    "due",
    "status",
    "updated",
    "owner",
    "note",
)
"""The columns, by their labels' names in the wording."""


@dataclass(frozen=True, slots=True)
class StatusSheet:
    """The rows of one file; `stem` is a safe name without its ending, the same for the same file."""

    stem: str
    lines: tuple[ActionLine, ...]

    def named(self, name: Callable[[str], str]) -> "StatusSheet":
        """The same with people under the names that `name` gives for their ids; it is asked once a person."""
        names = {person: showable(name(person)) for person in sorted({one.owner for one in self.lines if one.owner})}
        return replace(self, lines=tuple(replace(one, owner=names.get(one.owner, "")) for one in self.lines))

    def csv(self) -> bytes:
        """The bytes of the file: UTF-8 with a byte order mark, and nothing in it is taken for a formula."""
        return written(self._rows())

    def _rows(self) -> Iterator[Sequence[Cell]]:
        say = words()
        yield [say[name] for name in HEADINGS]
        for one in self.lines:
            yield (
                one.code,
                one.name,
                one.network,
                one.committed_at.date(),
                one.priority,
                one.domain,
                one.level,
                one.target_level,
                one.text,
                one.due,
                one.status.value,
                one.updated_at.date() if one.updated_at else "",
                one.owner,
                one.note,
            )
