"""The tables for blocks, by the surface that shows them.

Limits follow Slack's Block Kit reference (docs.slack.dev/reference/block-kit/blocks); the 100 blocks of a view and the
24 characters of its title, submit and close are from its reference of views.
"""

from collections.abc import Iterator

from bot.rehearsal.checker.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_MODAL_INPUT, IN_SECTION
from bot.rehearsal.checker.shapes import Choice, Flag, Many, OneOf, Record, Rule, Shape, Text, Whatever, Words, listed
from bot.rehearsal.wire import Json

BLOCK_ID = Words(255)
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")


def one_image_source(image: Json) -> Iterator[tuple[str, str]]:
    """An image comes from an address or from a file, not both and not neither."""
    if ("image_url" in image) == ("slack_file" in image):
        yield "", "must provide exactly one of: image_url, slack_file"


def text_or_fields(section: Json) -> Iterator[tuple[str, str]]:
    """A section says something: text, fields or both."""
    if section.get("text") is None and section.get("fields") is None:
        yield "", "missing required field: text"


def action_ids_differ(block: Json) -> Iterator[tuple[str, str]]:
    """Two elements of one block may not share an action_id."""
    seen: set[str] = set()
    for index, element in enumerate(listed(block.get("elements"))):
        name = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield f"/elements/{index}/action_id", f"action_id {name!r} already exists in this block"
            seen.add(name)


_SLACK_FILE = Record(optional={"id": Words(30), "url": Words(3000)})
_IMAGE: dict[str, Shape] = {"image_url": Words(3000), "slack_file": _SLACK_FILE}
_IMAGE_ELEMENT = Record(
    required={"type": Choice(("image",)), "alt_text": Words(2000)}, optional=_IMAGE, rules=(one_image_source,)
)
_WRITTEN = {
    "mrkdwn": Record(required={"type": Choice(("mrkdwn",)), "text": Words(3000)}, optional={"verbatim": Flag()}),
    "plain_text": Record(required={"type": Choice(("plain_text",)), "text": Words(3000)}, optional={"emoji": Flag()}),
}
_RICH = {
    name: Record(
        required={"type": Choice((name,)), "elements": Many(Whatever(), 1000, least=0)},
        optional={
            "style": Choice(("bullet", "ordered")),
            "indent": Whatever(),
            "offset": Whatever(),
            "border": Whatever(),
        },
    )
    for name in RICH_PARTS
}


def _elements(names: tuple[str, ...], **more: Record) -> OneOf:
    return OneOf({**{name: ELEMENTS[name] for name in names}, **more})


def _block(
    name: str,
    required: dict[str, Shape],
    optional: dict[str, Shape] | None = None,
    *rules: Rule,
) -> Record:
    return Record(
        required={"type": Choice((name,)), **required},
        optional={"block_id": BLOCK_ID, **(optional or {})},
        rules=rules,
    )


def _input(names: tuple[str, ...]) -> Record:
    return _block(
        "input",
        {"label": Text(2000), "element": _elements(names)},
        {"hint": Text(2000), "optional": Flag(), "dispatch_action": Flag()},
    )


_EVERYWHERE: dict[str, Record] = {
    "section": _block(
        "section",
        {},
        {
            "text": Text(3000, plain_only=False),
            "fields": Many(Text(2000, plain_only=False), 10),
            "accessory": _elements(IN_SECTION, image=_IMAGE_ELEMENT),
            "expand": Flag(),
        },
        text_or_fields,
    ),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": Text(150)}),
    "context": _block("context", {"elements": Many(OneOf({**_WRITTEN, "image": _IMAGE_ELEMENT}), 10)}),
    "actions": _block("actions", {"elements": Many(_elements(IN_ACTIONS), 25)}, {}, action_ids_differ),
    "image": _block("image", {"alt_text": Words(2000)}, {**_IMAGE, "title": Text(2000)}, one_image_source),
    "rich_text": _block("rich_text", {"elements": Many(OneOf(_RICH), 1000, least=0)}),
}

BLOCKS: dict[str, OneOf] = {
    "message": OneOf(
        {**_EVERYWHERE, "input": _input(IN_INPUT), "markdown": _block("markdown", {"text": Words(12000)})}
    ),
    "modal": OneOf({**_EVERYWHERE, "input": _input(IN_MODAL_INPUT)}),
    "home": OneOf({**_EVERYWHERE, "input": _input(IN_INPUT)}),
}
