"""The tables for block elements: what stands inside a section, an actions or an input block.

Source: docs.slack.dev/reference/block-kit/block-elements, one page an element, named where the table says more than a
size. Slack names no most for options chosen at first, or for selected items: 100 is what a menu can offer.
"""

from bot.rehearsal.checker.objects import (
    ACTION_ID,
    ADDRESS,
    CONFIRM,
    DISPATCH,
    FILTER,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    OVERFLOW_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    SLACK_ID,
    STYLE,
    WORKFLOW,
)
from bot.rehearsal.checker.rich import RICH_TEXT
from bot.rehearsal.checker.rules import (
    exactly_one_of,
    initial_choice_is_offered,
    not_above,
    options_differ,
    zone_is_known,
)
from bot.rehearsal.checker.shapes import Flag, Many, Number, Record, Rule, Shape, Text, Words, typed

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
PLACEHOLDER = Text(150)
LABEL = Words(75)

_NUMERIC = Words(40, pattern=r"-?\d+(\.\d+)?")
_MOST_SELECTED = Number(1)
_CHOSEN = Many(OPTION, 100)
_IDS = Many(SLACK_ID, 100)


def _element(name: str, required: dict[str, Shape], optional: dict[str, Shape], *rules: Rule) -> Record:
    return typed(name, required, {"action_id": ACTION_ID, **optional}, *rules)


def _menu(name: str, *rules: Rule, **optional: Shape) -> Record:
    more: dict[str, Shape] = {"placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": Flag()}
    return _element(name, {}, {**more, **optional}, *rules)


def _static_menu(name: str, **optional: Shape) -> Record:
    rules = (exactly_one_of("options", "option_groups"), initial_choice_is_offered, options_differ)
    return _menu(name, *rules, options=OPTIONS, option_groups=OPTION_GROUPS, **optional)


def _choices(name: str, initial: str, shape: Shape) -> Record:
    optional: dict[str, Shape] = {initial: shape, "confirm": CONFIRM, "focus_on_load": Flag()}
    # checkboxes-element, radio-button-group-element: ten options.
    return _element(name, {"options": Many(RICH_OPTION, 10)}, optional, initial_choice_is_offered, options_differ)


def _typed_in(name: str, required: dict[str, Shape], *rules: Rule, **optional: Shape) -> Record:
    more: dict[str, Shape] = {"placeholder": PLACEHOLDER, "dispatch_action_config": DISPATCH, "focus_on_load": Flag()}
    return _element(name, required, {**more, **optional}, *rules)


# image-element: address 3000, alt_text 2000 characters.
IMAGE_SOURCE: dict[str, Shape] = {"image_url": ADDRESS, "slack_file": SLACK_FILE}
IMAGE = typed("image", {"alt_text": Words(2000)}, IMAGE_SOURCE, exactly_one_of("image_url", "slack_file"))
URL_SOURCE = typed("url", {"url": ADDRESS, "text": Words(3000)})

# feedback-buttons-element
_FEEDBACK = Record(required={"text": Text(75), "value": Words(2000)}, optional={"accessibility_label": LABEL})

ELEMENTS: dict[str, Record] = {
    # agent_prompt, its display and visible_to_user_ids: slack_sdk's ButtonElement (3.47).
    "button": _element(
        "button",
        {"text": Text(75)},
        {
            "value": Words(2000, least=0),
            "url": ADDRESS,
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": LABEL,
            "agent_prompt": Words(4000),
            "agent_prompt_display": Words(4000),
            "visible_to_user_ids": _IDS,
        },
    ),
    "workflow_button": _element(
        "workflow_button", {"text": Text(75), "workflow": WORKFLOW}, {"style": STYLE, "accessibility_label": LABEL}
    ),
    # icon-button-element: visible to ten people at most.
    "icon_button": _element(
        "icon_button",
        {"icon": Words(50, pattern=r"[a-z0-9\-]+"), "text": Text(75)},
        {
            "value": Words(2000, least=0),
            "confirm": CONFIRM,
            "accessibility_label": LABEL,
            "visible_to_user_ids": Many(SLACK_ID, 10),
        },
    ),
    "feedback_buttons": _element("feedback_buttons", {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {}),
    # overflow-menu-element: five options.
    "overflow": _element("overflow", {"options": Many(OVERFLOW_OPTION, 5)}, {"confirm": CONFIRM}, options_differ),
    # select-menu-element: a hundred options or groups.
    "static_select": _static_menu("static_select", initial_option=OPTION),
    "external_select": _menu("external_select", initial_option=OPTION, min_query_length=Number()),
    "users_select": _menu("users_select", initial_user=SLACK_ID),
    "conversations_select": _menu(
        "conversations_select",
        initial_conversation=SLACK_ID,
        default_to_current_conversation=Flag(),
        response_url_enabled=Flag(),
        filter=FILTER,
    ),
    "channels_select": _menu("channels_select", initial_channel=SLACK_ID, response_url_enabled=Flag()),
    # multi-select-menu-element: one selected item at least may be allowed.
    "multi_static_select": _static_menu(
        "multi_static_select", initial_options=_CHOSEN, max_selected_items=_MOST_SELECTED
    ),
    "multi_external_select": _menu(
        "multi_external_select", initial_options=_CHOSEN, min_query_length=Number(), max_selected_items=_MOST_SELECTED
    ),
    "multi_users_select": _menu("multi_users_select", initial_users=_IDS, max_selected_items=_MOST_SELECTED),
    "multi_conversations_select": _menu(
        "multi_conversations_select",
        initial_conversations=_IDS,
        default_to_current_conversation=Flag(),
        max_selected_items=_MOST_SELECTED,
        filter=FILTER,
    ),
    "multi_channels_select": _menu("multi_channels_select", initial_channels=_IDS, max_selected_items=_MOST_SELECTED),
    "datepicker": _menu("datepicker", initial_date=Words(10, pattern=DATE)),
    "timepicker": _menu("timepicker", zone_is_known, initial_time=Words(5, pattern=CLOCK), timezone=Words(60)),
    # datetime-picker-element: seconds since 1970, ten digits; no placeholder.
    "datetimepicker": _element(
        "datetimepicker",
        {},
        {"initial_date_time": Number(10**9, 10**10 - 1), "confirm": CONFIRM, "focus_on_load": Flag()},
    ),
    "checkboxes": _choices("checkboxes", "initial_options", Many(RICH_OPTION, 10)),
    "radio_buttons": _choices("radio_buttons", "initial_option", RICH_OPTION),
    # plain-text-input-element: min_length 0 to 3000, max_length 1 to 3000.
    "plain_text_input": _typed_in(
        "plain_text_input",
        {},
        not_above("min_length", "max_length"),
        initial_value=Words(3000, least=0),
        multiline=Flag(),
        min_length=Number(0, 3000),
        max_length=Number(1, 3000),
    ),
    "number_input": _typed_in(
        "number_input",
        {"is_decimal_allowed": Flag()},
        not_above("min_value", "max_value"),
        initial_value=_NUMERIC,
        min_value=_NUMERIC,
        max_value=_NUMERIC,
    ),
    "email_text_input": _typed_in("email_text_input", {}, initial_value=Words(3000, least=0)),
    "url_text_input": _typed_in("url_text_input", {}, initial_value=Words(3000, least=0)),
    # rich-text-input-element: 1 to 100 lines.
    "rich_text_input": _typed_in(
        "rich_text_input",
        {},
        not_above("min_lines", "max_lines"),
        initial_value=RICH_TEXT,
        min_lines=Number(1, 100),
        max_lines=Number(1, 100),
    ),
    # file-input-element: one to ten files.
    "file_input": _element("file_input", {}, {"filetypes": Many(Words(20), 100), "max_files": Number(1, 10)}),
}

_MENUS = ("static_select", "users_select", "conversations_select", "channels_select", "external_select")
_PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
_MULTI = tuple(f"multi_{name}" for name in _MENUS)
_BUTTONS = ("button", "workflow_button", "overflow")

# Which block takes which element: "Works with block types" on each element's page.
IN_SECTION = (*_BUTTONS, *_MENUS, *_MULTI, *_PICKERS)
IN_ACTIONS = (*_BUTTONS, "datetimepicker", *_MENUS, *_PICKERS)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
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
