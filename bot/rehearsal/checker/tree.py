"""Blocks as a tree: every block with the blocks inside it, every element a person can use, and the ids they lack."""

import copy
from collections.abc import Iterator
from typing import Any

from bot.rehearsal.checker.shapes import listed
from bot.rehearsal.wire import Json, new_id

_INSIDE = {"container": "child_blocks", "carousel": "elements"}
_ACTING = {
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
    "section": "accessory",
    "input": "element",
}
_SILENT = ("image",)


def every_block(blocks: Any, at: str = "") -> Iterator[tuple[str, Json]]:
    """Every block, those in containers and carousels too, each with its pointer below ``at``."""
    for index, block in enumerate(listed(blocks)):
        if isinstance(block, dict):
            yield f"{at}/{index}", block
            if inside := _INSIDE.get(str(block.get("type"))):
                yield from every_block(block.get(inside), f"{at}/{index}/{inside}")


def acting_elements(block: Json) -> Iterator[Json]:
    """The elements of one block that a person can use."""
    held = block.get(_ACTING.get(str(block.get("type")), ""))
    for element in held if isinstance(held, list) else [held]:
        if isinstance(element, dict) and element.get("type") not in _SILENT:
            yield element


def elements_in(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every block with each of its acting elements."""
    for _, block in every_block(blocks):
        for element in acting_elements(block):
            yield block, element


def fill_ids(blocks: list[Json]) -> list[Json]:
    """A copy of ``blocks`` in which every block and every element that acts has its id."""
    filled = copy.deepcopy(blocks)
    for _, block in every_block(filled):
        block.setdefault("block_id", new_id("b")[:6])
        for element in acting_elements(block):
            element.setdefault("action_id", new_id("a")[:6])
    return filled
