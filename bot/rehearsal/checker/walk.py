"""The walk over a JSON value that finds every place where it breaks its table."""

import re
from collections.abc import Iterator
from typing import Any

from bot.rehearsal.checker.shapes import (
    Choice,
    Flag,
    Many,
    Number,
    OneOf,
    Problem,
    Record,
    Shape,
    Text,
    Whatever,
    Words,
)


def walk(shape: Shape, value: Any, at: str) -> Iterator[Problem]:
    """Every place under ``value`` (found at pointer ``at``) that breaks ``shape``."""
    match shape:
        case Words():
            yield from _words(shape, value, at)
        case Number():
            yield from _number(shape, value, at)
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


def _number(shape: Number, value: Any, at: str) -> Iterator[Problem]:
    kinds = int if shape.whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not shape.least <= value <= shape.most:
        yield Problem(at, f"must be a number between {shape.least} and {shape.most}")


def _text(shape: Text, value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(at, "must provide an object")
        return
    kind = value.get("type")
    allowed = ("plain_text",) if shape.plain_only else ("plain_text", "mrkdwn")
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
