"""A small app, written as for Slack itself, works in the practice workspace unchanged."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from tests.bot.rehearsal.blocks import actions, button, field, line, menu, modal, words
from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.visitor import Visitor


def test_a_command_is_answered_to_its_person_alone(app: App, visitor: Visitor) -> None:
    seen: list[dict[str, Any]] = []

    @app.command("/levers")
    def start(ack: Any, command: dict[str, Any]) -> None:
        seen.append(command)
        ack("Only for you.")

    with connected(app):
        assert visitor.command("/levers start  now", "CTEAM")["ok"]
    assert visitor.wait_for_text("Only for you.", "CTEAM")["only_you"]
    assert visitor.as_person("UONE").find_message("Only for you.", "CTEAM") is None
    assert (seen[0]["text"], seen[0]["user_id"], seen[0]["channel_name"]) == ("start  now", "UREV", "privategroup")


def test_a_button_carries_its_whole_message_and_the_state_of_its_menus(app: App, visitor: Visitor) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("pick")
    def pick(ack: Any, body: dict[str, Any]) -> None:
        ack()
        bodies.append(body)

    @app.action("go")
    def go(ack: Any, body: dict[str, Any]) -> None:
        ack()
        bodies.append(body)

    blocks = [words("Choose"), actions(menu("pick", "a", "b"), button("go", value="7"))]
    with connected(app):
        ts = app.client.chat_postMessage(channel="CTEAM", text="Choose", blocks=blocks)["ts"]
        assert visitor.click("pick", "b", channel="CTEAM")["ok"]
        assert visitor.click("go", channel="CTEAM")["ok"]
    chosen, pressed = bodies
    assert chosen["actions"][0]["selected_option"]["value"] == "b"
    assert pressed["actions"][0]["value"] == "7"
    assert pressed["message"]["ts"] == pressed["container"]["message_ts"] == ts
    assert pressed["message"]["blocks"][0]["text"]["text"] == "Choose"
    assert pressed["state"]["values"]["buttons"]["pick"]["selected_option"]["value"] == "b"
    assert pressed["user"]["id"] == "UREV"


def test_a_modal_shows_errors_under_its_fields_and_closes_when_sent_well(app: App, visitor: Visitor) -> None:
    sent: list[str] = []

    @app.command("/levers")
    def start(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=modal(field("what", line())))

    @app.view("form")
    def form(ack: Any, view: dict[str, Any]) -> None:
        value = view["state"]["values"]["what"]["text"]["value"]
        if value == "wrong":
            ack(response_action="errors", errors={"what": "Try another word."})
            return
        sent.append(value)
        ack()

    with connected(app):
        visitor.command("/levers", "CTEAM")
        visitor.wait_for_modal("form")
        assert "what" in visitor.submit({"what": ""})["errors"]
        assert visitor.submit({"what": "wrong"})["errors"] == {"what": "Try another word."}
        assert visitor.modal() is not None
        assert visitor.submit({"what": "right"})["ok"]
    assert visitor.modal() is None
    assert sent == ["right"]


def test_modals_stack_three_deep_and_each_persons_stack_is_their_own(app: App, visitor: Visitor) -> None:
    refused: list[str] = []

    @app.command("/levers")
    def start(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        view = modal(actions(button("deeper")), callback_id="first")
        client.views_open(trigger_id=command["trigger_id"], view=view)

    @app.action("deeper")
    def deeper(ack: Any, client: Any, body: dict[str, Any]) -> None:
        ack()
        try:
            client.views_push(trigger_id=body["trigger_id"], view=modal(actions(button("deeper"))))
        except SlackApiError as error:
            refused.append(error.response["error"])

    with connected(app):
        visitor.command("/levers", "CTEAM")
        first = visitor.wait_for_modal("first")
        visitor.click("deeper")
        visitor.wait_for(lambda: len(visitor.screen()["modals"]) == 2)
        visitor.click("deeper")
        visitor.wait_for(lambda: len(visitor.screen()["modals"]) == 3)
        visitor.click("deeper")
        visitor.wait_for(lambda: refused)
    top = visitor.screen()["modals"][-1]
    assert refused == ["push_limit_reached"]
    assert top["root_view_id"] == first["id"]
    assert visitor.as_person("UONE").modal() is None
    assert visitor.close()["ok"]
    assert len(visitor.screen()["modals"]) == 2


def test_a_sent_modal_may_be_answered_with_another_and_closing_is_told(app: App, visitor: Visitor) -> None:
    closed: list[bool] = []

    @app.command("/levers")
    def start(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=modal(field("what", line())))

    @app.view("form")
    def form(ack: Any) -> None:
        ack(response_action="update", view=modal(words("Thank you"), callback_id="thanks", notify_on_close=True))

    @app.view_closed("thanks")
    def thanks(ack: Any, body: dict[str, Any]) -> None:
        ack()
        closed.append(body["is_cleared"])

    with connected(app):
        visitor.command("/levers", "CTEAM")
        visitor.wait_for_modal("form")
        assert visitor.submit({"what": "x"})["response_action"] == "update"
        assert visitor.modal()["callback_id"] == "thanks"  # type: ignore[index]
        visitor.close()
        visitor.wait_for(lambda: closed)
    assert closed == [False]
    assert visitor.modal() is None


def test_a_response_url_replaces_the_message_and_works_five_times(app: App, visitor: Visitor) -> None:
    urls: list[Any] = []

    @app.action("go")
    def go(ack: Any, respond: Any) -> None:
        ack()
        urls.append(respond)

    with connected(app):
        app.client.chat_postMessage(channel="CTEAM", text="Ask", blocks=[actions(button("go"))])
        visitor.click("go", channel="CTEAM")
        visitor.wait_for(lambda: urls)
    respond = urls[0]
    assert respond(text="Answered.", replace_original=True).status_code == 200
    assert visitor.find_message("Ask", "CTEAM") is None
    assert visitor.find_message("Answered.", "CTEAM")["blocks"] == []  # type: ignore[index]
    assert respond(text="For you", replace_original=False).status_code == 200
    assert visitor.find_message("For you", "CTEAM")["only_you"]  # type: ignore[index]
    assert respond(text="For all", response_type="in_channel", replace_original=False).status_code == 200
    assert visitor.as_person("UONE").find_message("For all", "CTEAM")
    assert respond(delete_original=True).status_code == 200
    assert respond(text="five").status_code == 200
    assert respond(text="six").status_code == 404


def test_an_ephemeral_message_with_buttons_can_be_answered_in_place(app: App, visitor: Visitor) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("go")
    def go(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        respond(text="Done.", replace_original=True)
        bodies.append(body)

    with connected(app):
        app.client.chat_postEphemeral(channel="CTEAM", user="UREV", text="Private", blocks=[actions(button("go"))])
        assert visitor.as_person("UONE").find_message("Private", "CTEAM") is None
        visitor.click("go", channel="CTEAM")
        visitor.wait_for_text("Done.", "CTEAM")
    visitor.wait_for(lambda: bodies)
    assert "message" not in bodies[0]
    assert bodies[0]["container"]["is_ephemeral"] is True


def test_the_home_tab_is_published_for_the_person_who_opens_it(app: App, visitor: Visitor) -> None:
    pressed: list[str] = []

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: Any) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [actions(button("home_go"))]})

    @app.action("home_go")
    def home_go(ack: Any, body: dict[str, Any]) -> None:
        ack()
        pressed.append(body["view"]["type"])

    with connected(app):
        visitor.open_home()
        visitor.wait_for(visitor.home)
        assert visitor.as_person("UONE").home() is None
        assert visitor.click("home_go", home=True)["ok"]
        visitor.wait_for(lambda: pressed)
    assert pressed == ["home"]


def test_a_message_shortcut_brings_its_message(app: App, visitor: Visitor) -> None:
    seen: list[str] = []

    @app.shortcut("add")
    def add(ack: Any, shortcut: dict[str, Any]) -> None:
        ack()
        seen.append(shortcut["message"]["text"])

    with connected(app):
        ts = visitor.say("Let us try this", "CTEAM")["ts"]
        assert visitor.shortcut("add", ts, "CTEAM")["ok"]
        visitor.wait_for(lambda: seen)
    assert seen == ["Let us try this"]


def test_the_app_hears_its_invitation_mentions_and_direct_messages_once(app: App, visitor: Visitor) -> None:
    heard: list[tuple[str, str]] = []

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any]) -> None:
        heard.append(("joined", event["channel"]))

    @app.event("app_mention")
    def mention(event: dict[str, Any]) -> None:
        heard.append(("mention", event["text"]))

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        heard.append((event["channel_type"], event["text"]))

    with connected(app):
        visitor.wait_for(lambda: heard)
        visitor.say("Hello", "dm")
        visitor.say("<@UBOT> where are we?", "CTEAM")
        visitor.say("Nobody hears this", "CHALL")
        visitor.wait_for(lambda: len(heard) >= 4)
    with connected(app):
        visitor.say("Again", "dm")
        visitor.wait_for(lambda: len(heard) >= 5)
    assert sorted(heard) == sorted(
        [
            ("joined", "CTEAM"),
            ("im", "Hello"),
            ("mention", "<@UBOT> where are we?"),
            ("group", "<@UBOT> where are we?"),
            ("im", "Again"),
        ]
    )


def test_a_late_click_from_an_earlier_version_of_a_message_still_arrives(app: App, visitor: Visitor) -> None:
    values: list[str] = []

    @app.action("go")
    def go(ack: Any, action: dict[str, Any]) -> None:
        ack()
        values.append(action["value"])

    with connected(app):
        ts = app.client.chat_postMessage(channel="CTEAM", text="Card", blocks=[actions(button("go", value="old"))])[
            "ts"
        ]
        app.client.chat_update(channel="CTEAM", ts=ts, text="Closed", blocks=[words("Closed")])
        press = {"channel": "CTEAM", "ts": ts, "block_id": "buttons"}
        assert visitor.click("go", **press)["error"] == "not_there"
        assert visitor.click("go", **press, late=True)["ok"]
        visitor.wait_for(lambda: values)
    assert values == ["old"]


def test_without_an_app_the_person_is_told(visitor: Visitor) -> None:
    answer = visitor.command("/levers start", "CTEAM")
    assert answer["error"] == "dispatch_failed"
    assert "not connected" in answer["sentence"]
    assert visitor.screen()["connected"] is False


@pytest.mark.parametrize("command", ["/nothing", "/leversstart"])
def test_an_unknown_command_is_refused_like_slack_does(visitor: Visitor, command: str) -> None:
    assert visitor.command(command, "CTEAM")["error"] == "unknown_command"


def test_a_late_acknowledgement_shows_the_person_an_error(app: App, visitor: Visitor) -> None:
    @app.command("/levers")
    def never(command: dict[str, Any]) -> None:
        assert command["text"] == "start"

    with connected(app):
        assert visitor.command("/levers start", "CTEAM")["error"] == "operation_timeout"
