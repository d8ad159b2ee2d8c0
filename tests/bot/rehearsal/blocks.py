"""Short ways to write blocks in these tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def words(text: str) -> Json:
    """A section."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action_id: str, text: str = "Press", value: str = "1", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": value, **more}


def actions(*elements: Json, block_id: str = "buttons") -> Json:
    """An actions block."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(value: str) -> Json:
    """An option whose text is its value."""
    return {"text": plain(value), "value": value}


def menu(action_id: str, *values: str, **more: Any) -> Json:
    """A static_select."""
    return {"type": "static_select", "action_id": action_id, "options": [option(value) for value in values], **more}


def field(block_id: str, element: Json, **more: Any) -> Json:
    """An input block."""
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def line(action_id: str = "text", **more: Any) -> Json:
    """A plain_text_input."""
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(*blocks: Json, callback_id: str = "form", **more: Any) -> Json:
    """A modal with a submit."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }
