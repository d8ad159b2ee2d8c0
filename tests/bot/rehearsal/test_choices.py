"""Menus that ask the app, files, rich text and checked fields reach an ordinary app as Slack would bring them."""

import os
from typing import Any

import pytest
from slack_bolt import App

from tests.bot.rehearsal.blocks import actions, button, field, line, modal, option, plain, words
from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.visitor import Visitor

Json = dict[str, Any]
LEVELS = [option("low"), option("high")]


def shows(app: App, *blocks: Json, **answer: Any) -> list[Json]:
    """Have `/levers` open a form with these blocks, and acknowledge it with ``answer``; the views that are sent."""
    sent: list[Json] = []

    @app.command("/levers")
    def start(ack: Any, client: Any, command: Json) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=modal(*blocks))

    @app.view("form")
    def form(ack: Any, view: Json) -> None:
        sent.append(view)
        ack(**answer)

    return sent


def opened(visitor: Visitor) -> Json:
    visitor.command("/levers", "CTEAM")
    return visitor.wait_for_modal("form")


def test_a_menu_offers_what_the_app_suggests_and_nothing_else_can_be_chosen(app: App, visitor: Visitor) -> None:
    asked: list[Json] = []
    sent = shows(app, field("level", {"type": "external_select", "action_id": "pick", "min_query_length": 2}))

    @app.options("pick")
    def suggest(ack: Any, body: Json) -> None:
        asked.append(body)
        ack(options=[one for one in LEVELS if body["value"] in one["value"]])

    with connected(app):
        view = opened(visitor)
        place = {"view_id": view["id"], "block_id": "level", "action_id": "pick"}
        assert visitor.suggest("l", **place)["options"] == []
        assert asked == []
        assert visitor.suggest("lo", **place)["options"] == [LEVELS[0]]
        assert visitor.submit({"level": "high"})["error"] == "not_offered"
        assert visitor.submit({"level": "low"})["ok"]
    (body,) = asked
    assert (body["type"], body["value"], body["action_id"], body["block_id"]) == (
        "block_suggestion",
        "lo",
        "pick",
        "level",
    )
    assert body["view"]["id"] == body["container"]["view_id"] == view["id"]
    assert sent[0]["state"]["values"]["level"]["pick"]["selected_option"] == LEVELS[0]


def test_a_menu_in_a_message_may_offer_groups_and_bad_suggestions_are_refused(app: App, visitor: Visitor) -> None:
    chosen: list[Json] = []
    menu = {"type": "multi_external_select", "action_id": "pick", "min_query_length": 0, "max_selected_items": 2}

    @app.options("pick")
    def suggest(ack: Any, body: Json) -> None:
        if body["value"] == "bad":
            ack(options=[option("x" * 76)])
        else:
            ack(option_groups=[{"label": plain("Levels"), "options": LEVELS}])

    @app.action("pick")
    def pick(ack: Any, action: Json) -> None:
        ack()
        chosen.append(action)

    with connected(app):
        blocks = [{**words("Choose"), "block_id": "b", "accessory": menu}]
        ts = app.client.chat_postMessage(channel="CTEAM", text="Choose", blocks=blocks)["ts"]
        place = {"channel": "CTEAM", "ts": ts, "block_id": "b", "action_id": "pick"}
        refused = visitor.suggest("bad", **place)
        assert (refused["ok"], refused["error"]) == (False, "invalid_arguments")
        assert visitor.suggest("", **place)["option_groups"][0]["options"] == LEVELS
        assert visitor.click("pick", ["high", "low"], channel="CTEAM")["ok"]
        visitor.wait_for(lambda: chosen)
    assert [one["value"] for one in chosen[0]["selected_options"]] == ["high", "low"]


def test_a_file_given_to_a_form_arrives_as_a_file_object(app: App, visitor: Visitor) -> None:
    content = os.urandom(2000) + b"\r\n--not a boundary\r\n\x00"
    sent = shows(
        app, field("proof", {"type": "file_input", "action_id": "file", "filetypes": ["pdf", "csv"], "max_files": 1})
    )
    with connected(app):
        view = opened(visitor)
        place = {"view_id": view["id"], "block_id": "proof", "action_id": "file"}
        assert "proof" in visitor.submit()["errors"]
        assert "pdf, csv" in visitor.upload("notes.txt", b"x", **place)["sentence"]
        assert "empty" in visitor.upload("notes.csv", b"", **place)["sentence"]
        file = visitor.upload("Plän 1.csv", content, **place)["file"]
        assert "at most 1 file" in visitor.upload("two.csv", b"x", **place)["sentence"]
        assert visitor.as_person("UONE").upload("a.csv", b"x", **place)["error"] == "not_there"
        assert visitor.submit({"proof": ["F000"]})["error"] == "not_offered"
        assert visitor.submit({"proof": [file["id"]]})["ok"]
    (held,) = sent[0]["state"]["values"]["proof"]["file"]["files"]
    assert (held["name"], held["size"], held["user"]) == ("Plän 1.csv", len(content), "UREV")
    assert visitor.download(held["url_private_download"]) == content
    assert app.client.files_info(file=held["id"])["file"]["id"] == held["id"]  # type: ignore[index]


def test_rich_text_arrives_as_a_rich_text_block(app: App, visitor: Visitor) -> None:
    sent = shows(app, field("why", {"type": "rich_text_input", "action_id": "text"}))
    with connected(app):
        opened(visitor)
        assert "why" in visitor.submit({"why": ""})["errors"]
        assert visitor.submit({"why": "Because <b> & more"})["ok"]
    block = sent[0]["state"]["values"]["why"]["text"]["rich_text_value"]
    assert block["type"] == "rich_text"
    assert block["elements"][0]["elements"] == [{"type": "text", "text": "Because <b> & more"}]


WRONG: list[tuple[str, Json, Any, str]] = [
    ("plain_text_input", {"min_length": 5}, "four", "at least 5"),
    ("plain_text_input", {"max_length": 3}, "four", "at most 3"),
    ("number_input", {"is_decimal_allowed": False}, "2.0", "whole number"),
    ("number_input", {"is_decimal_allowed": True}, "nan", "not a number"),
    ("number_input", {"is_decimal_allowed": True}, "1e3", "not a number"),
    ("number_input", {"is_decimal_allowed": False}, "٣", "not a number"),
    ("number_input", {"is_decimal_allowed": False, "min_value": "-2"}, "-3", "smallest number allowed is -2"),
    ("number_input", {"is_decimal_allowed": True, "max_value": "2.5"}, "2.51", "largest number allowed is 2.5"),
    ("email_text_input", {}, "ana at example.org", "not an e-mail address"),
    ("email_text_input", {}, "ana@example", "not an e-mail address"),
    ("url_text_input", {}, "example.org", "not a web address"),
    ("url_text_input", {}, "https://", "not a web address"),
    ("multi_users_select", {"max_selected_items": 1}, ["UONE", "UTWO"], "at most 1"),
]


@pytest.mark.parametrize(("kind", "more", "typed", "sentence"), WRONG)
def test_a_form_says_what_is_wrong_before_anything_is_sent(
    app: App, visitor: Visitor, kind: str, more: Json, typed: Any, sentence: str
) -> None:
    sent = shows(app, field("what", {"type": kind, "action_id": "a", **more}))
    with connected(app):
        opened(visitor)
        assert sentence in visitor.submit({"what": typed})["errors"]["what"]
    assert sent == []


RIGHT: list[tuple[str, Json, Any, Json]] = [
    ("number_input", {"is_decimal_allowed": True, "min_value": "-1"}, "-0.5", {"value": "-0.5"}),
    ("email_text_input", {}, "ana.amsel+x@example.co.uk", {"value": "ana.amsel+x@example.co.uk"}),
    ("url_text_input", {}, "http://localhost:8000/a?b#c", {"value": "http://localhost:8000/a?b#c"}),
    ("timepicker", {"timezone": "UTC"}, "14:30", {"selected_time": "14:30", "timezone": "UTC"}),
    ("datetimepicker", {}, 1_700_000_000, {"selected_date_time": 1_700_000_000}),
    ("multi_users_select", {}, ["UONE", "UTWO"], {"selected_users": ["UONE", "UTWO"]}),
    ("checkboxes", {"options": LEVELS}, ["high"], {"selected_options": [LEVELS[1]]}),
    ("radio_buttons", {"options": LEVELS}, "low", {"selected_option": LEVELS[0]}),
]


@pytest.mark.parametrize(("kind", "more", "typed", "state"), RIGHT)
def test_what_stands_in_a_form_arrives_in_its_state(
    app: App, visitor: Visitor, kind: str, more: Json, typed: Any, state: Json
) -> None:
    sent = shows(app, field("what", {"type": kind, "action_id": "a", **more}))
    with connected(app):
        opened(visitor)
        assert visitor.submit({"what": typed})["ok"]
    assert sent[0]["state"]["values"]["what"]["a"] == {"type": kind, **state}


def test_what_stands_there_at_first_is_sent_untouched(app: App, visitor: Visitor) -> None:
    sent = shows(
        app,
        field("day", {"type": "datepicker", "action_id": "a", "initial_date": "2026-12-02"}),
        field("who", {"type": "multi_users_select", "action_id": "a", "initial_users": ["UONE"]}),
        field("level", {"type": "external_select", "action_id": "a", "initial_option": LEVELS[0]}),
        field("note", line("a", initial_value="Read & <write>")),
        field("empty", line("a"), optional=True),
    )
    with connected(app):
        opened(visitor)
        assert visitor.submit()["ok"]
    held = {block: elements["a"] for block, elements in sent[0]["state"]["values"].items()}
    assert held["day"]["selected_date"] == "2026-12-02"
    assert held["who"]["selected_users"] == ["UONE"]
    assert held["level"]["selected_option"] == LEVELS[0]
    assert held["note"]["value"] == "Read & <write>"
    assert held["empty"]["value"] is None


def test_an_input_tells_the_app_of_a_choice_only_where_it_is_asked_to(app: App, visitor: Visitor) -> None:
    heard: list[Json] = []
    sent = shows(app, field("quiet", line("quiet")), field("loud", line("loud"), dispatch_action=True))

    @app.action("loud")
    def loud(ack: Any, action: Json) -> None:
        ack()
        heard.append(action)

    with connected(app):
        opened(visitor)
        assert visitor.click("quiet", "one")["ok"]
        assert visitor.click("loud", "two")["ok"]
        visitor.wait_for(lambda: heard)
        assert visitor.submit()["ok"]
    assert [(one["type"], one["value"], one["block_id"]) for one in heard] == [("plain_text_input", "two", "loud")]
    values = sent[0]["state"]["values"]
    assert (values["quiet"]["quiet"]["value"], values["loud"]["loud"]["value"]) == ("one", "two")


def test_feedback_and_icon_buttons_say_which_was_pressed(app: App, visitor: Visitor) -> None:
    heard: list[Json] = []
    thumbs = {"text": plain("Good"), "value": "good"}
    feedback = {"type": "feedback_buttons", "action_id": "rate", "positive_button": thumbs}
    elements = [
        {**feedback, "negative_button": {"text": plain("Bad"), "value": "bad"}},
        {"type": "icon_button", "action_id": "away", "icon": "trash", "text": plain("Delete"), "value": "7"},
    ]

    @app.action("rate")
    @app.action("away")
    def pressed(ack: Any, action: Json) -> None:
        ack()
        heard.append(action)

    with connected(app):
        blocks = [{"type": "context_actions", "elements": elements}]
        app.client.chat_postMessage(channel="CTEAM", text="How was it?", blocks=blocks)
        assert visitor.click("rate", "fine", channel="CTEAM")["error"] == "not_offered"
        assert visitor.click("rate", "bad", channel="CTEAM")["ok"]
        assert visitor.click("away", channel="CTEAM")["ok"]
        visitor.wait_for(lambda: len(heard) == 2)
    assert [one["value"] for one in heard] == ["bad", "7"]


def test_buttons_inside_a_container_can_be_pressed(app: App, visitor: Visitor) -> None:
    heard: list[str] = []

    @app.action("go")
    def go(ack: Any, action: Json) -> None:
        ack()
        heard.append(action["block_id"])

    with connected(app):
        block = {"type": "container", "title": plain("Box"), "child_blocks": [actions(button("go"), block_id="in")]}
        ts = app.client.chat_postMessage(channel="CTEAM", text="Box", blocks=[block])["ts"]
        assert visitor.click("go", channel="CTEAM", ts=ts, block_id="in")["ok"]
        visitor.wait_for(lambda: heard)
    assert heard == ["in"]


def test_a_bad_answer_to_a_form_is_shown_to_the_person_with_its_place(app: App, visitor: Visitor) -> None:
    shows(app, field("what", line()), response_action="errors", errors={"elsewhere": "No"})
    with connected(app):
        opened(visitor)
        answer = visitor.submit({"what": "x"})
    assert answer["error"] == "invalid_arguments"
    assert answer["messages"] == ["[ERROR] no input block has this block_id [json-pointer:/errors/elsewhere]"]
    assert visitor.modal() is not None


TYPED = "Tom & Ana <!channel> <@UNOBODY> <@UONE> &lt;"
SAID = "Tom &amp; Ana &lt;!channel&gt; &lt;@UNOBODY&gt; <@UONE> &lt;"


def test_what_people_type_reaches_events_and_commands_escaped_and_forms_as_it_is(app: App, visitor: Visitor) -> None:
    heard: list[str] = []
    sent = shows(app, field("what", line()))

    @app.event("message")
    def message(event: Json) -> None:
        heard.append(event["text"])

    @app.shortcut("add")
    def add(ack: Any, shortcut: Json) -> None:
        ack()
        heard.append(shortcut["message"]["text"])

    with connected(app):
        ts = visitor.say(TYPED, "CTEAM")["ts"]
        visitor.wait_for(lambda: heard)
        visitor.shortcut("add", ts, "CTEAM")
        opened(visitor)
        assert visitor.submit({"what": TYPED})["ok"]
    assert heard == [SAID, SAID]
    assert visitor.messages("CTEAM")[-1]["text"] == SAID
    assert sent[0]["state"]["values"]["what"]["text"]["value"] == TYPED


def test_a_command_carries_escaped_text(app: App, visitor: Visitor) -> None:
    texts: list[str] = []

    @app.command("/levers")
    def start(ack: Any, command: Json) -> None:
        ack()
        texts.append(command["text"])

    with connected(app):
        visitor.command("/levers R&D <!here> @one", "CTEAM")
    assert texts == ["R&amp;D &lt;!here&gt; @one"]
