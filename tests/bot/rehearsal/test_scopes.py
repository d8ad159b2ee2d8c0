"""The app may do what its manifest asks for, and nothing else; what is missing is named as Slack names it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt import App
from slack_sdk import WebClient

from bot.rehearsal.api.desk import METHODS
from bot.rehearsal.api.scopes import METHODS as SCOPES
from bot.rehearsal.manifest import under_manifest
from bot.rehearsal.world import DEFAULT_WORLD, WorldError, read_world
from tests.bot.rehearsal.conftest import ROOT, SMALL_WORLD, client_of, connected
from tests.bot.rehearsal.test_faults import answer_to
from tests.bot.rehearsal.test_web_api import refusal
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [{"command": "/greet", "description": "Greets"}],
        "shortcuts": [{"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keeps"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "groups:read", "commands", "im:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.im", "message.groups"]}},
}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A workspace whose app has the scopes of MANIFEST, read as JSON."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(MANIFEST))
    with running(tmp_path / "state", "--world", str(SMALL_WORLD), "--manifest", str(manifest)) as url:
        yield url


def test_a_call_without_its_scope_is_told_what_is_needed_and_what_there_is(client: WebClient) -> None:
    answer = answer_to(client.users_list)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert answer["provided"] == "chat:write,commands,groups:read,im:history"
    assert answer.headers["x-accepted-oauth-scopes"] == "users:read"


def test_the_scope_of_a_conversation_follows_its_kind(client: WebClient) -> None:
    answer = client.conversations_info(channel="CTEAM")
    assert answer.headers["x-oauth-scopes"] == "chat:write,commands,groups:read,im:history"
    assert answer_to(client.conversations_info, channel="CHALL")["needed"] == "channels:read"
    assert answer_to(client.conversations_history, channel="CTEAM")["needed"] == "groups:history"
    assert answer_to(client.conversations_list, types="private_channel,im")["needed"] == "im:read"
    found: Any = client.conversations_list(types="private_channel")["channels"]
    assert [channel["id"] for channel in found] == ["CTEAM"]
    assert refusal(client.conversations_join, channel="CHALL") == "missing_scope"


def test_what_needs_no_scope_works_with_any(client: WebClient) -> None:
    assert client.auth_test()["ok"]
    ts = str(client.chat_postMessage(channel="CTEAM", text="x")["ts"])
    assert client.chat_getPermalink(channel="CTEAM", message_ts=ts)["ok"]
    assert client.views_publish(user_id="UONE", view={"type": "home", "blocks": []})["ok"]


def test_an_event_without_its_scope_is_not_heard(app: App, visitor: Visitor) -> None:
    heard: list[str] = []

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    with connected(app):
        visitor.wait_for(lambda: visitor.screen()["connected"])
        visitor.say("To the team", "CTEAM")
        visitor.say("To the app", "dm")
        visitor.wait_for(lambda: heard)
    assert heard == ["To the app"]


def test_commands_and_shortcuts_are_the_manifests(visitor: Visitor) -> None:
    described = visitor.world()["app"]
    assert [command["command"] for command in described["commands"]] == ["/greet"]
    assert [shortcut["callback_id"] for shortcut in described["shortcuts"]] == ["keep"]
    assert visitor.command("/levers", "CTEAM")["error"] == "unknown_command"


def test_without_a_manifest_the_world_file_may_name_the_scopes(tmp_path: Path) -> None:
    raw = yaml.safe_load(SMALL_WORLD.read_text())
    raw["app"]["scopes"] = ["chat:write"]
    world = tmp_path / "world.yaml"
    world.write_text(yaml.safe_dump(raw))
    with running(tmp_path / "state", "--world", str(world)) as url:
        assert refusal(client_of(url).users_list) == "missing_scope"


def test_every_scope_in_the_table_belongs_to_a_method_that_is_there() -> None:
    assert set(SCOPES) <= set(METHODS)


def test_levers_own_manifest_can_be_read() -> None:
    app = under_manifest(read_world(DEFAULT_WORLD), ROOT / "bot" / "manifest.yaml").app
    assert app.scopes is not None
    assert "chat:write" in app.scopes
    assert "message.im" in app.events
    assert [command["command"] for command in app.commands] == ["/levers"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "neither YAML nor JSON"),
        ("[]", "must be a mapping"),
        ("oauth_config: 3", "what is above scopes is not a mapping"),
        ("oauth_config: {scopes: {bot: chat}}", "must be a list"),
        ("oauth_config: {scopes: {bot: [1]}}", "only text"),
        ("features: {slash_commands: [{description: x}]}", "needs command"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_by_key(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text(content)
    with pytest.raises(WorldError, match=sentence) as refused:
        under_manifest(read_world(SMALL_WORLD), path)
    assert str(path) in str(refused.value)
