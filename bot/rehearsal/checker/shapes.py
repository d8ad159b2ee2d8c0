"""The words in which the tables describe a JSON value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal.wire import Json


@dataclass(frozen=True)
class Problem:
    """One place that Slack would refuse. ``pointer`` is a JSON pointer from the request's root."""

    pointer: str
    sentence: str

    def __str__(self) -> str:
        return f"[ERROR] {self.sentence} [json-pointer:{self.pointer}]"


@dataclass(frozen=True)
class Words:
    """A string of ``least`` to ``most`` characters, matching ``pattern`` where there is one."""

    most: int
    least: int = 1
    pattern: str | None = None


@dataclass(frozen=True)
class Number:
    """A number between ``least`` and ``most``, whole unless ``whole`` is false."""

    least: int = 0
    most: int = 2**53
    whole: bool = True


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Choice:
    """One of some strings."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text object of at most ``most`` characters: plain_text only, or mrkdwn too."""

    most: int
    plain_only: bool = True


@dataclass(frozen=True)
class Many:
    """A list of ``least`` to ``most`` values of one shape."""

    of: "Shape"
    most: int
    least: int = 1


@dataclass(frozen=True)
class Whatever:
    """A value whose inside another table checks."""


Rule = Callable[[Json], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Record:
    """An object with these keys and no others. ``rules`` yield (pointer below it, sentence)."""

    required: Mapping[str, "Shape"] = field(default_factory=dict)
    optional: Mapping[str, "Shape"] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class OneOf:
    """An object told apart by its ``type``; ``kinds`` maps each type allowed here to its record."""

    kinds: Mapping[str, Record]


Shape = Words | Number | Flag | Choice | Text | Many | Whatever | Record | OneOf


def typed(
    name: str, required: Mapping[str, Shape] | None = None, optional: Mapping[str, Shape] | None = None, *rules: Rule
) -> Record:
    """A record whose ``type`` is ``name``."""
    return Record({"type": Choice((name,)), **(required or {})}, optional or {}, rules)


def listed(value: Any) -> list[Any]:
    """``value`` where it is a list, else nothing: rules look into payloads that may be malformed elsewhere."""
    return value if isinstance(value, list) else []


def objects(value: Any) -> list[Json]:
    """The objects in ``value`` where it is a list."""
    return [one for one in listed(value) if isinstance(one, dict)]
