"""Faults on demand reach an app as they would from Slack, happen as often as was asked, and can be undone."""

import time
from typing import Any
from urllib.error import HTTPError, URLError

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.bot.rehearsal.blocks import actions, button, modal, words
from tests.bot.rehearsal.conftest import SMALL_WORLD, client_of, connected
from tests.bot.rehearsal.test_sockets import Ear, listening
from tests.bot.rehearsal.test_web_api import refusal
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running


def texts(visitor: Visitor) -> list[str]:
    """What stands in the team's channel."""
    return [message["text"] for message in visitor.messages("CTEAM")]


def answer_to(call: Any, **named: Any) -> Any:
    """Slack's refusing answer, with its status and headers."""
    with pytest.raises(SlackApiError) as refused:
        call(**named)
    return refused.value.response


def test_too_many_calls_are_told_when_to_come_back_and_only_as_often_as_asked(
    client: WebClient, visitor: Visitor
) -> None:
    assert visitor.cause("rate_limited", method="chat.postMessage", seconds=7, times=2)["fault"]["left"] == 2
    for _ in range(2):
        answer = answer_to(client.chat_postMessage, channel="CTEAM", text="x")
        assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    client.chat_postMessage(channel="CTEAM", text="Now it goes")
    assert texts(visitor) == ["Now it goes"]
    assert visitor.faults() == []
    assert visitor.log()[1]["note"] == "fault: rate_limited"


def test_one_channel_alone_can_be_limited(client: WebClient, visitor: Visitor) -> None:
    visitor.cause("rate_limited", channel="CTEAM", times=0)
    client.chat_postMessage(channel="UONE", text="Elsewhere it goes")
    for _ in range(3):
        assert refusal(client.chat_postMessage, channel="CTEAM", text="x") == "ratelimited"
    [fault] = visitor.faults()
    assert fault["left"] is None
    assert visitor.undo(fault["id"])["ok"]
    client.chat_postMessage(channel="CTEAM", text="It goes again")
    assert visitor.undo(fault["id"])["error"] == "not_there"


def test_of_two_faults_that_end_a_call_it_meets_one_at_a_time(client: WebClient, visitor: Visitor) -> None:
    visitor.cause("server_error", method="chat.postMessage", after=True)
    visitor.cause("rate_limited", method="chat.postMessage")
    statuses = [answer_to(client.chat_postMessage, channel="CTEAM", text="x").status_code for _ in range(2)]
    assert statuses == [429, 500]
    assert texts(visitor) == ["x"]
    assert visitor.faults() == []


@pytest.mark.parametrize(("after", "kept"), [(False, []), (True, ["Perhaps"])])
def test_a_server_error_comes_before_or_after_the_message_is_kept(
    client: WebClient, visitor: Visitor, after: bool, kept: list[str]
) -> None:
    visitor.cause("server_error", method="chat.postMessage", status=503, after=after)
    answer = answer_to(client.chat_postMessage, channel="CTEAM", text="Perhaps")
    assert (answer.status_code, answer["error"]) == (503, "service_unavailable")
    assert texts(visitor) == kept


@pytest.mark.parametrize(("after", "kept"), [(False, []), (True, ["Perhaps"])])
def test_a_connection_breaks_without_an_answer_before_or_after_the_message_is_kept(
    client: WebClient, visitor: Visitor, after: bool, kept: list[str]
) -> None:
    visitor.cause("drop_connection", method="chat.postMessage", after=after)
    with pytest.raises((OSError, URLError)) as broken:
        client.chat_postMessage(channel="CTEAM", text="Perhaps")
    assert not isinstance(broken.value, HTTPError)
    assert texts(visitor) == kept
    newest = visitor.log()[0]
    assert (newest["ok"], newest["status"], newest["error"]) == (False, None, "connection_dropped")
    client.chat_postMessage(channel="CTEAM", text="Surely")
    assert texts(visitor) == [*kept, "Surely"]


@pytest.mark.parametrize(("kind", "seen_meanwhile"), [("delay", []), ("delay_after", ["Late"])])
def test_a_call_or_its_answer_waits(address: str, visitor: Visitor, kind: str, seen_meanwhile: list[str]) -> None:
    visitor.cause(kind, method="chat.postMessage", seconds=1.5)
    impatient = WebClient("xoxb-rehearsal", base_url=f"{address}api/", timeout=1, retry_handlers=[])
    with pytest.raises(OSError):
        impatient.chat_postMessage(channel="CTEAM", text="Late")
    assert texts(visitor) == seen_meanwhile
    visitor.wait_for_text("Late", "CTEAM")


def test_sockets_close_with_a_reason_or_without_and_the_app_comes_back(app: App, visitor: Visitor) -> None:
    @app.command("/levers")
    def start(ack: Any) -> None:
        ack()

    def connections_opened() -> int:
        return sum(entry["name"] == "apps.connections.open" for entry in visitor.log())

    with connected(app, ping_interval=0.5):
        for count, reason in enumerate(("warning", "refresh_requested", ""), start=2):
            visitor.wait_for(lambda: visitor.screen()["connected"])
            assert visitor.cause("drop_sockets", reason=reason)["ok"]
            visitor.wait_for(lambda expected=count: connections_opened() >= expected, f"after {reason!r}")
        visitor.wait_for(lambda: visitor.command("/levers", "CTEAM")["ok"])
    assert visitor.faults() == []


def test_a_duplicate_delivery_has_the_same_event_id(address: str, visitor: Visitor) -> None:
    ear = Ear(address)
    with listening(ear):
        visitor.wait_for(lambda: ear.heard)
        visitor.cause("duplicate_deliveries", times=2)
        visitor.say("Hello", "dm")
        assert visitor.command("/levers", "CTEAM")["ok"]
        visitor.wait_for(lambda: len(ear.heard) == 5)
    messages = [r.payload["event_id"] for r in ear.heard if r.payload.get("event", {}).get("type") == "message"]
    commands = [r.payload["trigger_id"] for r in ear.heard if r.type == "slash_commands"]
    assert (len(messages), len(set(messages)), len(commands), len(set(commands))) == (2, 1, 2, 1)


def test_a_deactivated_person_is_shown_as_such_and_gets_and_does_nothing(client: WebClient, visitor: Visitor) -> None:
    direct: Any = client.conversations_open(users="UONE")["channel"]
    fault = visitor.cause("deactivated_person", person="UONE")["fault"]
    assert client.users_info(user="UONE")["user"]["deleted"] is True  # type: ignore[index]
    assert refusal(client.conversations_open, users="UONE") == "user_disabled"
    assert refusal(client.chat_postMessage, channel="UONE", text="x") == "account_inactive"
    assert refusal(client.chat_postMessage, channel=direct["id"], text="x") == "account_inactive"
    assert visitor.as_person("UONE").say("x", "CTEAM")["error"] == "account_inactive"
    assert visitor.undo(fault["id"])["ok"]
    assert client.users_info(user="UONE")["user"]["deleted"] is False  # type: ignore[index]
    client.chat_postMessage(channel="UONE", text="Welcome back")


def test_an_archived_channel_takes_nothing_more(client: WebClient, visitor: Visitor) -> None:
    ts = str(client.chat_postMessage(channel="CTEAM", text="Before", blocks=[actions(button("go"))])["ts"])
    visitor.cause("archived_channel", channel="CTEAM")
    assert client.conversations_info(channel="CTEAM")["channel"]["is_archived"] is True  # type: ignore[index]
    assert refusal(client.chat_postMessage, channel="CTEAM", text="x") == "is_archived"
    assert refusal(client.chat_postEphemeral, channel="CTEAM", user="UREV", text="x") == "is_archived"
    assert refusal(client.chat_update, channel="CTEAM", ts=ts, text="x") == "is_inactive"
    assert refusal(client.pins_add, channel="CTEAM", timestamp=ts) == "is_archived"
    assert visitor.say("x", "CTEAM")["error"] == "is_archived"
    assert texts(visitor) == ["Before"]


def test_a_revoked_token_opens_nothing(client: WebClient, visitor: Visitor, app: App) -> None:
    with connected(app):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        visitor.cause("revoked_token")
        visitor.wait_for(lambda: not visitor.screen()["connected"])
        for call in (client.auth_test, client.users_list):
            assert refusal(call) == "token_revoked"
        assert refusal(client.apps_connections_open, app_token="xapp-rehearsal") == "token_revoked"
        assert client.api_test()["ok"]
        visitor.undo()
    assert client.auth_test()["ok"]


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("pins.add", "unknown_method"),
        ("canvases.create", "canvas_disabled_user_team"),
        ("slackLists.create", "unknown_method"),
    ],
)
def test_a_method_can_be_missing_on_a_plan(client: WebClient, visitor: Visitor, method: str, error: str) -> None:
    visitor.cause("missing_method", method=method)
    assert refusal(client.api_call, method) == error
    assert client.auth_test()["ok"]


def test_acknowledgements_can_go_unheard_for_a_while(app: App, visitor: Visitor) -> None:
    triggers: list[str] = []

    @app.command("/levers")
    def start(ack: Any, command: dict[str, Any]) -> None:
        triggers.append(command["trigger_id"])
        ack()

    @app.view("form")
    def form(ack: Any) -> None:
        ack()

    with connected(app):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        visitor.command("/levers", "CTEAM")
        app.client.views_open(trigger_id=triggers[0], view=modal(words("x")))
        visitor.cause("late", seconds=1)
        late = visitor.submit()
        assert (late["error"], visitor.modal()["callback_id"]) == ("operation_timeout", "form")  # type: ignore[index]
        assert "within three seconds" in late["sentence"]
        visitor.wait_for(lambda: visitor.submit()["ok"])
    assert visitor.faults() == []


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("earthquake", {}, "no kind of fault called 'earthquake'"),
        ("delay", {"seconds": -1}, "seconds must be a number from 0"),
        ("delay", {"times": True}, "times must be a number"),
        ("server_error", {"status": 200}, "status must be a number from 500"),
        ("server_error", {"after": "yes"}, "after must be true or false"),
        ("drop_sockets", {"reason": "boredom"}, "reason must be one of"),
        ("missing_method", {}, "needs the field method"),
        ("delay", {"colour": "red"}, "has no field colour"),
        ("archived_channel", {"channel": "CNOWHERE"}, "channel_not_found"),
        ("deactivated_person", {"person": "UNOBODY"}, "user_not_found"),
    ],
)
def test_a_fault_that_cannot_be_made_is_refused_with_a_sentence(
    visitor: Visitor, kind: str, fields: dict[str, Any], sentence: str
) -> None:
    answer = visitor.cause(kind, **fields)
    assert answer["ok"] is False
    assert sentence in answer["sentence"]
    assert visitor.faults() == []


def test_no_fault_outlives_its_rehearsal(tmp_path: Any) -> None:
    options = ("--world", str(SMALL_WORLD))
    with running(tmp_path / "state", *options) as url:
        Visitor(url, "UREV").cause("revoked_token")
        assert refusal(client_of(url).auth_test) == "token_revoked"
    with running(tmp_path / "state", *options) as url:
        assert Visitor(url, "UREV").faults() == []
        assert client_of(url).auth_test()["ok"]


def test_a_fault_that_stands_slows_nobody_else_down(client: WebClient, visitor: Visitor) -> None:
    visitor.cause("delay", method="chat.postMessage", seconds=30)
    began = time.monotonic()
    client.users_list()
    assert time.monotonic() - began < 5
