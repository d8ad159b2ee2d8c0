"""The tables for block elements and composition objects.

Limits follow Slack's Block Kit reference (docs.slack.dev/reference/block-kit): block elements, composition objects.
"""

from collections.abc import Iterator

from bot.rehearsal.checker.shapes import Choice, Flag, Many, Number, Record, Rule, Shape, Text, Whatever, Words, listed
from bot.rehearsal.wire import Json

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
ACTION_ID = Words(255)
PLACEHOLDER = Text(150)

CONFIRM = Record(
    required={"title": Text(100), "text": Text(300, plain_only=False), "confirm": Text(30), "deny": Text(30)},
    optional={"style": Choice(("primary", "danger"))},
)


def _option(plain_only: bool, url: bool = False) -> Record:
    extra: dict[str, Shape] = {"url": Words(3000)} if url else {}
    return Record(
        required={"text": Text(75, plain_only=plain_only), "value": Words(150)},
        optional={"description": Text(75, plain_only=plain_only), **extra},
    )


OPTION = _option(plain_only=True)
RICH_OPTION = _option(plain_only=False)
OVERFLOW_OPTION = _option(plain_only=True, url=True)
OPTION_GROUP = Record(required={"label": Text(75), "options": Many(OPTION, 100)})


def _options_of(element: Json) -> list[object]:
    options = list(listed(element.get("options")))
    for group in listed(element.get("option_groups")):
        if isinstance(group, dict):
            options.extend(listed(group.get("options")))
    return options


def one_source_of_options(element: Json) -> Iterator[tuple[str, str]]:
    """A static menu has options or option_groups, not both and not neither."""
    if ("options" in element) == ("option_groups" in element):
        yield "", "must provide exactly one of: options, option_groups"


def initial_choice_is_offered(element: Json) -> Iterator[tuple[str, str]]:
    """What is chosen at first must be among the options, letter for letter."""
    offered = _options_of(element)
    initial = element.get("initial_option")
    if initial is not None and initial not in offered:
        yield "/initial_option", "must exactly match one of the provided options"
    for index, chosen in enumerate(listed(element.get("initial_options"))):
        if chosen not in offered:
            yield f"/initial_options/{index}", "must exactly match one of the provided options"


def options_differ(element: Json) -> Iterator[tuple[str, str]]:
    """Two options of one element may not have the same value."""
    seen: set[str] = set()
    for option in _options_of(element):
        value = option.get("value") if isinstance(option, dict) else None
        if isinstance(value, str):
            if value in seen:
                yield "/options", f"duplicate option value: {value}"
            seen.add(value)


def least_is_not_above_most(element: Json) -> Iterator[tuple[str, str]]:
    """min_length or min_value may not be above its partner."""
    for low, high in (("min_length", "max_length"), ("min_value", "max_value")):
        try:
            if low in element and high in element and float(element[low]) > float(element[high]):
                yield f"/{low}", f"must not be greater than {high}"
        except (TypeError, ValueError):
            continue


_CHOICE_RULES = (initial_choice_is_offered, options_differ)
_DISPATCH = Record(
    optional={"trigger_actions_on": Many(Choice(("on_enter_pressed", "on_character_entered")), 2)},
)
_FILTER = Record(
    optional={
        "include": Many(Choice(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    }
)
_NUMERIC = Words(40, pattern=r"-?\d+(\.\d+)?")


def _element(
    name: str, required: dict[str, Shape], optional: dict[str, Shape], *, rules: tuple[Rule, ...] = ()
) -> Record:
    return Record(
        required={"type": Choice((name,)), **required},
        optional={"action_id": ACTION_ID, "focus_on_load": Flag(), **optional},
        rules=rules,
    )


def _menu(name: str, **optional: Shape) -> Record:
    return _element(name, {}, {"placeholder": PLACEHOLDER, "confirm": CONFIRM, **optional})


def _static_menu(name: str, **optional: Shape) -> Record:
    offered: dict[str, Shape] = {"options": Many(OPTION, 100), "option_groups": Many(OPTION_GROUP, 100)}
    rules = (one_source_of_options, *_CHOICE_RULES)
    return _element(name, {}, {"placeholder": PLACEHOLDER, "confirm": CONFIRM, **offered, **optional}, rules=rules)


def _choices(name: str, initial: str, shape: Shape) -> Record:
    options: dict[str, Shape] = {"options": Many(RICH_OPTION, 10)}
    return _element(name, options, {initial: shape, "confirm": CONFIRM}, rules=_CHOICE_RULES)


_USER = Words(30)
_MOST = Number(1, 1000)
_TYPED: dict[str, Shape] = {"placeholder": PLACEHOLDER, "dispatch_action_config": _DISPATCH}

ELEMENTS: dict[str, Record] = {
    "button": Record(
        required={"type": Choice(("button",)), "text": Text(75)},
        optional={
            "action_id": ACTION_ID,
            "value": Words(2000, least=0),
            "url": Words(3000),
            "style": Choice(("primary", "danger")),
            "confirm": CONFIRM,
            "accessibility_label": Words(75),
        },
    ),
    "overflow": Record(
        required={"type": Choice(("overflow",)), "options": Many(OVERFLOW_OPTION, 5)},
        optional={"action_id": ACTION_ID, "confirm": CONFIRM},
        rules=(options_differ,),
    ),
    "static_select": _static_menu("static_select", initial_option=OPTION),
    "multi_static_select": _static_menu(
        "multi_static_select", initial_options=Many(OPTION, 100), max_selected_items=_MOST
    ),
    "users_select": _menu("users_select", initial_user=_USER),
    "multi_users_select": _menu("multi_users_select", initial_users=Many(_USER, 100), max_selected_items=_MOST),
    "conversations_select": _menu(
        "conversations_select",
        initial_conversation=_USER,
        default_to_current_conversation=Flag(),
        response_url_enabled=Flag(),
        filter=_FILTER,
    ),
    "multi_conversations_select": _menu(
        "multi_conversations_select",
        initial_conversations=Many(_USER, 100),
        default_to_current_conversation=Flag(),
        max_selected_items=_MOST,
        filter=_FILTER,
    ),
    "channels_select": _menu("channels_select", initial_channel=_USER, response_url_enabled=Flag()),
    "multi_channels_select": _menu(
        "multi_channels_select", initial_channels=Many(_USER, 100), max_selected_items=_MOST
    ),
    "external_select": _menu("external_select", initial_option=OPTION, min_query_length=Number(0, 100)),
    "multi_external_select": _menu(
        "multi_external_select",
        initial_options=Many(OPTION, 100),
        min_query_length=Number(0, 100),
        max_selected_items=_MOST,
    ),
    "datepicker": _menu("datepicker", initial_date=Words(10, pattern=DATE)),
    "timepicker": _menu("timepicker", initial_time=Words(5, pattern=CLOCK), timezone=Words(60)),
    "datetimepicker": _element("datetimepicker", {}, {"initial_date_time": Number(10**9, 10**10), "confirm": CONFIRM}),
    "checkboxes": _choices("checkboxes", "initial_options", Many(RICH_OPTION, 10)),
    "radio_buttons": _choices("radio_buttons", "initial_option", RICH_OPTION),
    "plain_text_input": _element(
        "plain_text_input",
        {},
        {
            "initial_value": Words(3000, least=0),
            "multiline": Flag(),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
            **_TYPED,
        },
        rules=(least_is_not_above_most,),
    ),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": Flag()},
        {"initial_value": _NUMERIC, "min_value": _NUMERIC, "max_value": _NUMERIC, **_TYPED},
        rules=(least_is_not_above_most,),
    ),
    "email_text_input": _element("email_text_input", {}, {"initial_value": Words(3000, least=0), **_TYPED}),
    "url_text_input": _element("url_text_input", {}, {"initial_value": Words(3000, least=0), **_TYPED}),
    "rich_text_input": _element("rich_text_input", {}, {"initial_value": Whatever(), **_TYPED}),
    "file_input": _element("file_input", {}, {"filetypes": Many(Words(20), 100), "max_files": Number(1, 10)}),
}

_MENUS = ("static_select", "users_select", "conversations_select", "channels_select", "external_select")
_PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
_MULTI = tuple(f"multi_{name}" for name in _MENUS)

IN_SECTION = ("button", "overflow", *_MENUS, *_MULTI, *_PICKERS)
IN_ACTIONS = ("button", "overflow", "datetimepicker", *_MENUS, *_PICKERS)
IN_INPUT = (
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "datetimepicker",
    *_MENUS,
    *_MULTI,
    *_PICKERS,
)
IN_MODAL_INPUT = (*IN_INPUT, "file_input")
