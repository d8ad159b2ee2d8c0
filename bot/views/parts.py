"""The smallest parts of every card and modal, each within Slack's published limits."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

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

# Slack's published limits (its Block Kit reference): characters, or a count of blocks.
SECTION_TEXT = 3000
HEADER_TEXT = 150
OPTION_TEXT = 75
BUTTON_TEXT = 75
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
