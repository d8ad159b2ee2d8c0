"""The words in which the tables describe a JSON value, and the walk that finds where a value breaks them."""

import re
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
    """A whole number between ``least`` and ``most``."""

    least: int = 0
    most: int = 2**53


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Choice:
    """One of some strings."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text object: plain_text only, or mrkdwn too."""

    most: int
    plain_only: bool = True
    markdown_only: bool = False


@dataclass(frozen=True)
class Many:
    """A list of ``least`` to ``most`` values of one shape."""

    of: "Shape"
    most: int
    least: int = 1


@dataclass(frozen=True)
class Whatever:
    """A value whose inside is not checked here."""


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


def listed(value: Any) -> list[Any]:
    """``value`` where it is a list, else nothing: rules look into payloads that may be malformed elsewhere."""
    return value if isinstance(value, list) else []


def walk(shape: Shape, value: Any, at: str) -> Iterator[Problem]:
    """Every place under ``value`` (found at pointer ``at``) that breaks ``shape``."""
    match shape:
        case Words():
            yield from _words(shape, value, at)
        case Number():
            if isinstance(value, bool) or not isinstance(value, int) or not shape.least <= value <= shape.most:
                yield Problem(at, f"must be a number between {shape.least} and {shape.most}")
        case Flag():
            if not isinstance(value, bool):
                yield Problem(at, "must be a boolean")
        case Choice():
            if value not in shape.options:
                yield Problem(at, f"must be one of: {', '.join(shape.options)}")
        case Text():
            yield from _text(shape, value, at)
        case Many():
            yield from _many(shape, value, at)
        case Record():
            yield from _record(shape, value, at)
        case OneOf():
            yield from _one_of(shape, value, at)
        case Whatever():
            return


def _words(shape: Words, value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(at, "must be a string")
    elif len(value) > shape.most:
        yield Problem(at, f"must be less than {shape.most + 1} characters")
    elif len(value) < shape.least:
        yield Problem(at, f"must be more than {shape.least - 1} characters")
    elif shape.pattern and not re.fullmatch(shape.pattern, value):
        yield Problem(at, "does not match the expected format")


def _text(shape: Text, value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(at, "must provide an object")
        return
    kind = value.get("type")
    allowed = ("mrkdwn",) if shape.markdown_only else ("plain_text",) if shape.plain_only else ("plain_text", "mrkdwn")
    if kind not in allowed:
        yield Problem(f"{at}/type", f"unsupported type: {kind}" if "type" in value else "missing required field: type")
        return
    optional: dict[str, Shape] = {"emoji": Flag()} if kind == "plain_text" else {"verbatim": Flag()}
    record = Record(required={"type": Choice(allowed), "text": Words(shape.most)}, optional=optional)
    yield from _record(record, value, at)


def _many(shape: Many, value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(at, "must provide an array")
        return
    if len(value) > shape.most:
        yield Problem(at, f"no more than {shape.most} items allowed")
    if len(value) < shape.least:
        yield Problem(at, f"no fewer than {shape.least} items allowed")
    for index, item in enumerate(value):
        yield from walk(shape.of, item, f"{at}/{index}")


def _record(shape: Record, value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(at, "must provide an object")
        return
    for key, inner in shape.required.items():
        if value.get(key) is None:
            yield Problem(at, f"missing required field: {key}")
        else:
            yield from walk(inner, value[key], f"{at}/{key}")
    for key, inner in shape.optional.items():
        if value.get(key) is not None:
            yield from walk(inner, value[key], f"{at}/{key}")
    for key in value:
        if key not in shape.required and key not in shape.optional:
            yield Problem(f"{at}/{key}", f"no additional properties allowed: {key}")
    for rule in shape.rules:
        for below, sentence in rule(value):
            yield Problem(at + below, sentence)


def _one_of(shape: OneOf, value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(at, "must provide an object")
        return
    kind = value.get("type")
    if kind is None:
        yield Problem(at, "missing required field: type")
    elif not isinstance(kind, str) or kind not in shape.kinds:
        yield Problem(f"{at}/type", f"unsupported type: {kind}")
    else:
        yield from _record(shape.kinds[kind], value, at)
