"""Much that is to fit: into one message, or over the pages of a window."""

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import actions, button, context, modal

T = TypeVar("T")
# Slack's published limits (its Block Kit reference), and sizes that leave room below those that it does not publish.
MESSAGE_BLOCKS = 50
MODAL_BLOCKS = 100
MESSAGE_TEXT = 10_000
VIEW_BYTES = 150_000


def fits(blocks: Sequence[Block]) -> bool:
    """Whether one message can carry these blocks."""
    if len(blocks) > MESSAGE_BLOCKS:
        return False
    return len(json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)) <= MESSAGE_TEXT


def richest(*ways: Sequence[Block]) -> list[Block]:
    """The first of several ways to say it that one message can carry, else the last."""
    return list(next((way for way in ways if fits(way)), ways[-1]))


def as_many(items: Sequence[T], laid_out: Callable[[Sequence[T]], Sequence[Block]]) -> list[Block]:
    """`laid_out` with as many of the first `items` as one message can carry, at least one of them."""
    for many in (len(items), 15, 10, 6, 3):
        if many <= len(items) and fits(blocks := laid_out(items[:many])):
            return list(blocks)
    return list(laid_out(items[:1]))


def pages(
    callback_id: str,
    title: str,
    body: Sequence[Block],
    page: int | str,
    turn: tuple[str, str],
    top: Sequence[Block] = (),
) -> View:
    """A window to read, over as many pages as `body` needs; `turn` is the action and value of the button that turns.

    `page` is its number, or a text that stands on it.
    """
    leaves = _leaves(body, MODAL_BLOCKS - len(top) - 2)
    page = _number(page, leaves)
    blocks = [*top, *leaves[page - 1]]
    if len(leaves) > 1:
        action_id, value = turn
        following = page + 1 if page < len(leaves) else 1
        blocks += context(say("modal.page", page=page, pages=len(leaves)))
        blocks.append(actions(button(say_plain("modal.turn"), action_id, f"{value}/{following}")))
    return modal(callback_id, title, blocks, close=say_plain("modal.close"))


def _number(page: int | str, leaves: Sequence[Sequence[Block]]) -> int:
    """Which page is meant by its number, or by a text that stands on it; the first where there is none such."""
    if isinstance(page, int):
        return page if 1 <= page <= len(leaves) else 1
    there = (n for n, leaf in enumerate(leaves, start=1) if any(page in str(block.to_dict()) for block in leaf))
    return next(there, 1)


def _leaves(body: Sequence[Block], most: int) -> list[list[Block]]:
    leaves: list[list[Block]] = [[]]
    size = 0
    for block in body:
        weight = len(json.dumps(block.to_dict()))
        if leaves[-1] and (len(leaves[-1]) == most or size + weight > VIEW_BYTES):
            leaves.append([])
            size = 0
        leaves[-1].append(block)
        size += weight
    return leaves
