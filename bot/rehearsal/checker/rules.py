"""What a table of keys and sizes cannot say: rules that look at several keys of one object at once.

Each yields (pointer below the object, sentence), and looks into objects that may be malformed elsewhere.
"""

from collections.abc import Iterator
from functools import cache
from zoneinfo import available_timezones

from bot.rehearsal.checker.shapes import Rule, listed, objects
from bot.rehearsal.wire import Json

Found = Iterator[tuple[str, str]]


def exactly_one_of(*keys: str) -> Rule:
    """One of ``keys`` must be there, and no second one."""

    def rule(value: Json) -> Found:
        if sum(value.get(key) is not None for key in keys) != 1:
            yield "", f"must provide exactly one of: {', '.join(keys)}"

    return rule


def one_at_least_of(*keys: str) -> Rule:
    """One of ``keys`` must be there."""

    def rule(value: Json) -> Found:
        if all(value.get(key) is None for key in keys):
            yield "", f"must provide at least one of: {', '.join(keys)}"

    return rule


def text_or_fields(section: Json) -> Found:
    """A section says something: text, fields or both."""
    if section.get("text") is None and section.get("fields") is None:
        yield "", "missing required field: text"


def action_ids_differ(block: Json) -> Found:
    """Two elements of one block may not share an action_id."""
    seen: set[str] = set()
    for index, element in enumerate(listed(block.get("elements"))):
        name = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield f"/elements/{index}/action_id", f"action_id {name!r} already exists in this block"
            seen.add(name)


def initial_choice_is_offered(element: Json) -> Found:
    """What is chosen at first must be among the options, letter for letter."""
    offered = _options_of(element)
    initial = element.get("initial_option")
    if initial is not None and initial not in offered:
        yield "/initial_option", "must exactly match one of the provided options"
    for index, chosen in enumerate(listed(element.get("initial_options"))):
        if chosen not in offered:
            yield f"/initial_options/{index}", "must exactly match one of the provided options"


def options_differ(element: Json) -> Found:
    """Two options of one element may not have the same value."""
    seen: set[str] = set()
    for option in _options_of(element):
        value = option.get("value") if isinstance(option, dict) else None
        if isinstance(value, str):
            if value in seen:
                yield "/options", f"duplicate option value: {value}"
            seen.add(value)


def not_above(low: str, high: str) -> Rule:
    """The number at ``low`` may not be above the one at ``high``."""

    def rule(element: Json) -> Found:
        try:
            if low in element and high in element and float(element[low]) > float(element[high]):
                yield f"/{low}", f"must not be greater than {high}"
        except (TypeError, ValueError):
            return

    return rule


def zone_is_known(element: Json) -> Found:
    """A time zone is an IANA name, like America/Chicago."""
    zone = element.get("timezone")
    if isinstance(zone, str) and zone not in _zones():
        yield "/timezone", f"unknown time zone: {zone}"


def divider_stands_open(container: Json) -> Found:
    """A container that collapses has no line under its header, and only one that collapses begins so."""
    if container.get("is_collapsible") is True and container.get("has_header_divider") is True:
        yield "/has_header_divider", "cannot be set when is_collapsible is true"
    if container.get("default_collapsed") is True and container.get("is_collapsible") is not True:
        yield "/default_collapsed", "requires is_collapsible to be true"


def rows_are_even(table: Json) -> Found:
    """Every row of a data table has as many cells as its header, which holds no rich text."""
    rows = [row for row in listed(table.get("rows")) if isinstance(row, list)]
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield f"/rows/{index}", f"must have {len(rows[0])} cells"
    if rows and any(cell.get("type") == "rich_text" for cell in objects(rows[0])):
        yield "/rows/0", "rich_text is not allowed in the header"


def _options_of(element: Json) -> list[object]:
    options = list(listed(element.get("options")))
    for group in objects(element.get("option_groups")):
        options.extend(listed(group.get("options")))
    return options


@cache
def _zones() -> set[str]:
    return available_timezones()
