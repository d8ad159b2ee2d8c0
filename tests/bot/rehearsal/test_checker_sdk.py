"""The checker and the models of Slack's own SDK accept and refuse the same; where they differ it is known why."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks import block_elements, blocks
from slack_sdk.models.views import View

from bot.rehearsal.checker.blocks import BLOCKS as TABLES
from bot.rehearsal.checker.elements import ELEMENTS as ELEMENT_TABLES
from tests.bot.rehearsal import samples
from tests.bot.rehearsal.blocks import Json
from tests.bot.rehearsal.judging import Place, problems, sample_of

# The SDK's models that no table of the checker has.
LEFT_OUT = {
    "call": "Slack makes it itself from calls.add; the reference lists no such block",
    "auth_provider": "it needs hosts named in the app's manifest, which a rehearsal's app has not",
    "url": "it stands in a task_card alone, whose table has it",
    "rich_text_section": "part of rich_text",
    "rich_text_list": "part of rich_text",
    "rich_text_quote": "part of rich_text",
    "rich_text_preformatted": "part of rich_text",
}
# What the tables have and the SDK (3.47) has no model of.
WITHOUT_MODEL = {"data_table"}

# The SDK's limits by their names, and where in an example they hold.
WHERE: dict[str, tuple[Place, str]] = {
    "Block.block_id": (("blocks", "divider"), "/block_id"),
    "SectionBlock.text": (("blocks", "section"), "/text/text"),
    "SectionBlock.fields": (("blocks", "section"), "/fields"),
    "ImageBlock.image_url": (("blocks", "image"), "/image_url"),
    "ImageBlock.alt_text": (("blocks", "image"), "/alt_text"),
    "ImageBlock.title": (("blocks", "image"), "/title/text"),
    "ActionsBlock.elements": (("blocks", "actions"), "/elements"),
    "ContextBlock.elements": (("blocks", "context"), "/elements"),
    "ContextActionsBlock.elements": (("blocks", "context_actions"), "/elements"),
    "InputBlock.label": (("blocks", "input"), "/label/text"),
    "InputBlock.hint": (("blocks", "input"), "/hint/text"),
    "HeaderBlock.text": (("blocks", "header"), "/text/text"),
    "MarkdownBlock.text": (("blocks", "markdown"), "/text"),
    "VideoBlock.title": (("blocks", "video"), "/title/text"),
    "VideoBlock.author_name": (("blocks", "video"), "/author_name"),
    "CardBlock.title": (("blocks", "card"), "/title/text"),
    "CardBlock.subtitle": (("blocks", "card"), "/subtitle/text"),
    "CardBlock.body": (("blocks", "card"), "/body/text"),
    "ContainerBlock.title": (("blocks", "container"), "/title/text"),
    "ContainerBlock.subtitle": (("blocks", "container"), "/subtitle/text"),
    "ContainerBlock.child_blocks": (("blocks", "container"), "/child_blocks"),
    "CarouselBlock.elements": (("blocks", "carousel"), "/elements"),
    "InteractiveElement.action_id": (("elements", "button"), "/action_id"),
    "InputInteractiveElement.placeholder": (("elements", "plain_text_input"), "/placeholder/text"),
    "ButtonElement.text": (("elements", "button"), "/text/text"),
    "ButtonElement.url": (("elements", "button"), "/url"),
    "ButtonElement.value": (("elements", "button"), "/value"),
    "ButtonElement.agent_prompt": (("elements", "button"), "/agent_prompt"),
    "StaticSelectElement.options": (("elements", "static_select"), "/options"),
    "StaticMultiSelectElement.option_groups": (("elements", "multi_static_select"), "/option_groups"),
    "OverflowMenuElement.options": (("elements", "overflow"), "/options"),
    "FeedbackButtonObject.text": (("elements", "feedback_buttons"), "/positive_button/text/text"),
    "FeedbackButtonObject.value": (("elements", "feedback_buttons"), "/positive_button/value"),
    "Option.label": (("elements", "multi_static_select"), "/option_groups/0/options/0/text/text"),
    "Option.value": (("elements", "multi_static_select"), "/option_groups/0/options/0/value"),
    "OptionGroup.label": (("elements", "multi_static_select"), "/option_groups/0/label/text"),
    "OptionGroup.options": (("elements", "multi_static_select"), "/option_groups/0/options"),
    "ConfirmObject.title": (("elements", "button"), "/confirm/title/text"),
    "ConfirmObject.text": (("elements", "button"), "/confirm/text/text"),
    "ConfirmObject.confirm": (("elements", "button"), "/confirm/confirm/text"),
    "ConfirmObject.deny": (("elements", "button"), "/confirm/deny/text"),
    "View.title": (("views", "modal"), "/title/text"),
    "View.blocks": (("views", "modal"), "/blocks"),
    "View.close": (("views", "modal"), "/close/text"),
    "View.submit": (("views", "modal"), "/submit/text"),
    "View.private_metadata": (("views", "modal"), "/private_metadata"),
    "View.callback_id": (("views", "modal"), "/callback_id"),
}
# Names of limits that say the same as another, or that the SDK states and never looks at in what an app sends.
SAME = {
    "StaticSelectElement.option_groups": "the same as of the multi select",
    "StaticMultiSelectElement.options": "the same as of the single select",
    "SelectElement.options": "an older name of StaticSelectElement",
    "SelectElement.option_groups": "an older name of StaticSelectElement",
    "ImageElement.image_url": "judged by the checker alone: the SDK does not look into a context block's images",
    "ImageElement.alt_text": "judged by the checker alone: the SDK does not look into a context block's images",
}
# The SDK's number means "less than" here, as the page of the block says.
LESS_THAN = {"VideoBlock.title", "VideoBlock.author_name"}


def models() -> Iterator[tuple[str, type]]:
    """Every model of a block or element that the SDK has, by Slack's name of it."""
    for module in (blocks, block_elements):
        for model in vars(module).values():
            if isinstance(model, type) and issubclass(model, blocks.Block | block_elements.BlockElement):
                name = vars(model).get("type")
                if isinstance(name, str):
                    yield name, model


def sdk_limits() -> dict[str, int]:
    """Every most that the SDK states in its models, as Model.key."""
    stated: dict[str, int] = {}
    for model in (*vars(sdk).values(), View, block_elements.InteractiveElement):
        if isinstance(model, type) and not model.__name__.startswith("AuthProvider"):
            for key, value in vars(model).items():
                if key.endswith("_max_length") and isinstance(value, int):
                    stated[f"{model.__name__}.{key.removesuffix('_max_length')}"] = value
    return stated


def sdk_takes(place: Place, value: Json) -> bool:
    """Whether the SDK builds and checks it without complaint."""
    group, name = place
    try:
        if group == "views":
            View(**value).to_dict()
        else:
            block = samples.around(name, value)[0] if group == "elements" else value
            parsed = blocks.Block.parse(block)
            assert parsed is not None
            parsed.to_dict()
            for element in (*(getattr(parsed, "elements", None) or []), getattr(parsed, "element", None)):
                _check_inside(element)
    except SlackObjectFormationError:
        return False
    return True


def _check_inside(part: Any) -> None:
    """Have every model inside checked too: the SDK checks a part when that part is written out."""
    if not hasattr(part, "validate_json"):
        return
    part.validate_json()
    for inner in vars(part).values():
        for one in inner if isinstance(inner, list) else [inner]:
            _check_inside(one)


def test_every_model_of_the_sdk_has_a_table_or_a_reason() -> None:
    tables = {*ELEMENT_TABLES, "image", *(name for table in TABLES.values() for name in table.kinds)}
    known = {name for name, _ in models()}
    assert known - tables - set(LEFT_OUT) - {"text", "link"} <= _PARTS
    assert tables - known == WITHOUT_MODEL


_PARTS = {"emoji", "user", "usergroup", "channel", "team", "broadcast", "color", "date"}


def test_every_limit_that_the_sdk_states_is_compared() -> None:
    assert set(sdk_limits()) == {*WHERE, *SAME}


@pytest.mark.parametrize(
    "place",
    [(group, name) for group, known in (("blocks", samples.BLOCKS), ("elements", samples.ELEMENTS)) for name in known],
    ids="/".join,
)
def test_both_accept_the_same_legal_examples(place: Place) -> None:
    if place[1] not in WITHOUT_MODEL:
        assert sdk_takes(place, sample_of(place))
    assert problems(place, sample_of(place)) == []


@pytest.mark.parametrize("name", sorted(WHERE))
def test_both_refuse_one_beyond_the_limit_and_accept_the_limit_itself(name: str) -> None:
    place, pointer = WHERE[name]
    most = sdk_limits()[name] - (name in LESS_THAN)
    sample = {key: value for key, value in sample_of(place).items() if not key.startswith("initial_option")}
    fitting, beyond = samples.stretched(sample, pointer, most), samples.stretched(sample, pointer, most + 1)
    assert problems(place, fitting) == []
    assert sdk_takes(place, fitting)
    assert problems(place, beyond) != []
    assert not sdk_takes(place, beyond)


DIFFERENT: list[tuple[str, Place, Json, bool, bool]] = [
    # why, what, the change, whether the SDK takes it, whether the checker does
    ("the SDK knows no most for fields' texts", ("blocks", "section"), {"/fields/0/text": "x" * 2001}, True, False),
    ("the SDK lets an empty text through", ("blocks", "header"), {"/text/text": ""}, True, False),
    ("the SDK does not count table rows", ("blocks", "table"), {"/rows": [[]] * 101}, True, False),
    ("the SDK lets an alert be of any length", ("blocks", "alert"), {"/text/text": "x" * 201}, True, False),
    ("the SDK does not look into rich text", ("blocks", "rich_text"), {"/elements/0/elements": [{}]}, True, False),
    (
        "the SDK takes a menu with twin options",
        ("elements", "overflow"),
        {"/options": [samples.OPTION] * 2},
        True,
        False,
    ),
    ("the SDK refuses a view without blocks; Slack empties it", ("views", "modal"), {"/blocks": []}, False, True),
]


@pytest.mark.parametrize(
    ("place", "change", "sdk_does", "checker_does"), [row[1:] for row in DIFFERENT], ids=[r[0] for r in DIFFERENT]
)
def test_where_they_differ_it_is_known(place: Place, change: Json, sdk_does: bool, checker_does: bool) -> None:
    changed = sample_of(place)
    for pointer, value in change.items():
        changed = samples.with_value(changed, pointer, value)
    assert sdk_takes(place, changed) is sdk_does
    assert (problems(place, changed) == []) is checker_does
