"""`levers sentences`: everything that Levers says, in one place to read."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import typer

from bot.sentences import names as every_sentence
from bot.sentences import source_of

ROOMS = ("rubric", "planning", "storage", "bot")
APART = "rehearsal"
INNER = ("ValueError", "TypeError", "RuntimeError")
"""Errors that no person reads: they are caught and said in a sentence."""
END = re.compile(r"(?:[\w”`*}>)][.!]|[\w”`*}>]\?)\s*$")


def register(app: typer.Typer) -> None:
    """Add `sentences`."""
    app.command()(sentences)


def sentences() -> None:
    """Print every sentence that Levers says: those of its templates by name, then those in its rules, room by room."""
    for name in every_sentence():
        print(f"{name}: {source_of(name).strip()}")
    for room in ROOMS:
        print(f"\n# Refusals and reasons in {room}/")
        for sentence in sorted(set(said_by(files(room)))):
            print(f"- {sentence}")


def said_by(folder: Traversable) -> Iterator[str]:
    """The sentences of the Python files under `folder`: what errors say, and reasons; facts stand in braces.

    An error owns its sentence, and so does a rule its reason: they are read out of the code itself and cannot go stale.
    """
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != APART:
            yield from said_by(entry)
        elif entry.name.endswith(".py"):
            yield from _said_in(ast.parse(entry.read_text(encoding="utf-8")))


def _said_in(tree: ast.Module) -> Iterator[str]:
    part_of_another = {id(part) for node in ast.walk(tree) for part in _parts(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in part_of_another:
            text = _text(node)
            if text.count(" ") > 1 and END.search(text):
                yield text
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) not in INNER:
            yield from _sentences(node.exc)
        elif isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
            for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
                if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
                    yield from _sentences(call)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """What is no sentence of its own: docstrings, and the pieces of a longer text."""
    match node:
        case ast.Expr():
            yield node.value
        case ast.JoinedStr():
            yield from node.values


def _sentences(call: ast.Call) -> Iterator[str]:
    for text in (_text(argument) for argument in call.args):
        if text.count(" ") > 1:
            yield text


def _text(node: ast.expr) -> str:
    """A string with what is filled in as it stands in the code; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) if isinstance(one, ast.Constant) else _filled(one) for one in node.values)
    return ""


def _filled(node: ast.expr) -> str:
    return f"{{{ast.unparse(node.value)}}}" if isinstance(node, ast.FormattedValue) else ""
