"""The tables for blocks, by the surface that shows them.

Source: docs.slack.dev/reference/block-kit/blocks, one page a block, named where the table says more than a size. Blocks
that the reference does not describe, or that need what a rehearsal's app has not (auth_provider), are refused.
"""

from bot.rehearsal.checker.elements import (
    ELEMENTS,
    IMAGE,
    IMAGE_SOURCE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_MODAL_INPUT,
    IN_SECTION,
    URL_SOURCE,
)
from bot.rehearsal.checker.objects import ADDRESS, BLOCK_ID
from bot.rehearsal.checker.rich import RICH_TEXT
from bot.rehearsal.checker.rules import (
    action_ids_differ,
    divider_stands_open,
    exactly_one_of,
    one_at_least_of,
    rows_are_even,
    text_or_fields,
)
from bot.rehearsal.checker.shapes import (
    Choice,
    Flag,
    Many,
    Number,
    OneOf,
    Record,
    Rule,
    Shape,
    Text,
    Words,
    typed,
)

# docs.slack.dev/reference/block-kit/blocks: 50 blocks in a message, 100 in a modal or Home tab.
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}

_SECURE = Words(3000, pattern=r"https://\S+")
_WRITTEN = {
    "mrkdwn": typed("mrkdwn", {"text": Words(3000)}, {"verbatim": Flag()}),
    "plain_text": typed("plain_text", {"text": Words(3000)}, {"emoji": Flag()}),
}
_CELL = {
    "raw_text": typed("raw_text", {"text": Words(10_000)}),
    "raw_number": typed("raw_number", {"value": Number(-(2**53), whole=False), "text": Words(10_000)}),
    "rich_text": RICH_TEXT,
}
_ROW = Many(OneOf(_CELL), 20)
_COLUMN = Record(optional={"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})


def _elements(names: tuple[str, ...]) -> OneOf:
    return OneOf({name: ELEMENTS[name] for name in names})


def _block(name: str, required: dict[str, Shape], optional: dict[str, Shape] | None = None, *rules: Rule) -> Record:
    return typed(name, required, {"block_id": BLOCK_ID, **(optional or {})}, *rules)


def _input(names: tuple[str, ...]) -> Record:
    return _block(
        "input",
        {"label": Text(2000), "element": _elements(names)},
        {"hint": Text(2000), "optional": Flag(), "dispatch_action": Flag()},
    )


_CARD = _block(
    "card",
    {},
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": Text(150, plain_only=False),
        "subtitle": Text(150, plain_only=False),
        "body": Text(200, plain_only=False),
        "actions": Many(_elements(("button",)), 3),
    },
    one_at_least_of("hero_image", "title", "actions", "body"),
)
_TASK = _block(
    "task_card",
    {
        "task_id": Words(255),
        "title": Words(3000),
        "status": Choice(("pending", "in_progress", "complete", "error")),
    },
    {"details": RICH_TEXT, "output": RICH_TEXT, "sources": Many(OneOf({"url": URL_SOURCE}), 100, least=0)},
)

KINDS: dict[str, Record] = {
    "section": _block(
        "section",
        {},
        {
            "text": Text(3000, plain_only=False),
            "fields": Many(Text(2000, plain_only=False), 10),
            "accessory": OneOf({**_elements(IN_SECTION).kinds, "image": IMAGE}),
            "expand": Flag(),
        },
        text_or_fields,
    ),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": Text(150)}),
    "context": _block("context", {"elements": Many(OneOf({**_WRITTEN, "image": IMAGE}), 10)}),
    "actions": _block("actions", {"elements": Many(_elements(IN_ACTIONS), 25)}, {}, action_ids_differ),
    "context_actions": _block(
        "context_actions", {"elements": Many(_elements(IN_CONTEXT_ACTIONS), 5)}, {}, action_ids_differ
    ),
    "image": _block(
        "image",
        {"alt_text": Words(2000)},
        {**IMAGE_SOURCE, "title": Text(2000)},
        exactly_one_of("image_url", "slack_file"),
    ),
    # markdown-block: 12,000 characters in all of a message's markdown blocks.
    "markdown": _block("markdown", {"text": Words(12_000)}),
    "rich_text": RICH_TEXT,
    # file-block: only remote files.
    "file": _block("file", {"source": Choice(("remote",)), "external_id": Words(255)}),
    # video-block: title and description "less than 200", author "less than 50" characters; HTTPS only.
    "video": _block(
        "video",
        {"alt_text": Words(2000), "title": Text(199), "video_url": _SECURE, "thumbnail_url": ADDRESS},
        {
            "title_url": _SECURE,
            "author_name": Words(49),
            "provider_name": Words(50),
            "provider_icon_url": ADDRESS,
            "description": Text(199),
        },
    ),
    # table-block: 100 rows of 20 cells, settings for 20 columns.
    "table": _block("table", {"rows": Many(_ROW, 100)}, {"column_settings": Many(_COLUMN, 20)}),
    # data-table-block: a header and 1 to 100 rows of the same number of cells.
    "data_table": _block(
        "data_table",
        {"caption": Words(3000), "rows": Many(_ROW, 101, least=2)},
        {"page_size": Number(1, 100), "row_header_column_index": Number(0, 19)},
        rows_are_even,
    ),
    # alert-block: 200 characters, modals only.
    "alert": _block(
        "alert",
        {"text": Text(200, plain_only=False)},
        {"level": Choice(("default", "info", "warning", "error", "success"))},
    ),
    # card-block: title and subtitle 150, body 200 characters, three buttons.
    "card": _CARD,
    "carousel": _block("carousel", {"elements": Many(OneOf({"card": _CARD}), 10)}),
    # task-card-block, plan-block: 50 tasks.
    "task_card": _TASK,
    "plan": _block("plan", {"title": Words(3000)}, {"tasks": Many(OneOf({"task_card": _TASK}), 50, least=0)}),
}


def _container(input_block: Record) -> Record:
    # container-block: title and subtitle 150 characters, 10 blocks of these kinds.
    names = ("actions", "context", "divider", "file", "header", "image", "rich_text", "section", "table", "video")
    inside = OneOf({**{name: KINDS[name] for name in names}, "input": input_block})
    return _block(
        "container",
        {"child_blocks": Many(inside, 10)},
        {
            "title": Text(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": Text(150, plain_only=False),
            "width": Choice(("narrow", "standard", "wide", "full")),
            "icon": IMAGE,
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
        one_at_least_of("title", "rich_text_title"),
        divider_stands_open,
    )


# Which surface shows which block: "Available in surfaces" on each block's page.
_EVERYWHERE = ("actions", "card", "context", "divider", "header", "image", "rich_text", "section", "video")
_TOGETHER = ("carousel", "data_table", "table")
_SHOWN = {
    "message": (*_EVERYWHERE, *_TOGETHER, "context_actions", "file", "markdown", "plan", "task_card"),
    "modal": (*_EVERYWHERE, "alert"),
    "home": (*_EVERYWHERE, *_TOGETHER),
}


def _shown(surface: str) -> OneOf:
    """What a message, a modal or a Home tab takes; a file can be asked for in a modal alone."""
    inputs = _input(IN_MODAL_INPUT if surface == "modal" else IN_INPUT)
    nested = {} if surface == "modal" else {"container": _container(inputs)}
    return OneOf({**{name: KINDS[name] for name in _SHOWN[surface]}, "input": inputs, **nested})


BLOCKS: dict[str, OneOf] = {surface: _shown(surface) for surface in MOST_BLOCKS}
