"""A whole view: a modal or a Home tab.

Sources: docs.slack.dev/reference/views/modal-views and home-tab-views; view_too_large is more than 250 KB
(docs.slack.dev/reference/methods/views.open, "Errors").
"""

import json
from typing import Any

from bot.rehearsal.checker.shapes import Flag, Problem, Shape, Text, Whatever, Words, typed
from bot.rehearsal.checker.surfaces import problems_in_blocks
from bot.rehearsal.checker.tree import every_block
from bot.rehearsal.checker.walk import walk
from bot.rehearsal.wire import Refusal

MOST_BYTES = 250_000

_ANY: dict[str, Shape] = {
    "private_metadata": Words(3000, least=0),
    "callback_id": Words(255, least=0),
    "external_id": Words(255, least=0),
}
# Title, submit and close have 24 characters; submit_disabled is for views of configuration modals.
VIEWS = {
    "modal": typed(
        "modal",
        {"title": Text(24), "blocks": Whatever()},
        {
            **_ANY,
            "submit": Text(24),
            "close": Text(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
    ),
    "home": typed("home", {"blocks": Whatever()}, _ANY),
}


def problems_in_view(view: Any, at: str = "/view") -> list[Problem]:
    """What Slack would refuse in a view."""
    if not isinstance(view, dict) or view.get("type") not in tuple(VIEWS):
        return [Problem(at, "must be a view of type modal or home")]
    kind = view["type"]
    found = list(walk(VIEWS[kind], view, at))
    if view.get("blocks") is not None:
        found.extend(problems_in_blocks(view["blocks"], kind, f"{at}/blocks"))
    if kind == "modal" and view.get("submit") is None and _asks(view.get("blocks")):
        found.append(Problem(at, "missing required field: submit (a modal with an input block needs it)"))
    return found


def check_view(view: Any, at: str = "/view") -> None:
    """Raise Refusal (invalid_arguments, view_too_large) where Slack would refuse a modal or home view."""
    if isinstance(view, dict) and len(json.dumps(view).encode()) > MOST_BYTES:
        raise Refusal("view_too_large")
    if found := problems_in_view(view, at):
        raise Refusal("invalid_arguments", map(str, found))


def _asks(blocks: Any) -> bool:
    return any(block.get("type") == "input" for _, block in every_block(blocks))
