"""The checker refuses what Slack refuses, names the place, and lets everything else through."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as slack

from bot.rehearsal.checker import check_message_blocks, check_view, fill_ids, problems_in_blocks
from bot.rehearsal.wire import Refusal
from tests.bot.rehearsal.blocks import Json, actions, button, field, line, menu, modal, option, plain, words

CONFIRM = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}


def section(**more: Any) -> Json:
    return {**words("Text"), **more}


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


def test_two_blocks_may_not_share_a_block_id() -> None:
    found = problems_in_blocks([section(block_id="one"), section(block_id="one")], "message")
    assert [problem.pointer for problem in found] == ["/blocks/1/block_id"]


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (modal(words("x"), title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(words("x"), submit=plain("x" * 25)), "[json-pointer:/view/submit/text]"),
        (modal(words("x"), private_metadata="x" * 3001), "[json-pointer:/view/private_metadata]"),
        (modal(field("a", line()), submit=None), "missing required field: submit"),
        (modal(*[words("x")] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(words("x"), channel="C1"), "no additional properties allowed: channel"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
        ({"type": "home", "blocks": [words("")]}, "[json-pointer:/view/blocks/0/text/text]"),
        ({"type": "poster", "blocks": []}, "must be a view of type modal or home"),
    ],
)
def test_a_view_that_slack_refuses_is_refused(view: Json, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_view(view)
    assert refused.value.code == "invalid_arguments"
    assert any(sentence in one for one in refused.value.messages), refused.value.messages


def test_a_view_of_a_quarter_megabyte_is_too_large() -> None:
    with pytest.raises(Refusal, match="view_too_large"):
        check_view(modal(*[words("x" * 3000)] * 90))


BUILT: list[tuple[str, Any, int]] = [
    ("section text", lambda size: slack.SectionBlock(text="x" * size), 3000),
    ("header", lambda size: slack.HeaderBlock(text="x" * size), 150),
    ("button text", lambda size: _in_actions(slack.ButtonElement(text="x" * size, action_id="a")), 75),
    ("button value", lambda size: _in_actions(slack.ButtonElement(text="x", action_id="a", value="x" * size)), 2000),
    ("action_id", lambda size: _in_actions(slack.ButtonElement(text="x", action_id="a" * size)), 255),
    ("elements", lambda size: _in_actions(*[slack.ButtonElement(text="x") for _ in range(size)]), 25),
    ("block_id", lambda size: slack.DividerBlock(block_id="b" * size), 255),
    ("context", lambda size: slack.ContextBlock(elements=[slack.PlainTextObject(text="x")] * size), 10),
    ("label", lambda size: slack.InputBlock(label="x" * size, element=slack.PlainTextInputElement()), 2000),
    ("option", lambda size: _in_actions(_menu_of(slack.Option(value="v", label="x" * size))), 75),
    ("options", lambda size: _in_actions(_menu_of(*[slack.Option(value=str(n), label="x") for n in range(size)])), 100),
    ("overflow", lambda size: _in_actions(_overflow(size)), 5),
    ("confirm title", lambda size: _in_actions(_confirmed(title="x" * size)), 100),
    ("confirm text", lambda size: _in_actions(_confirmed(text="x" * size)), 300),
]


def _in_actions(*elements: Any) -> slack.ActionsBlock:
    return slack.ActionsBlock(elements=list(elements))


def _menu_of(*options: slack.Option) -> slack.StaticSelectElement:
    return slack.StaticSelectElement(action_id="a", options=list(options))


def _overflow(size: int) -> slack.OverflowMenuElement:
    options = [slack.Option(value=str(n), label="x") for n in range(size)]
    return slack.OverflowMenuElement(action_id="a", options=options)


def _confirmed(title: str = "Sure?", text: str = "Really") -> slack.ButtonElement:
    return slack.ButtonElement(text="x", action_id="a", confirm=slack.ConfirmObject(title=title, text=text))


@pytest.mark.parametrize(("build", "limit"), [row[1:] for row in BUILT], ids=[row[0] for row in BUILT])
def test_the_limits_are_those_of_slacks_own_models(build: Any, limit: int) -> None:
    assert problems_in_blocks([build(limit).to_dict()], "message") == []
    over = build(limit + 1)
    with pytest.raises(SlackObjectFormationError):
        over.to_dict()
    unchecked = {**over.to_dict_unchecked()} if hasattr(over, "to_dict_unchecked") else _bare(over)
    assert problems_in_blocks([unchecked], "message") != []


def _bare(block: Any) -> Json:
    block.validate_json = lambda: None
    for element in [*(getattr(block, "elements", None) or []), getattr(block, "element", None)]:
        if element is not None:
            _quiet(element)
    for name in ("text", "label"):
        if getattr(block, name, None) is not None:
            _quiet(getattr(block, name))
    return dict(block.to_dict())


def _quiet(part: Any) -> None:
    part.validate_json = lambda: None
    for name in ("text", "confirm", "options", "title"):
        inner = getattr(part, name, None)
        for one in inner if isinstance(inner, list) else [inner]:
            if hasattr(one, "validate_json"):
                _quiet(one)


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
