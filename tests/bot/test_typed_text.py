"""Whatever people type, no sentence of Levers lets it call a channel, hide a link, or break out of its place."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, meta, nodes

from bot import sentences
from bot.sentences import escape, say, say_plain

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
    "hour": time(15, 30),
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
    compared = {
        side.name
        for one in tree.find_all(nodes.Compare)
        for side in (one.expr, one.ops[0].expr)
        if isinstance(side, nodes.Name) and (one.ops[0].op in ("lt", "gt") or isinstance(one.ops[0].expr, nodes.Const))
    }
    counted = {one.iter.name for one in tree.find_all(nodes.For) if isinstance(one.target, nodes.Tuple)}
    found: dict[str, Any] = {}
    for fact in meta.find_undeclared_variables(tree):
        if fact in filtered:
            found[fact] = FITTING.get(filtered[fact], TYPED)
        elif fact in counted:
            found[fact] = [(TYPED, 2)]
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


# What Slack formats: a pair of marks, each at the edge of a word and beside something that is no space.
SPACE = r"[\s\u200b]"
PAIRS = "|".join(rf"(?<!\w)\{mark}(?!{SPACE})[^\n\{mark}]+?(?<!{SPACE})\{mark}(?!\w)" for mark in "*_~")
FORMATTED = re.compile(rf"{PAIRS}|`[^`\n]+`")


@pytest.mark.parametrize(
    "typed", ["*bold*", "_it_ and ~out~", "`code`", "(*a*)", "a *b* c", "*", "2*3*4", "**twice**", "- *point*: _why_"]
)
def test_marks_that_people_type_format_nothing_and_read_the_same(typed: str) -> None:
    shown = escape(typed)
    assert not FORMATTED.search(shown), ascii(shown)
    assert shown.replace("\u200b", "").replace("\u02cb", "`") == typed


def test_a_mark_that_people_type_does_not_end_the_sentence_s_own_bold() -> None:
    said = say("follow.check_in_handed", text="Read* two _of_ them*")
    bold = re.search(rf"(?<!\w)\*(?!{SPACE})(.*?)(?<!{SPACE})\*(?!\w)", said)
    assert bold is not None and "two" in bold[1]


def test_addresses_that_people_type_stay_whole() -> None:
    typed = "https://example.test/a_b_c/_d_*e*?f=~g~ and *this*"
    assert escape(typed).startswith("https://example.test/a_b_c/_d_*e*?f=~g~ and *\u200bthis")


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.text(st.sampled_from("ab *_~`\n.<&-é漢"), max_size=20))
def test_whatever_marks_are_typed_format_nothing(typed: str) -> None:
    assert not FORMATTED.search(escape(typed)), ascii(escape(typed))
