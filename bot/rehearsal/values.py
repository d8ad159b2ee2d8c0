"""What the elements of blocks hold: a person's plain choice as Slack's state.

Source of the state's shapes: docs.slack.dev/reference/interaction-payloads/view-interactions-payload and
block_actions-payload; rich text and files as Bolt's types name them (rich_text_value, files).
"""

from typing import Any

from bot.rehearsal.checker import elements_in
from bot.rehearsal.wire import Json

_SINGLE = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_SEVERAL = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
_ONE_OPTION = ("static_select", "external_select", "radio_buttons")
_SOME_OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")
_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")


class NotOffered(ValueError):
    """A choice that the element does not offer."""


def options_of(element: Json) -> list[Json]:
    """Every option of a menu, radio group or set of checkboxes."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options.extend(group["options"])
    return options


def initial(element: Json) -> Json | None:
    """The state of an element before anybody touches it; None for buttons and overflow menus, which hold nothing."""
    kind = element["type"]
    if kind in _SINGLE:
        key, first = _SINGLE[kind]
        return _state(element, key, element.get(first))
    if kind in _SEVERAL:
        key, first = _SEVERAL[kind]
        return _state(element, key, element.get(first, []))
    if kind in _ONE_OPTION:
        return _state(element, "selected_option", element.get("initial_option"))
    if kind in _SOME_OPTIONS:
        return _state(element, "selected_options", element.get("initial_options", []))
    if kind in _TYPED:
        return _state(element, "value", element.get("initial_value"))
    if kind == "rich_text_input":
        return _state(element, "rich_text_value", element.get("initial_value"))
    return _state(element, "files", []) if kind == "file_input" else None


def chosen(element: Json, plain: Any, held: Json | None = None) -> Json:
    """The state of an element after a person chose ``plain``: an option's value, a list of them, an id, a date, words.

    For rich text ``plain`` is words or a rich_text block; for files the ids of uploaded ones that it already holds
    (``held``). None or an empty string clears it. Raises NotOffered.
    """
    kind = element["type"]
    empty = plain in (None, "", [])
    if kind in _SINGLE:
        return _state(element, _SINGLE[kind][0], None if empty else plain)
    if kind in _SEVERAL:
        return _state(element, _SEVERAL[kind][0], _several(plain))
    if kind in _ONE_OPTION or kind == "overflow":
        return _state(element, "selected_option", None if empty else _option(element, plain))
    if kind in _SOME_OPTIONS:
        return _state(element, "selected_options", [_option(element, value) for value in _several(plain)])
    if kind in _TYPED:
        return _state(element, "value", None if empty else str(plain))
    if kind == "rich_text_input":
        return _state(element, "rich_text_value", None if empty else _rich_text(plain))
    if kind == "file_input":
        return _state(element, "files", _files(element, plain, held))
    if kind == "feedback_buttons":
        return _state(element, "value", _feedback(element, plain))
    return {"type": kind}


def state_of(blocks: list[Json], typed: Json) -> Json:
    """``state.values`` of a message or view: what is typed, and what stood there at first."""
    values: Json = {}
    for block, element in elements_in(blocks):
        first = initial(element)
        if first is not None:
            held = _held(typed, block, element)
            fits = held is not None and held["type"] == element["type"]
            values.setdefault(block["block_id"], {})[element["action_id"]] = held if fits else first
    return values


def type_in(blocks: list[Json], typed: Json, plain: Json) -> None:
    """Put plain choices (block id, action id, choice) into ``typed``. Raises NotOffered."""
    for block, element in elements_in(blocks):
        choices = plain.get(block["block_id"]) or {}
        if element["action_id"] in choices:
            put(typed, block, element, choices[element["action_id"]])


def put(typed: Json, block: Json, element: Json, plain: Any) -> Json:
    """Put one plain choice into ``typed``, where the element holds anything; its state. Raises NotOffered."""
    state = chosen(element, plain, _held(typed, block, element))
    if initial(element) is not None:
        typed.setdefault(block["block_id"], {})[element["action_id"]] = state
    return state


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The element with these ids, after its block."""
    for block, element in elements_in(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    return None


def _state(element: Json, key: str, value: Any) -> Json:
    zone = {"timezone": element["timezone"]} if element.get("timezone") else {}
    return {"type": element["type"], key: value, **zone}


def _held(typed: Json, block: Json, element: Json) -> Json | None:
    held: Json | None = typed.get(block["block_id"], {}).get(element["action_id"])
    return held


def _several(plain: Any) -> list[Any]:
    if plain in (None, ""):
        return []
    return list(plain) if isinstance(plain, list) else [plain]


def _option(element: Json, value: Any) -> Json:
    for option in options_of(element):
        if option.get("value") == value:
            return option
    raise NotOffered(f"{element.get('action_id')} does not offer {value!r}")


def _rich_text(plain: Any) -> Json:
    if isinstance(plain, dict):
        return plain
    words = {"type": "text", "text": str(plain)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def _files(element: Json, plain: Any, held: Json | None) -> list[Json]:
    there = {file["id"]: file for file in (held or {}).get("files") or []}
    wanted = [one.get("id") if isinstance(one, dict) else one for one in _several(plain)]
    if unknown := [name for name in wanted if name not in there]:
        raise NotOffered(f"{element.get('action_id')} holds no file {unknown[0]!r}")
    return [there[name] for name in wanted]


def _feedback(element: Json, value: Any) -> str:
    if value in (offered := [element[name]["value"] for name in ("positive_button", "negative_button")]):
        return str(value)
    raise NotOffered(f"{element.get('action_id')} offers {' and '.join(offered)}")
