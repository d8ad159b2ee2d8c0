"""Every card, message and window at its largest and strangest passes the practice workspace's checker, as Slack's."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import CodeType, FrameType, FunctionType
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import messages as rendering
from bot import views
from bot.rehearsal.checker import check_message_blocks, check_view
from bot.rehearsal.wire import Refusal
from bot.views.parts import LONG_INPUT, Message
from tests.bot.views.every_message import every_message
from tests.bot.views.every_window import every_window
from tests.bot.views.shown import TWIN, WORST, filled

SLACKS_LIMIT = 13_000
"""About what all the blocks of a message may hold, in characters."""


SEEDS = (WORST, "&", "漢&")
"""Each character of the second takes five where Slack reads mrkdwn."""


SMALL = ("word", 1, 1, 1)


def largest(seed: str) -> tuple[str, int, int, int]:
    """The sizes of everything at its largest, with `seed` over and over wherever people write."""
    return filled(LONG_INPUT, seed), 12, 150, 40


@pytest.mark.parametrize("seed", SEEDS)
def test_every_message_fits_at_its_largest(seed: str) -> None:
    for name, blocks in every_message(*largest(seed)).items():
        said = [block.to_dict() for block in blocks]
        assert refused(check_message_blocks, said) is None, name
        assert len(json.dumps(said, ensure_ascii=False)) < SLACKS_LIMIT, name


@pytest.mark.parametrize("seed", SEEDS)
def test_every_window_fits_at_its_largest(seed: str) -> None:
    for name, window in every_window(*largest(seed)).items():
        assert refused(check_view, window.to_dict()) is None, name


def refused(check: Callable[[Any], None], said: Any) -> Refusal | None:
    """How Slack would refuse it; None where it does not."""
    try:
        check(said)
    except Refusal as refusal:
        return refusal
    return None


# What people write, as it comes: pasted from a document, from a phone, in any script, with or against Slack's syntax.
PIECES = (
    "<!channel>",
    "<@U1234567890>",
    "<https://evil.example|here>",
    "&amp;&lt;&gt;",
    "&<>",
    "``` `code` ```",
    "*bold* _italic_ ~struck~",
    "> quoted\n>>> all",
    "\n\n\n",
    "\t\r\n",
    "{{ owner }} {% raw %}",
    "x" * 3000,
    "é" * 400,
    "👩🏽‍🏫👨‍👩‍👧‍👦🇺🇸",
    "👍" * 300,
    "\u202eعربي עברית\u202c",
    "漢字かな한글" * 40,
    "\u200b\u200d\ufeff",
    "e\u0301\u0327" * 50,
    "\ud7ff\ue000\uffff\U00010000\U0010ffff",
    "\x00\x07\x1b[31m",
    ":tada: :+1:",
    " ",
)
peoples_text = (
    st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=12)
    .map("".join)
    .map(lambda text: text[:LONG_INPUT])
    .filter(str.strip)
)


@settings(deadline=None, max_examples=12, derandomize=True)
@given(peoples_text, st.integers(1, 4), st.integers(1, 8), st.integers(1, 8))
def test_strange_text_breaks_no_message_and_no_window(text: str, priorities: int, actions: int, listed: int) -> None:
    shown = every_message(text, priorities, actions, listed), every_window(text, priorities, actions, listed)
    for name, blocks in shown[0].items():
        said = [block.to_dict() for block in blocks]
        check_message_blocks(said)
        assert_only_text(name, said)
    for name, view in shown[1].items():
        check_view(view.to_dict())
        assert_only_text(name, view.to_dict())


def assert_only_text(name: str, value: Any) -> None:
    """Nothing that people wrote calls a channel or hides a link, wherever Slack reads mrkdwn."""
    if isinstance(value, dict) and value.get("type") == "mrkdwn":
        assert "<!" not in value["text"].replace("<!date^", "") and "<https://evil" not in value["text"], name
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        assert_only_text(name, inner)


@pytest.mark.parametrize("size", [("word", 3, 6, 6), (filled(LONG_INPUT, "word "), 12, 150, 40)])
def test_indicators_that_share_a_name_are_told_apart_wherever_they_are_named(size: tuple[str, int, int, int]) -> None:
    messages, windows = every_message(*size), every_window(*size)
    said = {name: json.dumps([block.to_dict() for block in blocks]) for name, blocks in messages.items()}
    said |= {name: json.dumps(view.to_dict()["blocks"]) for name, view in windows.items()}
    alone = re.compile(f"{TWIN}(?!.{{0,80}}Domain)")
    assert {name: found for name, shown in said.items() if (found := alone.findall(shown))} == {}


def shown_to_people() -> dict[str, CodeType]:
    """Every function of the views that makes a message, a window or blocks, by its name."""
    found: dict[str, CodeType] = {}
    for module in (import_module(f"{views.__name__}.{one.name}") for one in iter_modules(views.__path__)):
        for name, made in vars(module).items():
            own = isinstance(made, FunctionType) and made.__module__ == module.__name__
            if own and get_type_hints(made).get("return") in (Message, View, Block, list[Block]):
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = made.__code__
    return found


def called_by(work: Callable[[], object]) -> set[CodeType]:
    """Every function that `work` calls."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return seen


def test_no_view_is_left_out_of_these_tests() -> None:
    many = ("word", 3, 20, 16)
    tried = called_by(lambda: (every_message(*many), every_window(*many)))
    assert [name for name, code in shown_to_people().items() if code not in tried] == []


def message_modules() -> Iterator[Path]:
    """The modules that render what the sender sends."""
    yield from sorted(Path(str(rendering.__file__)).parent.glob("*.py"))


def test_messages_show_nothing_but_what_the_views_make() -> None:
    assert [file.name for file in message_modules() if "slack_sdk" in file.read_text(encoding="utf-8")] == []
