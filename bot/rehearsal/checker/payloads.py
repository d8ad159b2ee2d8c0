"""Whole payloads: the blocks of a message, a modal, a home tab; and the ids Slack fills in where an app gave none."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from bot.rehearsal.checker.blocks import BLOCKS, MOST_BLOCKS
from bot.rehearsal.checker.shapes import Choice, Flag, Many, Problem, Record, Shape, Text, Whatever, Words, listed, walk
from bot.rehearsal.wire import Json, Refusal, new_id

MOST_MESSAGE_CHARACTERS = 13_000
MOST_VIEW_BYTES = 250_000


def problems_in_blocks(blocks: Any, surface: str, at: str = "/blocks") -> list[Problem]:
    """What Slack would refuse in ``blocks`` on ``surface`` (message, modal, home)."""
    found = list(walk(Many(BLOCKS[surface], MOST_BLOCKS[surface], least=0), blocks, at))
    if isinstance(blocks, list):
        found.extend(_shared_block_ids(blocks, at))
        found.extend(_second_focus(blocks, at))
    return found


def check_message_blocks(blocks: Any) -> None:
    """Raise Refusal (invalid_blocks, msg_blocks_too_long) where Slack would refuse a message's blocks."""
    found = problems_in_blocks(blocks, "message")
    if found:
        raise Refusal("invalid_blocks", map(str, found))
    if sum(_characters(block) for block in blocks) > MOST_MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def check_view(view: Any, at: str = "/view") -> None:
    """Raise Refusal (invalid_arguments, view_too_large) where Slack would refuse a modal or home view."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        raise Refusal("invalid_arguments", [f"[ERROR] must be a view of type modal or home [json-pointer:{at}]"])
    if len(json.dumps(view).encode()) > MOST_VIEW_BYTES:
        raise Refusal("view_too_large")
    found = list(walk(_VIEWS[view["type"]], view, at))
    found.extend(problems_in_blocks(view.get("blocks"), view["type"], f"{at}/blocks"))
    if view["type"] == "modal" and view.get("submit") is None and _has_input(view.get("blocks")):
        found.append(Problem(at, "missing required field: submit (a modal with an input block needs it)"))
    if found:
        raise Refusal("invalid_arguments", map(str, found))


def fill_ids(blocks: list[Json]) -> list[Json]:
    """A copy of ``blocks`` in which every block and every element that acts has its id."""
    filled = copy.deepcopy(blocks)
    for block in filled:
        block.setdefault("block_id", new_id("b")[:6])
        for element in acting_elements(block):
            element.setdefault("action_id", new_id("a")[:6])
    return filled


def acting_elements(block: Json) -> Iterator[Json]:
    """The elements of a block that a person can use."""
    inside = [*listed(block.get("elements")), block.get("accessory"), block.get("element")]
    for element in inside:
        if isinstance(element, dict) and element.get("type") not in _SILENT and block.get("type") in _ACTING:
            yield element


_SILENT = ("image", "mrkdwn", "plain_text")
_ACTING = ("actions", "section", "input")


def _has_input(blocks: Any) -> bool:
    return isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)


def _shared_block_ids(blocks: list[Any], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id") if isinstance(block, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield Problem(f"{at}/{index}/block_id", f"block_id {name!r} already exists")
            seen.add(name)


def _second_focus(blocks: list[Any], at: str) -> Iterator[Problem]:
    focused = 0
    for index, block in enumerate(blocks):
        if isinstance(block, dict):
            focused += sum(1 for element in acting_elements(block) if element.get("focus_on_load"))
            if focused > 1:
                yield Problem(f"{at}/{index}", "only one element may have focus_on_load")
                return


def _characters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(_characters, value))
    if isinstance(value, dict):
        return sum(_characters(inner) for key, inner in value.items() if key not in ("type", "block_id", "action_id"))
    return 0


_VIEW: dict[str, Shape] = {
    "private_metadata": Words(3000, least=0),
    "callback_id": Words(255, least=0),
    "external_id": Words(255, least=0),
}
_VIEWS: dict[str, Record] = {
    "modal": Record(
        required={"type": Choice(("modal",)), "title": Text(24), "blocks": Whatever()},
        optional={
            **_VIEW,
            "submit": Text(24),
            "close": Text(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
    ),
    "home": Record(
        required={"type": Choice(("home",)), "blocks": Whatever()},
        optional={**_VIEW, "clear_on_close": Flag(), "notify_on_close": Flag()},
    ),
}
