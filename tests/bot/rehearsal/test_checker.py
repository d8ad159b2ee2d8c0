"""The checker refuses what Slack refuses, names the place, and lets everything else through."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rehearsal.checker import check_message_blocks, check_view, fill_ids, problems_in_blocks
from bot.rehearsal.wire import Refusal
from tests.bot.rehearsal.blocks import Json, actions, button, field, line, menu, option, plain, words

CONFIRM = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}


def section(**more: Any) -> Json:
    return {**words("Text"), **more}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


REFUSED: list[tuple[str, Json, str, str]] = [
    ("long section", words("x" * 3001), "/0/text/text", "must be less than 3001 characters"),
    ("empty section", words(""), "/0/text/text", "must be more than 0 characters"),
    ("silent section", {"type": "section"}, "/0", "missing required field: text"),
    ("eleven fields", section(fields=[plain("x")] * 11), "/0/fields", "no more than 10 items allowed"),
    ("long field", section(fields=[plain("x" * 2001)]), "/0/fields/0/text", "must be less than 2001 characters"),
    ("mrkdwn header", {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/0/text/type", "unsupported type"),
    ("long header", {"type": "header", "text": plain("x" * 151)}, "/0/text/text", "must be less than 151 characters"),
    ("no type", {"text": plain("x")}, "/0", "missing required field: type"),
    ("unknown block", {"type": "banner"}, "/0/type", "unsupported type: banner"),
    ("unknown key", section(color="red"), "/0/color", "no additional properties allowed: color"),
    ("26 buttons", actions(*[button(str(n)) for n in range(26)]), "/0/elements", "no more than 25 items allowed"),
    ("no buttons", actions(), "/0/elements", "no fewer than 1 items allowed"),
    ("twins", actions(button("a"), button("a")), "/0/elements/1/action_id", "already exists in this block"),
    ("long button", actions(button("a", "x" * 76)), "/0/elements/0/text/text", "must be less than 76 characters"),
    ("long value", actions(button("a", value="x" * 2001)), "/0/elements/0/value", "must be less than 2001 characters"),
    ("odd style", actions(button("a", style="loud")), "/0/elements/0/style", "must be one of: primary, danger"),
    ("long action_id", actions(button("a" * 256)), "/0/elements/0/action_id", "must be less than 256 characters"),
    ("long block_id", section(block_id="b" * 256), "/0/block_id", "must be less than 256 characters"),
    ("no options", actions(menu("a")), "/0/elements/0/options", "no fewer than 1 items allowed"),
    ("101 options", actions(menu("a", *map(str, range(101)))), "/0/elements/0/options", "no more than 100 items"),
    ("long option", actions(menu("a", "x" * 76)), "/0/elements/0/options/0/text/text", "must be less than 76"),
    ("twin options", actions(menu("a", "x", "x")), "/0/elements/0/options", "duplicate option value: x"),
    (
        "stray initial option",
        actions(menu("a", "x", initial_option=option("y"))),
        "/0/elements/0/initial_option",
        "must exactly match",
    ),
    (
        "long option value",
        actions({"type": "static_select", "options": [{"text": plain("x"), "value": "v" * 151}]}),
        "/0/elements/0/options/0/value",
        "must be less than 151 characters",
    ),
    ("two sources", actions(menu("a", "x", option_groups=[])), "/0/elements/0", "exactly one of"),
    ("long menu hint", actions(menu("a", "x", placeholder=plain("x" * 151))), "/0/elements/0/placeholder/text", "151"),
    (
        "six in an overflow",
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "/0/elements/0/options",
        "no more than 5 items allowed",
    ),
    (
        "long confirm",
        actions(button("a", confirm={**CONFIRM, "title": plain("x" * 101)})),
        "/0/elements/0/confirm/title/text",
        "must be less than 101 characters",
    ),
    (
        "many in actions",
        actions({"type": "multi_users_select", "action_id": "a"}),
        "/0/elements/0/type",
        "unsupported type: multi_users_select",
    ),
    ("text in section", section(accessory=line()), "/0/accessory/type", "unsupported type: plain_text_input"),
    ("bad date", actions({"type": "datepicker", "initial_date": "12/1/2026"}), "/0/elements/0/initial_date", "format"),
    ("crowded context", {"type": "context", "elements": [plain("x")] * 11}, "/0/elements", "no more than 10 items"),
    ("no alt text", {"type": "image", "image_url": "https://x.org/a.png"}, "/0", "missing required field: alt_text"),
    ("no picture", {"type": "image", "alt_text": "x"}, "/0", "exactly one of: image_url, slack_file"),
    ("long label", field("b", line(), label=plain("x" * 2001)), "/0/label/text", "must be less than 2001 characters"),
    ("long text", field("b", line(initial_value="x" * 3001)), "/0/element/initial_value", "must be less than 3001"),
    ("odd zone", actions({"type": "timepicker", "timezone": "Mars"}), "/0/elements/0/timezone", "unknown time zone"),
    (
        "empty filter",
        field("b", {"type": "conversations_select", "filter": {}}),
        "/0/element/filter",
        "at least one of",
    ),
    ("alert in a message", {"type": "alert", "text": plain("x")}, "/0/type", "unsupported type: alert"),
    ("file asked in a message", field("b", {"type": "file_input"}), "/0/element/type", "unsupported type: file_input"),
    (
        "rich text inside a list of buttons",
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [button("a")]}]},
        "/0/elements/0/elements/0/type",
        "unsupported type: button",
    ),
    ("empty card", {"type": "card", "subtitle": plain("x")}, "/0", "at least one of: hero_image"),
    (
        "button in a context",
        {"type": "context", "elements": [button("a")]},
        "/0/elements/0/type",
        "unsupported type: button",
    ),
    (
        "uneven data table",
        {"type": "data_table", "caption": "x", "rows": [[cell("a"), cell("b")], [cell("c")]]},
        "/0/rows/1",
        "must have 2 cells",
    ),
    (
        "container in a container",
        {"type": "container", "title": plain("x"), "child_blocks": [{"type": "container"}]},
        "/0/child_blocks/0/type",
        "unsupported type: container",
    ),
    ("crossed lengths", field("b", line(min_length=9, max_length=2)), "/0/element/min_length", "must not be greater"),
]


@pytest.mark.parametrize(
    ("block", "pointer", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_slack_refuses_is_refused_at_its_place(block: Json, pointer: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_message_blocks([block])
    assert refused.value.code == "invalid_blocks"
    place = f"[json-pointer:/blocks{pointer}]"
    assert any(sentence in one and one.endswith(place) for one in refused.value.messages), refused.value.messages


def test_everything_at_its_limit_is_accepted() -> None:
    blocks = [
        words("x" * 3000),
        {"type": "header", "text": plain("x" * 150)},
        section(fields=[plain("x")] * 10, block_id="b" * 255),
        actions(*[button(str(n), "x" * 75, confirm=CONFIRM) for n in range(25)]),
        actions(menu("a", *map(str, range(100)), initial_option=option("3")), block_id="menu"),
        {"type": "context", "elements": [plain("x")] * 10},
        field("typed", line(min_length=0, max_length=3000, placeholder=plain("x" * 150))),
    ]
    check_message_blocks(blocks)
    assert problems_in_blocks([words("x")] * 50, "message") == []
    assert problems_in_blocks([words("x")] * 100, "modal") == []


def test_a_message_takes_fifty_blocks_and_about_thirteen_thousand_characters() -> None:
    with pytest.raises(Refusal, match="invalid_blocks"):
        check_message_blocks([words("x")] * 51)
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_message_blocks([words("x" * 2800)] * 5)


def test_many_small_blocks_weigh_as_slack_was_measured_to_weigh_them() -> None:
    # slackapi/bolt-js, issue 2867: 9,597 characters in 50 blocks were accepted, 11,341 in 45 were not.
    check_message_blocks([words("x" * 191) for _ in range(50)])
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_message_blocks([words("x" * 252) for _ in range(45)])


def test_two_blocks_may_not_share_a_block_id_not_even_inside_a_container() -> None:
    found = problems_in_blocks([section(block_id="one"), section(block_id="one")], "message")
    assert [problem.pointer for problem in found] == ["/blocks/1/block_id"]
    inside = {"type": "container", "title": plain("x"), "child_blocks": [section(block_id="one")]}
    found = problems_in_blocks([section(block_id="one"), inside], "message")
    assert [problem.pointer for problem in found] == ["/blocks/1/child_blocks/0/block_id"]


def test_only_one_element_of_a_view_has_the_focus() -> None:
    found = problems_in_blocks([field(name, line(focus_on_load=True)) for name in "ab"], "modal")
    assert [problem.pointer for problem in found] == ["/blocks/1"]


def test_markdown_has_twelve_thousand_characters_in_all_and_a_message_one_table() -> None:
    markdown = {"type": "markdown", "text": "x" * 6001}
    assert [one.pointer for one in problems_in_blocks([markdown] * 2, "message")] == ["/blocks"]
    table = {"type": "table", "rows": [[cell("a")]]}
    assert [one.pointer for one in problems_in_blocks([table] * 2, "message")] == ["/blocks/1"]


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "accessory", "element", "options", "block_id", "action_id"])
            | st.text(max_size=4),
            inner | st.sampled_from(["section", "actions", "input", "button", "static_select", "plain_text", "image"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(anything)
def test_whatever_comes_is_answered_and_never_breaks_the_checker(value: Any) -> None:
    for surface in ("message", "modal", "home"):
        found = problems_in_blocks(value, surface)
        assert found or isinstance(value, list)
    try:
        check_view({"type": "modal", "title": plain("x"), "blocks": value})
    except Refusal as refusal:
        assert refusal.body()["ok"] is False


@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=6))
def test_every_element_that_acts_gets_an_id_and_keeps_the_one_it_has(names: list[str | None]) -> None:
    elements = [{"type": "button", "text": plain("x"), **({"action_id": name} if name else {})} for name in names]
    filled = fill_ids([{"type": "actions", "elements": elements}])
    given_names = [element["action_id"] for element in filled[0]["elements"]]
    assert all(given_names)
    assert [name for name, asked in zip(given_names, names, strict=True) if asked] == [name for name in names if name]
    assert filled[0]["block_id"]
