"""What the elements of blocks hold: a person's plain choice as Slack's state, and checked as a client checks it."""

from collections.abc import Iterator
from typing import Any

from bot.rehearsal.checker.payloads import acting_elements
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
REQUIRED = "Please complete this required field."


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
        return {"type": kind, key: element.get(first)}
    if kind in _SEVERAL:
        key, first = _SEVERAL[kind]
        return {"type": kind, key: element.get(first, [])}
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _SOME_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in _TYPED:
        return {"type": kind, "value": element.get("initial_value")}
    return None


def chosen(element: Json, plain: Any) -> Json:
    """The state of an element after a person chose ``plain``: an option's value, a list of them, an id, a date, words.

    None or an empty string clears it. Raises NotOffered.
    """
    kind = element["type"]
    empty = plain in (None, "", [])
    if kind in _SINGLE:
        return {"type": kind, _SINGLE[kind][0]: None if empty else plain}
    if kind in _SEVERAL:
        return {"type": kind, _SEVERAL[kind][0]: _several(plain)}
    if kind in _ONE_OPTION or kind == "overflow":
        return {"type": kind, "selected_option": None if empty else _option(element, plain)}
    if kind in _SOME_OPTIONS:
        return {"type": kind, "selected_options": [_option(element, value) for value in _several(plain)]}
    if kind in _TYPED:
        return {"type": kind, "value": None if empty else str(plain)}
    return {"type": kind}


def state_of(blocks: list[Json], typed: Json) -> Json:
    """``state.values`` of a message or view: what is typed, and what stood there at first."""
    values: Json = {}
    for block in blocks:
        for element in acting_elements(block):
            first = initial(element)
            if first is not None:
                held = typed.get(block["block_id"], {}).get(element["action_id"])
                fits = held is not None and held["type"] == element["type"]
                values.setdefault(block["block_id"], {})[element["action_id"]] = held if fits else first
    return values


def type_in(blocks: list[Json], typed: Json, plain: Json) -> None:
    """Put plain choices (block id, action id, choice) into ``typed``. Raises NotOffered."""
    for block, element in elements_in(blocks):
        choices = plain.get(block["block_id"]) or {}
        if element["action_id"] in choices:
            typed.setdefault(block["block_id"], {})[element["action_id"]] = chosen(
                element, choices[element["action_id"]]
            )


def elements_in(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every block with each of its acting elements."""
    for block in blocks:
        for element in acting_elements(block):
            yield block, element


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Json | None:
    """The element with these ids."""
    for block, element in elements_in(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return element
    return None


def missing_or_wrong(blocks: list[Json], values: Json) -> dict[str, str]:
    """What a client says under the fields of a modal before it sends anything: block id to sentence."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            held = (values.get(block["block_id"]) or {}).get(element["action_id"]) or {}
            content = next((value for key, value in held.items() if key != "type"), None)
            if content in (None, "", []):
                if not block.get("optional"):
                    errors[block["block_id"]] = REQUIRED
            elif sentence := _wrong(element, content):
                errors[block["block_id"]] = sentence
    return errors


def _wrong(element: Json, content: Any) -> str:
    if element["type"] == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(content) < least:
            return f"Write at least {least} characters."
        if len(content) > most:
            return f"Write at most {most} characters; these are {len(content)}."
    if element["type"] == "number_input":
        return _wrong_number(element, content)
    if element["type"] == "email_text_input" and "@" not in content:
        return "This is not an e-mail address."
    if element["type"] == "url_text_input" and not content.startswith(("http://", "https://")):
        return "This is not a web address."
    most_items = element.get("max_selected_items")
    if most_items and isinstance(content, list) and len(content) > most_items:
        return f"Choose at most {most_items}."
    return ""


def _wrong_number(element: Json, content: str) -> str:
    try:
        number = float(content)
    except ValueError:
        return "This is not a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Use a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"The smallest number allowed is {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"The largest number allowed is {element['max_value']}."
    return ""


def _several(plain: Any) -> list[Any]:
    if plain in (None, ""):
        return []
    return list(plain) if isinstance(plain, list) else [plain]


def _option(element: Json, value: Any) -> Json:
    for option in options_of(element):
        if option.get("value") == value:
            return option
    raise NotOffered(f"{element.get('action_id')} does not offer {value!r}")
