"""What a client says under the fields of a modal before it sends anything."""

import re
from decimal import Decimal
from typing import Any

from bot.rehearsal.checker import every_block
from bot.rehearsal.wire import Json

REQUIRED = "Please complete this required field."
# docs.slack.dev, email-input-element and url-input-element say what is asked for, not how it is checked.
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_ADDRESS = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)*(:\d+)?([/?#]\S*)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
LONGEST_LINE = 3000


def missing_or_wrong(blocks: list[Json], values: Json) -> dict[str, str]:
    """What is missing or wrong in a form whose elements hold ``values`` (Slack's state): block id to sentence."""
    errors: dict[str, str] = {}
    for _, block in every_block(blocks):
        if block["type"] == "input":
            element = block["element"]
            held = (values.get(block["block_id"]) or {}).get(element["action_id"]) or {}
            content = next((value for key, value in held.items() if key not in ("type", "timezone")), None)
            if content in (None, "", []):
                if not block.get("optional"):
                    errors[block["block_id"]] = REQUIRED
            elif sentence := _wrong(element, content):
                errors[block["block_id"]] = sentence
    return errors


def _wrong(element: Json, content: Any) -> str:
    match element["type"]:
        case "plain_text_input":
            return _wrong_length(element, content)
        case "number_input":
            return _wrong_number(element, content)
        case "email_text_input" if not _EMAIL.fullmatch(content):
            return "This is not an e-mail address."
        case "url_text_input" if not _ADDRESS.fullmatch(content):
            return "This is not a web address; it begins with https:// or http://."
    most = element.get("max_selected_items")
    if most and isinstance(content, list) and len(content) > most:
        return f"Choose at most {most}."
    return ""


def _wrong_length(element: Json, content: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", LONGEST_LINE)
    if len(content) < least:
        return f"Write at least {least} characters."
    if len(content) > most:
        return f"Write at most {most} characters; these are {len(content)}."
    return ""


def _wrong_number(element: Json, content: str) -> str:
    if not _NUMBER.fullmatch(content):
        return "This is not a number."
    if not element.get("is_decimal_allowed") and "." in content:
        return "Use a whole number."
    if "min_value" in element and Decimal(content) < Decimal(element["min_value"]):
        return f"The smallest number allowed is {element['min_value']}."
    if "max_value" in element and Decimal(content) > Decimal(element["max_value"]):
        return f"The largest number allowed is {element['max_value']}."
    return ""
