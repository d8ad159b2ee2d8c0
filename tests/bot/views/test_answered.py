"""Whatever can be pressed or sent, somewhere, has a handler that answers."""

from collections.abc import Iterator
from typing import Any

from bot.app import CLICKS, SUBMISSIONS, WINDOWS
from tests.bot.views.every_message import every_message
from tests.bot.views.every_window import every_window

SMALL = ("word", 3, 5, 8)
SHOWN = [
    *([block.to_dict() for block in blocks] for blocks in every_message(*SMALL).values()),
    *(view.to_dict()["blocks"] for view in every_window(*SMALL).values()),
]


def pressed(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """The names of the buttons and menus in `blocks`; inputs are sent with their window, and links open a page."""
    for block in blocks:
        sends_at_once = block["type"] != "input" or block.get("dispatch_action")
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if element and "action_id" in element and "url" not in element and sends_at_once:
                yield element["action_id"]


def test_every_button_and_menu_is_answered() -> None:
    shown = {name for blocks in SHOWN for name in pressed(blocks)}
    assert shown - set(CLICKS) - set(WINDOWS) == set()


def test_every_window_with_fields_is_taken() -> None:
    windows = [view.to_dict() for view in every_window(*SMALL).values()]
    sent = {window["callback_id"] for window in windows if window["type"] == "modal" and window.get("submit")}
    assert sent - set(SUBMISSIONS) == set()
