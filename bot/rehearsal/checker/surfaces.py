"""The blocks of one message, modal or Home tab together: their number, their ids, what they may hold in all."""

from collections.abc import Iterator
from typing import Any

from bot.rehearsal.checker.blocks import BLOCKS, MOST_BLOCKS
from bot.rehearsal.checker.shapes import Many, Problem
from bot.rehearsal.checker.tree import acting_elements, every_block
from bot.rehearsal.checker.walk import walk

# docs.slack.dev, markdown-block: 12,000 characters in all of one payload's markdown blocks.
MOST_MARKDOWN = 12_000
# docs.slack.dev, table-block: one table a message.
MOST_TABLES = 1


def problems_in_blocks(blocks: Any, surface: str, at: str = "/blocks") -> list[Problem]:
    """What Slack would refuse in ``blocks`` on ``surface`` (message, modal, home)."""
    found = list(walk(Many(BLOCKS[surface], MOST_BLOCKS[surface], least=0), blocks, at))
    for rule in (_shared_block_ids, _second_focus, _much_markdown, _many_tables):
        found.extend(rule(blocks, at))
    return found


def _shared_block_ids(blocks: Any, at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, block in every_block(blocks, at):
        name = block.get("block_id")
        if isinstance(name, str):
            if name in seen:
                yield Problem(f"{place}/block_id", f"block_id {name!r} already exists")
            seen.add(name)


def _second_focus(blocks: Any, at: str) -> Iterator[Problem]:
    focused = 0
    for place, block in every_block(blocks, at):
        focused += sum(1 for element in acting_elements(block) if element.get("focus_on_load"))
        if focused > 1:
            yield Problem(place, "only one element may have focus_on_load")
            return


def _much_markdown(blocks: Any, at: str) -> Iterator[Problem]:
    texts = [str(block.get("text", "")) for _, block in every_block(blocks) if block.get("type") == "markdown"]
    if len(texts) > 1 and sum(map(len, texts)) > MOST_MARKDOWN:
        yield Problem(at, f"markdown blocks must be less than {MOST_MARKDOWN + 1} characters in all")


def _many_tables(blocks: Any, at: str) -> Iterator[Problem]:
    tables = [place for place, block in every_block(blocks, at) if block.get("type") == "table"]
    for place in tables[MOST_TABLES:]:
        yield Problem(place, "only_one_table_allowed")
