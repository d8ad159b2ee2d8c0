"""An app that listens for HTTP gets everything signed, in Slack's encodings, and events until it has taken them."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App

from tests.bot.rehearsal.blocks import actions, button, field, line, modal
from tests.bot.rehearsal.conftest import SMALL_WORLD, client_of
from tests.bot.rehearsal.http_mode import Heard, HttpEar, free_port, hearing, served
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running


@pytest.fixture
def port() -> int:
    """Where the app listens."""
    return free_port()


@pytest.fixture
def address(tmp_path: Path, port: int) -> Iterator[str]:
    """A workspace that reaches its app over HTTP, and retries soon."""
    options = ["--world", str(SMALL_WORLD), "--retry-after", "0.05,0.1,0.15"]
    options += ["--request-url", f"http://127.0.0.1:{port}/slack/events"]
    with running(tmp_path / "state", *options) as url:
        yield url


def events(ear: HttpEar, kind: str) -> list[Heard]:
    """What the ear heard of one type of event."""
    found = [h for h in ear.heard if h.headers["content-type"] == "application/json"]
    return [h for h in found if h.json.get("event", {}).get("type") == kind]


def test_bolt_behind_http_answers_a_command_a_click_a_modal_and_an_event(
    address: str, visitor: Visitor, port: int
) -> None:
    app = App(client=client_of(address), signing_secret="rehearsal")
    said: list[str] = []

    @app.command("/levers")
    def start(ack: Any, command: dict[str, Any], client: Any) -> None:
        client.views_open(trigger_id=command["trigger_id"], view=modal(field("what", line())))
        ack(f"Only you see {command['text']}")

    @app.view("form")
    def form(ack: Any, view: dict[str, Any]) -> None:
        if view["state"]["values"]["what"]["text"]["value"] == "wrong":
            ack(response_action="errors", errors={"what": "Try another word."})
        else:
            ack()

    @app.action("go")
    def go(ack: Any, respond: Any, action: dict[str, Any]) -> None:
        ack()
        respond(text=f"Pressed {action['value']}", replace_original=True)

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        said.append(event["text"])

    with served(app, port):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        assert visitor.command("/levers été & co", "CTEAM")["ok"]
        visitor.wait_for_text("Only you see été &amp; co", "CTEAM")
        visitor.wait_for_modal("form")
        assert visitor.submit({"what": "wrong"})["errors"] == {"what": "Try another word."}
        assert visitor.submit({"what": "right"})["ok"]
        app.client.chat_postMessage(channel="CTEAM", text="Card", blocks=[actions(button("go", value="7"))])
        assert visitor.click("go", channel="CTEAM")["ok"]
        visitor.wait_for_text("Pressed 7", "CTEAM")
        visitor.say("Hello", "dm")
        visitor.wait_for(lambda: "Hello" in said)


def test_every_request_is_signed_with_the_secret_and_the_time(visitor: Visitor, port: int) -> None:
    with hearing(HttpEar(), port) as ear:
        visitor.wait_for(lambda: visitor.screen()["connected"])
        assert visitor.command("/levers now", "CTEAM")["ok"]
        visitor.wait_for(lambda: len(ear.heard) >= 3)
    for heard in ear.heard:
        stamp = heard.headers["x-slack-request-timestamp"]
        base = b"v0:" + stamp.encode() + b":" + heard.content
        expected = "v0=" + hmac.new(b"rehearsal", base, hashlib.sha256).hexdigest()
        assert heard.headers["x-slack-signature"] == expected
        assert abs(time.time() - int(stamp)) < 60


def test_commands_are_forms_interactions_a_form_field_and_events_json(
    address: str, visitor: Visitor, port: int
) -> None:
    with hearing(HttpEar(), port) as ear:
        visitor.wait_for(lambda: visitor.screen()["connected"])
        visitor.command("/levers now", "CTEAM")
        client_of(address).chat_postMessage(channel="CTEAM", text="Card", blocks=[actions(button("go"))])
        visitor.click("go", channel="CTEAM")
        visitor.wait_for(lambda: events(ear, "member_joined_channel"))
    forms = [heard.form for heard in ear.heard if heard.headers["content-type"].endswith("urlencoded")]
    assert ear.heard[0].json["type"] == "url_verification"
    assert (forms[0]["command"], forms[0]["text"]) == ("/levers", "now")
    assert json.loads(forms[1]["payload"])["type"] == "block_actions"


def test_an_event_comes_again_with_number_and_reason_until_it_is_taken(visitor: Visitor, port: int) -> None:
    with hearing(HttpEar(answers=[(500, {}), (503, {}), (404, {})]), port) as ear:
        visitor.wait_for(lambda: len(events(ear, "member_joined_channel")) == 4)
    found = events(ear, "member_joined_channel")
    assert [h.headers.get("x-slack-retry-num") for h in found] == [None, "1", "2", "3"]
    assert {h.headers["x-slack-retry-reason"] for h in found[1:]} == {"http_error"}
    assert len({h.json["event_id"] for h in found}) == 1
    notes = [entry["note"] for entry in visitor.log() if "member_joined" in entry["name"]]
    assert notes == ["retry 3 (http_error)", "retry 2 (http_error)", "retry 1 (http_error)", ""]


def test_an_event_that_is_answered_too_late_comes_again_as_a_timeout(visitor: Visitor, port: int) -> None:
    with hearing(HttpEar(answers=[3.5]), port) as ear:
        visitor.wait_for(lambda: len(events(ear, "member_joined_channel")) == 2)
    second = events(ear, "member_joined_channel")[1]
    assert second.headers["x-slack-retry-reason"] == "http_timeout"


def test_an_app_that_wants_no_retry_gets_none(visitor: Visitor, port: int) -> None:
    refusals = [(500, {"x-slack-no-retry": "1"}), (500, {}), (500, {}), (500, {})]
    with hearing(HttpEar(answers=[*refusals]), port) as ear:
        visitor.wait_for(lambda: events(ear, "member_joined_channel"))
        visitor.say("Again and again", "dm")
        visitor.wait_for(lambda: len(events(ear, "message")) == 4)
    assert len(events(ear, "member_joined_channel")) == 1


def test_a_person_is_told_when_the_app_answers_with_an_error_or_is_away(visitor: Visitor, port: int) -> None:
    assert visitor.command("/levers", "CTEAM")["error"] == "dispatch_failed"
    with hearing(HttpEar(), port) as ear:
        visitor.wait_for(lambda: events(ear, "member_joined_channel"))
        ear.answers.append((500, {}))
        assert visitor.command("/levers", "CTEAM")["error"] == "rejected"
    assert visitor.command("/levers", "CTEAM")["error"] == "dispatch_failed"
    assert visitor.screen()["connected"] is False
    with hearing(HttpEar(), port):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        assert visitor.command("/levers", "CTEAM")["ok"]
