"""YAML read as text with line numbers, so that `1.10` and `no` stay words and errors can point at a line."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from rubric.errors import LeversError


class UnreadableYamlError(LeversError):
    """A file that is not YAML; the sentence names the file and the line."""

    def __init__(self, source_name: str, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        place = f"{source_name}, line {mark.line + 1}, column {mark.column + 1}" if mark else source_name
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "the text cannot be read"
        hint = "Check the indentation, colons and quotes there."
        if "cannot start any token" in problem:
            hint = 'Put the value in quotes: "%d.%m.%Y".' if "'%'" in problem else "Put the value in quotes."
        super().__init__(f"{place}: this is not readable YAML ({problem}). {hint}")


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as it was typed."""

    line: int
    value: str
    shape = "text"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple["Node", ...]
    shape = "a list"

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping; a key given twice is there twice."""

    line: int
    pairs: tuple[tuple[Text, "Node"], ...]
    shape = "keys with values"

    def get(self, key: str) -> "Node | None":
        """What stands under `key`, or None."""
        return next((value for name, value in self.pairs if name.value == key), None)


Node = Text | Items | Keyed


def read_yaml(text: str, source_name: str) -> Node:
    """The one document in `text`; raises `UnreadableYamlError`. No tag ever builds an object."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return Text(1, "") if node is None else _placed(node, set())
    except yaml.YAMLError as error:
        raise UnreadableYamlError(source_name, error) from error
    except RecursionError as error:
        raise UnreadableYamlError(source_name, yaml.MarkedYAMLError(problem="it is nested too deeply")) from error


def _placed(node: yaml.Node, seen: set[int]) -> Node:
    line = node.start_mark.line + 1
    if id(node) in seen and not isinstance(node, yaml.ScalarNode):
        # A few lines of aliases can stand for billions of values.
        raise yaml.MarkedYAMLError(problem="an alias to a list or to keys", problem_mark=node.start_mark)
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return Items(line, tuple(_placed(item, seen) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        pairs = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be plain text", problem_mark=key.start_mark)
            pairs.append((Text(key.start_mark.line + 1, key.value), _placed(value, seen)))
        return Keyed(line, tuple(pairs))
    return Text(line, "" if node.tag == "tag:yaml.org,2002:null" else node.value)
