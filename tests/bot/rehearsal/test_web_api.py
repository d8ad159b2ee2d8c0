"""The Web API answers and refuses as Slack's does, to the official client and to bare requests."""

import json
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.bot.rehearsal.blocks import actions, button, modal, words
from tests.bot.rehearsal.conftest import client_of, connected
from tests.bot.rehearsal.visitor import Visitor


def refusal(call: Any, *arguments: Any, **named: Any) -> str:
    """The error code a call is refused with."""
    with pytest.raises(SlackApiError) as refused:
        call(*arguments, **named)
    return str(refused.value.response["error"])


def test_the_app_learns_who_it_is(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("UBOT", "BBOT", "TSMALL")


def test_tokens_are_checked(address: str, client: WebClient) -> None:
    assert refusal(client_of(address, "").auth_test) == "not_authed"
    assert refusal(client_of(address, "xoxb-other").auth_test) == "invalid_auth"
    assert refusal(client_of(address, "xapp-rehearsal").auth_test) == "not_allowed_token_type"
    assert refusal(client.apps_connections_open, app_token="xoxb-rehearsal") == "not_allowed_token_type"
    assert client.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert refusal(client.api_call, "chat.nothing") == "unknown_method"


def test_posting_is_refused_as_slack_refuses_it(client: WebClient, visitor: Visitor) -> None:
    post = client.chat_postMessage
    assert refusal(post, channel="CNOWHERE", text="x") == "channel_not_found"
    assert refusal(post, channel="CHALL", text="x") == "not_in_channel"
    assert refusal(post, channel="CCLOSED", text="x") == "channel_not_found"
    assert refusal(post, channel="CTEAM", text="") == "no_text"
    assert refusal(post, channel="CTEAM", text="x" * 40_001) == "msg_too_long"
    assert refusal(post, channel="CTEAM", text="x", blocks=[words("")]) == "invalid_blocks"
    assert refusal(post, channel="CTEAM", text="x", blocks="[{") == "invalid_blocks_format"
    assert refusal(client.chat_postEphemeral, channel="CTEAM", user="UNOBODY", text="x") == "user_not_found"
    ts = visitor.say("Mine", "CTEAM")["ts"]
    assert refusal(client.chat_update, channel="CTEAM", ts=ts, text="x") == "cant_update_message"
    assert refusal(client.chat_delete, channel="CTEAM", ts=ts) == "cant_delete_message"
    assert refusal(client.chat_update, channel="CTEAM", ts="1.000000", text="x") == "message_not_found"


def test_an_update_of_the_text_alone_keeps_the_blocks(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="CTEAM", text="one", blocks=[words("Kept")])["ts"]
    kept: Any = client.chat_update(channel="CTEAM", ts=ts, text="two")["message"]
    assert (kept["text"], kept["blocks"][0]["text"]["text"]) == ("two", "Kept")
    cleared: Any = client.chat_update(channel="CTEAM", ts=ts, text="three", blocks=[])["message"]
    assert (cleared["text"], cleared["blocks"]) == ("three", [])


def test_a_user_id_as_channel_reaches_the_direct_message(client: WebClient, visitor: Visitor) -> None:
    opened: Any = client.conversations_open(users="UONE")["channel"]
    posted = client.chat_postMessage(channel="UONE", text="To you")
    assert posted["channel"] == opened["id"]
    assert visitor.as_person("UONE").find_message("To you", "dm")
    assert visitor.find_message("To you", "dm") is None


def test_metadata_comes_back_whole_only_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "reminder", "event_payload": {"key": "k-1"}}
    client.chat_postMessage(channel="CTEAM", text="x", metadata=metadata)
    assert refusal(client.chat_postMessage, channel="CTEAM", text="x", metadata={"event_type": "a b"}) == (
        "invalid_metadata_format"
    )
    whole: Any = client.conversations_history(channel="CTEAM", include_all_metadata=True)["messages"]
    bare: Any = client.conversations_history(channel="CTEAM")["messages"]
    assert whole[0]["metadata"] == metadata
    assert "event_payload" not in bare[0]["metadata"]


def test_history_and_members_page_by_cursor_and_timestamps_differ(client: WebClient) -> None:
    sent = [client.chat_postMessage(channel="CTEAM", text=str(n))["ts"] for n in range(5)]
    assert len(set(sent)) == 5
    seen: list[str] = []
    for page in client.conversations_history(channel="CTEAM", limit=2):
        seen += [message["ts"] for message in page["messages"]]
    assert seen == sorted(sent, reverse=True)
    after: Any = client.conversations_history(channel="CTEAM", oldest=sent[2])["messages"]
    assert [message["ts"] for message in after] == [sent[4], sent[3]]
    members = [user for page in client.conversations_members(channel="CTEAM", limit=2) for user in page["members"]]
    assert sorted(members) == ["UBOT", "UCHIEF", "UONE", "UREV", "UTWO"]


def test_answers_in_a_thread_stay_out_of_the_history(client: WebClient) -> None:
    root = client.chat_postMessage(channel="CTEAM", text="root")["ts"]
    client.chat_postMessage(channel="CTEAM", text="answer", thread_ts=root)
    history: Any = client.conversations_history(channel="CTEAM")["messages"]
    thread: Any = client.conversations_replies(channel="CTEAM", ts=root)["messages"]
    assert [message["text"] for message in history] == ["root"]
    assert [message["text"] for message in thread] == ["root", "answer"]


def test_people_have_their_time_zone_and_the_installer_is_the_administrator(client: WebClient) -> None:
    people: Any = client.users_list()["members"]
    assert {person["id"] for person in people if person["is_admin"]} == {"UREV"}
    one: Any = client.users_info(user="UONE")["user"]
    assert (one["tz"], one["real_name"], one["is_bot"]) == ("America/Chicago", "Ana Amsel", False)


def test_a_trigger_works_once_and_for_three_seconds(app: App, visitor: Visitor, client: WebClient) -> None:
    triggers: list[str] = []

    @app.command("/levers")
    def start(ack: Any, command: dict[str, Any]) -> None:
        ack()
        triggers.append(command["trigger_id"])

    with connected(app):
        visitor.command("/levers", "CTEAM")
        visitor.command("/levers", "CTEAM")
        visitor.wait_for(lambda: len(triggers) == 2)
    view = modal(words("x"))
    client.views_open(trigger_id=triggers[0], view=view)
    assert refusal(client.views_open, trigger_id=triggers[0], view=view) == "exchanged_trigger_id"
    assert refusal(client.views_open, trigger_id="1.2.3", view=view) == "invalid_trigger_id"
    time.sleep(3.1)
    assert refusal(client.views_open, trigger_id=triggers[1], view=view) == "expired_trigger_id"


def test_a_view_update_with_an_old_hash_is_a_conflict_and_what_was_typed_stays(
    app: App, visitor: Visitor, client: WebClient
) -> None:
    opened: list[Any] = []

    @app.command("/levers")
    def start(ack: Any, command: dict[str, Any]) -> None:
        ack()
        opened.append(client.views_open(trigger_id=command["trigger_id"], view=modal(actions(button("a"))))["view"])

    with connected(app):
        visitor.command("/levers", "CTEAM")
        visitor.wait_for(lambda: opened)
    view_id, old = opened[0]["id"], opened[0]["hash"]
    client.views_update(view_id=view_id, hash=old, view=modal(words("new")))
    assert refusal(client.views_update, view_id=view_id, hash=old, view=modal(words("x"))) == "hash_conflict"
    assert refusal(client.views_update, view_id="VNONE", view=modal(words("x"))) == "not_found"
    assert visitor.modal()["id"] == view_id  # type: ignore[index]


def test_a_file_uploaded_with_the_official_client_can_be_downloaded(
    client: WebClient, visitor: Visitor, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_bytes(b"action,owner\n" * 1000)
    client.files_upload_v2(channel="CTEAM", file=str(plan), title="The plan", initial_comment="Here it is")
    message = visitor.wait_for_text("Here it is", "CTEAM")
    [shared] = message["files"]
    assert (shared["title"], shared["size"]) == ("The plan", 13_000)
    with urlopen(shared["url_private_download"]) as answer:
        assert answer.read() == plan.read_bytes()
        assert answer.headers["content-disposition"].startswith("attachment")
    assert client.files_info(file=shared["id"])["file"]["name"] == "plan.csv"


def test_a_picture_s_description_has_slack_s_limit(client: WebClient) -> None:
    described = {"filename": "vote.png", "length": 10}
    assert refusal(client.files_getUploadURLExternal, **described, alt_txt="x" * 1001) == "alt_txt_too_large"
    assert client.files_getUploadURLExternal(**described, alt_txt="x" * 1000)["ok"]


def test_pins_reactions_bookmarks_and_links_to_messages(client: WebClient) -> None:
    ts = str(client.chat_postMessage(channel="CTEAM", text="x")["ts"])
    client.pins_add(channel="CTEAM", timestamp=ts)
    assert refusal(client.pins_add, channel="CTEAM", timestamp=ts) == "already_pinned"
    client.pins_remove(channel="CTEAM", timestamp=ts)
    client.reactions_add(channel="CTEAM", timestamp=ts, name="tada")
    assert refusal(client.reactions_add, channel="CTEAM", timestamp=ts, name="tada") == "already_reacted"
    client.bookmarks_add(channel_id="CTEAM", title="Plan", type="link", link="https://example.org")
    link = client.chat_getPermalink(channel="CTEAM", message_ts=ts)["permalink"]
    assert str(link).endswith(f"/archives/CTEAM/p{ts.replace('.', '')}")


def test_blocks_can_be_validated_without_being_sent(client: WebClient) -> None:
    assert client.api_call("blocks.validate", json={"blocks": [words("x")]})["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.api_call("blocks.validate", json={"blocks": [words("x" * 3001)]})
    answer = refused.value.response
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"\xff=1", "application/x-www-form-urlencoded", "invalid_form_data"),
        (b"<x/>", "text/xml", "invalid_post_type"),
        (b"{" + b" " * 2_100_000 + b"}", "application/json", "request_too_large"),
    ],
)
def test_a_malformed_request_is_answered_and_never_with_a_traceback(
    address: str, content: bytes, kind: str, error: str
) -> None:
    headers = {"content-type": kind, "authorization": "Bearer xoxb-rehearsal"}
    with urlopen(Request(f"{address}api/auth.test", content, headers)) as answer:
        assert json.load(answer)["error"] == error


def test_forms_and_tokens_in_fields_are_accepted_too(address: str) -> None:
    form = b"token=xoxb-rehearsal&channel=CTEAM&text=Hi&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D"
    with urlopen(Request(f"{address}api/chat.postMessage", form)) as answer:
        body = json.load(answer)
    assert body["message"]["blocks"][0]["type"] == "divider"
