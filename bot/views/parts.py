"""The smallest parts of every card and modal, each within Slack's published limits."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.documents.attached import Attached
from bot.sentences import say, say_plain

T = TypeVar("T")

# Slack's published limits (its Block Kit reference): characters, or a count of blocks.
SECTION_TEXT = 3000
HEADER_TEXT = 150
OPTION_TEXT = 75
BUTTON_TEXT = 75
MESSAGE_BLOCKS = 50
MODAL_BLOCKS = 100
MESSAGE_TEXT = 10_000
VIEW_BYTES = 150_000
MODAL_TITLE = 24
BLOCK_ID = 255
LONG_INPUT = 1500
SHORT_INPUT = 300


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the notification's line, and the blocks; or files, with the line as their comment.

    `under` is the timestamp of the message in whose thread it stands; one that `waits` cannot be sent yet.
    """

    text: str
    blocks: Sequence[Block] = ()
    attached: Attached | None = None
    under: str | None = None
    waits: bool = False


def header(text: str) -> Block:
    """A heading."""
    return HeaderBlock(text=PlainTextObject(text=clipped(text, HEADER_TEXT), emoji=True))


def section(text: str, accessory: InteractiveElement | None = None) -> list[Block]:
    """A paragraph of mrkdwn, over as many blocks as it needs; the accessory stands beside the first."""
    first, *rest = split(text, SECTION_TEXT)
    name = _place_of(accessory) if accessory else None
    return [
        SectionBlock(text=MarkdownTextObject(text=first), accessory=accessory, block_id=name),
        *(SectionBlock(text=MarkdownTextObject(text=part)) for part in rest),
    ]


def context(text: str) -> list[Block]:
    """Small print."""
    return [ContextBlock(elements=[MarkdownTextObject(text=part)]) for part in split(text, SECTION_TEXT)]


def divider() -> Block:
    """A line across."""
    return DividerBlock()


def actions(*elements: InteractiveElement) -> Block:
    """A row of buttons and menus."""
    return ActionsBlock(elements=list(elements), block_id=_place_of(elements[0]))


def _place_of(element: InteractiveElement) -> str:
    # A name that stays when the card is brought up to date, so that a click meanwhile still finds its place.
    # A menu has no value of its own: the first of its options tells it from the others.
    options = getattr(element, "options", None) if isinstance(element, OverflowMenuElement) else None
    value = options[0].value if options else getattr(element, "value", None)
    return f"{element.action_id}/{value or ''}"[:BLOCK_ID]


def button(
    text: str, action_id: str, value: str = "-", *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button; `style` is "primary" or "danger"."""
    return ButtonElement(
        text=PlainTextObject(text=clipped(text, BUTTON_TEXT), emoji=True),
        action_id=action_id,
        value=value,
        style=style,
        confirm=confirm,
    )


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """A question to answer before a button counts."""
    return ConfirmObject(
        title=PlainTextObject(text=title),
        text=PlainTextObject(text=text),
        confirm=PlainTextObject(text=yes),
        deny=PlainTextObject(text=no),
    )


def menu(action_id: str, options: Iterable[tuple[str, str]]) -> OverflowMenuElement:
    """The three dots: (label, value) pairs, two to five of them."""
    return OverflowMenuElement(action_id=action_id, options=[option(label, value) for label, value in options])


def option(label: str, value: str) -> Option:
    """One thing to choose."""
    return Option(text=PlainTextObject(text=clipped(label, OPTION_TEXT), emoji=True), value=value)


def select(
    action_id: str, options: Sequence[tuple[str, str]], chosen: str | None = None, placeholder: str | None = None
) -> StaticSelectElement:
    """A menu to choose one of (label, value) from, at most a hundred."""
    made = [option(label, value) for label, value in options]
    return StaticSelectElement(
        action_id=action_id,
        options=made,
        initial_option=next((one for one in made if one.value == chosen), None),
        placeholder=placeholder,
    )


def grouped_select(action_id: str, groups: Mapping[str, Sequence[tuple[str, str]]]) -> StaticSelectElement:
    """A menu to choose one of (label, value) from, under the headings of their groups."""
    made = [
        OptionGroup(
            label=PlainTextObject(text=clipped(title, OPTION_TEXT)),
            options=[option(label, value) for label, value in options],
        )
        for title, options in groups.items()
    ]
    return StaticSelectElement(action_id=action_id, option_groups=made)


def multi_select(
    action_id: str, options: Sequence[tuple[str, str]], chosen: Iterable[str] = ()
) -> StaticMultiSelectElement:
    """A menu to choose several of (label, value) from."""
    made = [option(label, value) for label, value in options]
    wanted = {value: place for place, value in enumerate(chosen)}
    first = sorted((one for one in made if one.value in wanted), key=lambda one: wanted[str(one.value)])
    return StaticMultiSelectElement(action_id=action_id, options=made, initial_options=first or None)


def person(action_id: str, chosen: str | None = None) -> UserSelectElement:
    """Choose one person of the workspace."""
    return UserSelectElement(action_id=action_id, initial_user=chosen)


def persons(action_id: str, chosen: Sequence[str] = ()) -> UserMultiSelectElement:
    """Choose several people of the workspace."""
    return UserMultiSelectElement(action_id=action_id, initial_users=list(chosen) or None)


def date_input(action_id: str, chosen: date | None = None) -> DatePickerElement:
    """Choose a day."""
    return DatePickerElement(action_id=action_id, initial_date=chosen.isoformat() if chosen else None)


def time_input(action_id: str, chosen: time | None = None) -> TimePickerElement:
    """Choose a wall time."""
    return TimePickerElement(action_id=action_id, initial_time=f"{chosen:%H:%M}" if chosen else None)


def text_input(
    action_id: str, value: str = "", *, long: bool = False, placeholder: str | None = None
) -> PlainTextInputElement:
    """Type a line, or several where `long`."""
    return PlainTextInputElement(
        action_id=action_id,
        initial_value=value or None,
        multiline=long,
        max_length=LONG_INPUT if long else SHORT_INPUT,
        placeholder=placeholder,
    )


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    tells: bool = False,
) -> Block:
    """A labelled input; its `name` is what an error about it names. One that `tells` sends each change at once."""
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=label),
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
        optional=optional,
        dispatch_action=tells or None,
    )


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    about: dict[str, Any] | None = None,
) -> View:
    """A window over the channel. `about` holds ids only, for the one who handles what is sent back."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=clipped(title, MODAL_TITLE)),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close) if close else None,
        blocks=list(blocks),
        private_metadata=json.dumps(about or {}),
    )


def clipped(text: str, most: int) -> str:
    """Plain text of at most `most` characters, with an ellipsis where it was longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def split(text: str, most: int) -> list[str]:
    """Mrkdwn in parts of at most `most` characters, cut between lines or words and never inside an entity or link."""
    parts = []
    while len(text) > most:
        head = text[:most]
        inside = re.search(r"(&[a-z]*|<[^>]*)$", head)
        edge = inside.start() if inside else most
        at = max(head.rfind("\n", 0, edge), head.rfind(" ", 0, edge))
        at = at if at > most // 2 else edge
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text]


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
    callback_id: str, title: str, body: Sequence[Block], page: int, turn: tuple[str, str], top: Sequence[Block] = ()
) -> View:
    """A window to read, over as many pages as `body` needs; `turn` is the action and value of the button that turns."""
    leaves = _leaves(body, MODAL_BLOCKS - len(top) - 2)
    page = page if 1 <= page <= len(leaves) else 1
    blocks = [*top, *leaves[page - 1]]
    if len(leaves) > 1:
        action_id, value = turn
        following = page + 1 if page < len(leaves) else 1
        blocks += context(say("modal.page", page=page, pages=len(leaves)))
        blocks.append(actions(button(say_plain("modal.turn"), action_id, f"{value}/{following}")))
    return modal(callback_id, title, blocks, close=say_plain("modal.close"))


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
