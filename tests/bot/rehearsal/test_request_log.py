"""The request log shows what the app sent and what was sent to it, and gives no secret away."""

import json
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.rehearsal.log import without_secrets
from tests.bot.rehearsal.blocks import actions, button
from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.visitor import Json, Visitor


def entry(visitor: Visitor, name: str) -> Json:
    """The newest entry of this name."""
    return next(found for found in visitor.log() if found["name"] == name)


def test_a_call_its_answer_and_its_time_are_shown(client: WebClient, visitor: Visitor) -> None:
    client.chat_postMessage(channel="CTEAM", text="Hello")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="CHALL", text="Hello")
    refused, posted = visitor.log()[:2]
    assert (posted["direction"], posted["name"], posted["status"], posted["ok"]) == (
        "from_app",
        "chat.postMessage",
        200,
        True,
    )
    assert posted["request"] == {"channel": "CTEAM", "text": "Hello"}
    assert posted["answer"]["message"]["text"] == "Hello"
    assert 0 < posted["took_ms"] < 5000
    assert (refused["ok"], refused["error"]) == (False, "not_in_channel")


def test_what_the_app_is_sent_and_answers_is_shown_too(app: App, visitor: Visitor) -> None:
    @app.command("/levers")
    def start(ack: Any) -> None:
        ack("Only for you")

    @app.action("go")
    def go(ack: Any, respond: Any) -> None:
        ack()
        respond("Done")

    with connected(app):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        visitor.command("/levers now", "CTEAM")
        app.client.chat_postMessage(channel="CTEAM", text="Card", blocks=[actions(button("go"))])
        visitor.click("go", channel="CTEAM")
        visitor.wait_for_text("Done", "CTEAM")
        visitor.wait_for(lambda: any("member_joined" in found["name"] for found in visitor.log()))
    command = entry(visitor, "slash_commands: /levers")
    assert (command["direction"], command["request"]["text"], command["answer"]) == (
        "to_app",
        "now",
        {"text": "Only for you"},
    )
    assert entry(visitor, "interactive: block_actions")["ok"]
    assert entry(visitor, "response_url")["request"]["text"] == "Done"
    assert entry(visitor, "events_api: member_joined_channel")["direction"] == "to_app"


def test_no_token_and_no_address_that_works_like_one_is_shown(app: App, visitor: Visitor) -> None:
    @app.command("/levers")
    def start(ack: Any) -> None:
        ack()

    with connected(app):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        visitor.command("/levers", "CTEAM")
        app.client.files_upload_v2(channel="CTEAM", filename="a.txt", content="a")
    shown = json.dumps(visitor.log())
    assert "apps.connections.open" in shown
    for secret in ("xoxb-", "xapp-", "ws://", "/response/", "/upload/", '"verification"', "ticket"):
        assert secret not in shown


def test_the_log_goes_on_from_a_number_and_stops_at_a_limit(client: WebClient, visitor: Visitor) -> None:
    for _ in range(4):
        client.api_test()
    numbers = [found["number"] for found in visitor.log()]
    assert numbers == sorted(numbers, reverse=True)
    after = visitor._get("/practice/log", after=numbers[2], limit=1)["entries"]
    assert [found["number"] for found in after] == [numbers[0]]
    assert len(visitor._get("/practice/log", after="soon", limit="²")["entries"]) == 4


def test_very_long_text_is_cut_in_the_log_alone() -> None:
    assert len(without_secrets({"text": "x" * 50_000})["text"]) < 11_000
