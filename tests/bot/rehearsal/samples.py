"""A legal example of every block and element, with every key that Slack's reference names."""

import json
from typing import Any

from tests.bot.rehearsal.blocks import Json, plain

SURFACES = ("message", "modal", "home")


def mrkdwn(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text, "verbatim": False}


PLAIN = {"type": "plain_text", "text": "Text", "emoji": True}
CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("Really"),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
OPTION = {"text": plain("One"), "value": "1", "description": plain("First")}
GROUP = {"label": plain("Group"), "options": [OPTION]}
FILTER = {"include": ["im", "private"], "exclude_external_shared_channels": True, "exclude_bot_users": True}
PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture"}
DISPATCH = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}
WORKFLOW = {
    "trigger": {
        "url": "https://slack.com/shortcuts/Ft1/2",
        "customizable_input_parameters": [{"name": "input_a", "value": "A"}],
    }
}
STYLE = {"bold": True, "italic": True, "strike": True, "code": True, "underline": True}
INLINE = [
    {"type": "text", "text": "Text", "style": STYLE},
    {"type": "link", "url": "https://example.org", "text": "Here", "unsafe": False},
    {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 2},
    {"type": "user", "user_id": "U0123ABCD"},
    {"type": "usergroup", "usergroup_id": "S0123ABCD"},
    {"type": "channel", "channel_id": "C0123ABCD"},
    {"type": "team", "team_id": "T0123ABCD"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#F405B3"},
    {"type": "date", "timestamp": 1_700_000_000, "format": "{date_long}", "url": "https://a.org", "fallback": "then"},
]
RICH_TEXT = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": INLINE},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "offset": 2,
            "border": 1,
            "elements": [{"type": "rich_text_section", "elements": INLINE[:1]}],
        },
        {"type": "rich_text_quote", "elements": INLINE[:2], "border": 1},
        {"type": "rich_text_preformatted", "elements": INLINE[:2], "border": 0},
    ],
}

_MENU = {"action_id": "a", "placeholder": PLAIN, "confirm": CONFIRM, "focus_on_load": True}
_TYPED = {"action_id": "a", "placeholder": PLAIN, "dispatch_action_config": DISPATCH, "focus_on_load": True}
_FEEDBACK = {"text": PLAIN, "value": "good", "accessibility_label": "This was good"}

ELEMENTS: dict[str, Json] = {
    "button": {
        "text": PLAIN,
        "action_id": "a",
        "value": "1",
        "url": "https://example.org",
        "style": "primary",
        "confirm": CONFIRM,
        "accessibility_label": "Press",
        "agent_prompt": "Look into this",
        "agent_prompt_display": "Looking",
        "visible_to_user_ids": ["U0123ABCD"],
    },
    "workflow_button": {
        "text": PLAIN,
        "action_id": "a",
        "workflow": WORKFLOW,
        "style": "danger",
        "accessibility_label": "Start",
    },
    "icon_button": {
        "icon": "trash",
        "text": PLAIN,
        "action_id": "a",
        "value": "1",
        "confirm": CONFIRM,
        "accessibility_label": "Delete",
        "visible_to_user_ids": ["U0123ABCD"],
    },
    "feedback_buttons": {
        "action_id": "a",
        "positive_button": _FEEDBACK,
        "negative_button": {**_FEEDBACK, "value": "bad"},
    },
    "overflow": {"action_id": "a", "options": [{**OPTION, "url": "https://example.org"}], "confirm": CONFIRM},
    "static_select": {**_MENU, "options": [OPTION], "initial_option": OPTION},
    "external_select": {**_MENU, "initial_option": OPTION, "min_query_length": 0},
    "users_select": {**_MENU, "initial_user": "U0123ABCD"},
    "conversations_select": {
        **_MENU,
        "initial_conversation": "C0123ABCD",
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": FILTER,
    },
    "channels_select": {**_MENU, "initial_channel": "C0123ABCD", "response_url_enabled": True},
    "multi_static_select": {**_MENU, "option_groups": [GROUP], "initial_options": [OPTION], "max_selected_items": 1},
    "multi_external_select": {**_MENU, "initial_options": [OPTION], "min_query_length": 1, "max_selected_items": 1},
    "multi_users_select": {**_MENU, "initial_users": ["U0123ABCD"], "max_selected_items": 1},
    "multi_conversations_select": {
        **_MENU,
        "initial_conversations": ["C0123ABCD"],
        "default_to_current_conversation": True,
        "max_selected_items": 1,
        "filter": FILTER,
    },
    "multi_channels_select": {**_MENU, "initial_channels": ["C0123ABCD"], "max_selected_items": 1},
    "datepicker": {**_MENU, "initial_date": "2026-12-02"},
    "timepicker": {**_MENU, "initial_time": "14:30", "timezone": "America/Chicago"},
    "datetimepicker": {
        "action_id": "a",
        "initial_date_time": 1_628_633_820,
        "confirm": CONFIRM,
        "focus_on_load": True,
    },
    "checkboxes": {
        "action_id": "a",
        "options": [{**OPTION, "text": mrkdwn("*One*")}],
        "initial_options": [{**OPTION, "text": mrkdwn("*One*")}],
        "confirm": CONFIRM,
        "focus_on_load": True,
    },
    "radio_buttons": {
        "action_id": "a",
        "options": [OPTION],
        "initial_option": OPTION,
        "confirm": CONFIRM,
        "focus_on_load": True,
    },
    "plain_text_input": {**_TYPED, "initial_value": "Text", "multiline": True, "min_length": 0, "max_length": 3000},
    "number_input": {
        **_TYPED,
        "is_decimal_allowed": True,
        "initial_value": "2.5",
        "min_value": "-1",
        "max_value": "10",
    },
    "email_text_input": {**_TYPED, "initial_value": "a@example.org"},
    "url_text_input": {**_TYPED, "initial_value": "https://example.org"},
    "rich_text_input": {**_TYPED, "initial_value": RICH_TEXT, "min_lines": 1, "max_lines": 8},
    "file_input": {"action_id": "a", "filetypes": ["pdf"], "max_files": 1},
}
ELEMENTS = {name: {"type": name, **element} for name, element in ELEMENTS.items()}

_CARD = {
    "type": "card",
    "hero_image": PICTURE,
    "icon": PICTURE,
    "title": mrkdwn("Title"),
    "subtitle": mrkdwn("Subtitle"),
    "body": mrkdwn("Body"),
    "actions": [{"type": "button", "text": PLAIN, "action_id": "c"}],
}
_TASK = {
    "type": "task_card",
    "task_id": "1",
    "title": "Read",
    "status": "pending",
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": [{"type": "url", "url": "https://example.org", "text": "Example"}],
}
_CELLS = [{"type": "raw_text", "text": "A"}, {"type": "raw_number", "value": 1.5, "text": "1.5"}]

BLOCKS: dict[str, Json] = {
    "section": {
        "type": "section",
        "text": mrkdwn("Text"),
        "fields": [mrkdwn("One"), PLAIN],
        "accessory": PICTURE,
        "expand": True,
    },
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": PLAIN},
    "context": {"type": "context", "elements": [PICTURE, mrkdwn("Text"), PLAIN]},
    "actions": {"type": "actions", "elements": [ELEMENTS["button"]]},
    "context_actions": {"type": "context_actions", "elements": [ELEMENTS["icon_button"]]},
    "image": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture", "title": PLAIN},
    "input": {
        "type": "input",
        "label": PLAIN,
        "element": ELEMENTS["plain_text_input"],
        "hint": PLAIN,
        "optional": True,
        "dispatch_action": True,
    },
    "markdown": {"type": "markdown", "text": "**Text**"},
    "rich_text": RICH_TEXT,
    "file": {"type": "file", "source": "remote", "external_id": "ABCD1"},
    "video": {
        "type": "video",
        "title": PLAIN,
        "alt_text": "A video",
        "video_url": "https://example.org/embed",
        "thumbnail_url": "https://example.org/a.jpg",
        "title_url": "https://example.org",
        "author_name": "Ana",
        "provider_name": "Example",
        "provider_icon_url": "https://example.org/i.png",
        "description": PLAIN,
    },
    "table": {
        "type": "table",
        "rows": [[*_CELLS, RICH_TEXT]],
        "column_settings": [{"align": "right", "is_wrapped": True}],
    },
    "data_table": {
        "type": "data_table",
        "caption": "Numbers",
        "rows": [_CELLS, [_CELLS[0], RICH_TEXT]],
        "page_size": 5,
        "row_header_column_index": 0,
    },
    "alert": {"type": "alert", "text": mrkdwn("Careful"), "level": "warning"},
    "card": _CARD,
    "carousel": {"type": "carousel", "elements": [_CARD]},
    "container": {
        "type": "container",
        "title": PLAIN,
        "rich_text_title": RICH_TEXT,
        "subtitle": PLAIN,
        "child_blocks": [{"type": "divider"}],
        "width": "wide",
        "icon": PICTURE,
        "is_collapsible": True,
        "default_collapsed": True,
        "has_header_divider": False,
    },
    "task_card": _TASK,
    "plan": {"type": "plan", "title": "Plan", "tasks": [_TASK]},
}
BLOCKS = {name: {**block, "block_id": "b"} for name, block in BLOCKS.items()}

VIEWS: dict[str, Json] = {
    "modal": {
        "type": "modal",
        "title": PLAIN,
        "blocks": [{"type": "divider"}],
        "close": PLAIN,
        "submit": PLAIN,
        "private_metadata": "{}",
        "callback_id": "form",
        "external_id": "one",
        "clear_on_close": True,
        "notify_on_close": True,
        "submit_disabled": False,
    },
    "home": {"type": "home", "blocks": [], "private_metadata": "", "callback_id": "home", "external_id": "two"},
}


def around(kind: str, element: Json) -> tuple[Json, str]:
    """A block that may hold an element of this kind, and the pointer to it."""
    if kind in ("feedback_buttons", "icon_button"):
        return {"type": "context_actions", "elements": [element]}, "/elements/0"
    if kind in ("button", "workflow_button", "overflow"):
        return {"type": "actions", "elements": [element]}, "/elements/0"
    return {"type": "input", "label": plain("Label"), "element": element}, "/element"


def with_value(sample: Json, pointer: str, value: Any) -> Json:
    """A copy of ``sample`` with ``value`` at a JSON pointer; objects on the way that lack are made."""
    # Through JSON, because examples share their parts.
    changed: Json = json.loads(json.dumps(sample))
    *way, last = pointer.strip("/").split("/")
    place: Any = changed
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return changed


def value_at(sample: Json, pointer: str) -> Any:
    """What stands at a JSON pointer."""
    place: Any = sample
    for step in pointer.strip("/").split("/"):
        place = place[int(step)] if isinstance(place, list) else place[step]
    return place


def stretched(sample: Json, pointer: str, size: int) -> Json:
    """A copy of ``sample`` whose string, list or number at ``pointer`` has exactly ``size``."""
    value = value_at(sample, pointer)
    if isinstance(value, list):
        return with_value(sample, pointer, [_another(value[0], n) for n in range(size)])
    if isinstance(value, str):
        filling = value[: size - 1] if value.startswith("http") else ""
        return with_value(sample, pointer, filling + "x" * (size - len(filling)))
    return with_value(sample, pointer, size)


def _another(item: Any, number: int) -> Any:
    """A copy of a list's item with ids and values of its own."""
    if isinstance(item, list):
        return [_another(one, number) for one in item]
    if not isinstance(item, dict) or item.get("type") == "color":
        return item
    own = {key: f"{number}" for key in ("action_id", "block_id", "task_id", "value") if isinstance(item.get(key), str)}
    return {**{key: _another(value, number) for key, value in item.items()}, **own}
