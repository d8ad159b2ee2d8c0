"""Whatever people type, no sentence of Levers lets it call a channel, hide a link, or break out of its place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from jinja2 import Environment, meta, nodes

from bot import sentences
from bot.sentences import say, say_plain
from planning.session import SetAside
from rubric.rubric import IndicatorId

TYPED = "<!channel> & <@UBOSS> <https://evil.example|here> {{ owner }} *"
ESCAPED = "&lt;!channel&gt; &amp; &lt;@UBOSS&gt; &lt;https://evil.example|here&gt; {{ owner }} *"
ENTITIES = ("&amp;", "&lt;", "&gt;")


@cache
def _texts() -> dict[str, str]:
    folder = files("bot").joinpath("templates", "sentences")
    return {
        f"{file.name.removesuffix('.yaml')}.{name}": text
        for file in folder.iterdir()
        for name, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    }


def _filters(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Every (fact, filter)."""
    for used in tree.find_all(nodes.Filter):
        if isinstance(used.node, nodes.Name):
            yield used.node.name, used.name


FITTING: dict[str, Any] = {
    "person": "U1",
    "people": ["U1", "U2"],
    "day": date(2026, 12, 2),
    "short_day": date(2026, 12, 2),
    "clock": datetime(2026, 12, 2, 20, 0, tzinfo=UTC),
    "count": 2,
    "listing": [TYPED, TYPED],
}
COUNTED = ("places", "spent", "left", "actions", "people", "number")


def facts(name: str) -> dict[str, Any]:
    """A value for every fact of the sentence: what people type wherever it is text."""
    environment = Environment()
    environment.filters |= dict.fromkeys(FITTING, str)
    tree = environment.parse(_texts()[name])
    filtered = dict(_filters(tree))
    aside = SetAside(IndicatorId(TYPED, TYPED), TYPED, TYPED)
    looped = {one.iter.name for one in tree.find_all(nodes.For) if isinstance(one.iter, nodes.Name)}
    compared = {
        one.expr.name
        for one in tree.find_all(nodes.Compare)
        if isinstance(one.expr, nodes.Name) and isinstance(one.ops[0].expr, nodes.Const)
    }
    found: dict[str, Any] = {}
    for fact in meta.find_undeclared_variables(tree):
        if fact in looped:
            found[fact] = [aside, aside]
        elif fact in filtered:
            found[fact] = FITTING.get(filtered[fact], TYPED)
        else:
            found[fact] = 2 if fact in compared else TYPED
    return found


@pytest.mark.parametrize("name", sorted(_texts()))
def test_what_people_typed_stays_text_in_every_sentence(name: str) -> None:
    given = facts(name)
    said = say(name, **given)
    assert "<!channel>" not in said and "<@UBOSS>" not in said and "<https://evil" not in said
    assert all(entity in ENTITIES for entity in _entities(said)), said
    if TYPED in given.values():
        plain = say_plain(name, **given)
        assert ESCAPED not in plain, "plain text is shown as it is"


def _entities(text: str) -> Iterator[str]:
    start = text.find("&")
    while start >= 0:
        yield text[start : text.find(";", start) + 1]
        start = text.find("&", start + 1)


def test_every_sentence_is_known_by_its_file_and_name() -> None:
    assert sorted(_texts()) == sentences.names()
    assert all(isinstance(text, str) and text.strip() for text in _texts().values())
