"""Whole messages, views and acknowledgements are refused with Slack's errors, and what Slack allows is accepted."""

from typing import Any

import pytest

from bot.rehearsal.checker import check_after_submission, check_message, check_suggested, check_view
from bot.rehearsal.wire import Refusal
from tests.bot.rehearsal.blocks import Json, field, line, modal, option, plain, words

LONG_FIELD = {"type": "section", "fields": [plain("x" * 2001)]}
METADATA = {"event_type": "made", "event_payload": {"key": "k"}}


@pytest.mark.parametrize(
    ("message", "code", "sentence"),
    [
        ({"text": "x" * 40_001}, "msg_too_long", "[json-pointer:/text]"),
        ({"text": 7}, "invalid_arguments", "must be a string [json-pointer:/text]"),
        ({"text": "x", "unfurl_links": "maybe"}, "invalid_arguments", "must be a boolean [json-pointer:/unfurl_links]"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format", "[json-pointer:/blocks]"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments", ""),
        ({"text": "x", "attachments": "x"}, "invalid_attachments", "[json-pointer:/attachments]"),
        ({"text": "x", "attachments": [{"color": 7}]}, "invalid_attachments", "[json-pointer:/attachments/0/color]"),
        (
            {
                "text": "x",
                "attachments": [{"blocks": [words("x"), {"type": "section", "fields": [plain("x" * 2001)]}]}],
            },
            "invalid_attachments",
            "must be less than 2001 characters [json-pointer:/attachments/0/blocks/1/fields/0/text]",
        ),
        ({"text": "x", "metadata": {"event_type": "a b", "event_payload": {}}}, "invalid_metadata_format", ""),
        ({"text": "x", "metadata": {"event_type": "made"}}, "invalid_metadata_format", ""),
        ({"text": "x", "metadata": {**METADATA, "more": 1}}, "invalid_metadata_format", ""),
        (
            {"text": "x", "metadata": {"event_type": "made", "event_payload": {"key": "x" * 16_000}}},
            "metadata_too_large",
            "",
        ),
    ],
)
def test_a_message_that_slack_refuses_is_refused_with_its_error(message: Json, code: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_message(message)
    assert refused.value.code == code
    assert not sentence or any(sentence in one for one in refused.value.messages), refused.value.messages


def test_a_message_with_everything_slack_allows_is_accepted() -> None:
    check_message(
        {
            "text": "x" * 40_000,
            "blocks": [words("x")],
            "attachments": [{"text": "x", "color": "#36a64f", "blocks": [words("x")], "anything": 1}] * 100,
            "metadata": METADATA,
            "unfurl_links": False,
            "unfurl_media": "false",
        }
    )


FORM = [field("what", line()), words("x")]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("done", "must provide an object"),
        ({"response_action": "shut"}, "must be one of: clear, update, push, errors [json-pointer:/response_action]"),
        ({"response_action": "errors"}, "[json-pointer:/errors]"),
        ({"response_action": "errors", "errors": {}}, "[json-pointer:/errors]"),
        ({"response_action": "errors", "errors": {"who": "No"}}, "no input block has this block_id"),
        ({"response_action": "errors", "errors": {"what": ""}}, "[json-pointer:/errors/what]"),
        ({"response_action": "update"}, "[json-pointer:/view]"),
        ({"response_action": "push", "view": modal(words(""))}, "[json-pointer:/view/blocks/0/text/text]"),
        ({"response_action": "push", "view": {"type": "home", "blocks": []}}, "must be of type modal"),
    ],
)
def test_an_answer_to_a_sent_modal_is_checked(answer: Any, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_after_submission(answer, FORM)
    assert any(sentence in one for one in refused.value.messages), refused.value.messages


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "",
        {},
        {"response_action": "clear"},
        {"response_action": "errors", "errors": {"what": "Try another word."}},
        {"response_action": "push", "view": modal(words("x"))},
    ],
)
def test_a_good_answer_to_a_sent_modal_is_accepted(answer: Any) -> None:
    check_after_submission(answer, FORM)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"options": [option("a")], "option_groups": []},
        {"options": [option(str(n)) for n in range(101)]},
        {"options": [option("x" * 76)]},
        {"option_groups": [{"label": plain("x"), "options": []}]},
    ],
)
def test_suggested_options_are_checked(answer: Any) -> None:
    with pytest.raises(Refusal, match="invalid_arguments"):
        check_suggested(answer)
    check_suggested({"options": []})
    check_suggested({"option_groups": [{"label": plain("x"), "options": [option("a")]}]})


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
        ({"type": "home", "blocks": [], "submit": plain("Send")}, "no additional properties allowed: submit"),
        (modal({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}), "unsupported type: table"),
        (modal(words("x"), blocks="x"), "[json-pointer:/view/blocks]"),
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
