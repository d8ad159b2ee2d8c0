"""People come and go, answer in threads, and the app hears of it where it is a member."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.visitor import Visitor


def members(client: WebClient, channel: str) -> list[str]:
    """The ids of those in a channel, as the app sees them."""
    found: list[str] = client.conversations_members(channel=channel)["members"]  # type: ignore[assignment]
    return found


def test_the_app_hears_who_comes_and_goes_where_it_is_a_member(app: App, visitor: Visitor) -> None:
    heard: list[tuple[str, str, str | None]] = []

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any]) -> None:
        heard.append(("joined", event["user"], event.get("inviter")))

    @app.event("member_left_channel")
    def left(event: dict[str, Any]) -> None:
        heard.append(("left", event["user"], event["channel_type"]))

    with connected(app):
        visitor.wait_for(lambda: heard)
        assert visitor.as_person("UONE").leave("CTEAM")["ok"]
        visitor.wait_for(lambda: len(heard) == 2)
        assert "UONE" not in members(app.client, "CTEAM")
        assert visitor.invite("UONE", "CTEAM")["ok"]
        visitor.wait_for(lambda: len(heard) == 3)
        # Nobody brought the app here, so it hears nothing of it.
        assert visitor.as_person("UONE").leave("CHALL")["ok"]
        assert visitor.as_person("UONE").join("CHALL")["ok"]
        assert visitor.invite("UBOT", "CHALL")["ok"]
        visitor.wait_for(lambda: len(heard) == 4)
    assert heard == [("joined", "UBOT", "UREV"), ("left", "UONE", "G"), ("joined", "UONE", "UREV"), heard[3]]
    assert heard[3][:2] == ("joined", "UBOT")
    assert visitor.find_message("<@UONE> has left the channel", "CTEAM")


def test_a_private_channel_takes_only_those_its_members_bring_in(visitor: Visitor) -> None:
    assert "invitation only" in visitor.join("CCLOSED")["sentence"]
    assert visitor.invite("UTWO", "CCLOSED")["error"] == "channel_not_found"
    assert visitor.as_person("UONE").invite("UONE", "CCLOSED")["error"] == "already_in_channel"
    assert visitor.as_person("UONE").invite("UREV", "CCLOSED")["ok"]
    assert visitor.say("Here I am", "CCLOSED")["ok"]
    assert visitor.leave("CCLOSED")["ok"]
    assert visitor.leave("CCLOSED")["error"] == "not_in_channel"
    assert visitor.leave("dm")["error"] == "channel_not_found"


def test_a_person_answers_in_a_thread_and_the_app_hears_which(app: App, visitor: Visitor) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        heard.append(event)

    with connected(app):
        root = str(app.client.chat_postMessage(channel="CTEAM", text="Ask")["ts"])
        assert visitor.say("Answer", "CTEAM", thread_ts=root)["ok"]
        visitor.wait_for(lambda: heard)
    assert (heard[0]["text"], heard[0]["thread_ts"]) == ("Answer", root)
    thread: Any = app.client.conversations_replies(channel="CTEAM", ts=root)["messages"]
    assert [said["text"] for said in thread] == ["Ask", "Answer"]
    assert visitor.say("Lost", "CTEAM", thread_ts="1.000001")["error"] == "thread_not_found"
