"""The options that an app offered last in the menus that ask it: what a person then chooses must be one of them.

They live as long as the workspace's process.
"""

import copy

from bot.rehearsal.checker import elements_in
from bot.rehearsal.values import options_of
from bot.rehearsal.wire import Json

EXTERNAL = ("external_select", "multi_external_select")
# docs.slack.dev, select-menu-element, "External data source": an app is asked after three characters unless it says
# otherwise.
LEAST_TYPED = 3


class Suggestions:
    """What was offered, by the place (see ``place_of``) and the menu's ids."""

    def __init__(self) -> None:
        self._offered: dict[tuple[str, str, str], list[Json]] = {}

    def remember(self, place: str, block_id: str, element: Json, answer: Json) -> None:
        """Keep the app's checked answer for one menu."""
        self._offered[place, block_id, element["action_id"]] = options_of(answer)

    def among(self, place: str, blocks: list[Json]) -> list[Json]:
        """A copy of ``blocks`` in which menus that ask the app have the options offered, and those chosen at first."""
        filled = copy.deepcopy(blocks)
        for block, element in elements_in(filled):
            if element["type"] in EXTERNAL:
                offered = self._offered.get((place, block["block_id"], element["action_id"]), [])
                first = element.get("initial_options") or [element.get("initial_option")]
                element["options"] = [*offered, *filter(None, first)]
        return filled


def place_of(who: str, request: Json) -> str:
    """One word for where a gesture of ``who`` happens: a view, the Home tab, or a message."""
    if request.get("home"):
        return f"{who} home"
    return f"{who} {request.get('view_id') or (request.get('channel'), request.get('ts'))}"
