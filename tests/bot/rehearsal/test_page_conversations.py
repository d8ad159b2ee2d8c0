"""Threads beside the channel, what is new, what only one person sees, and the people one can be."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from slack_bolt import App

from tests.bot.rehearsal.conftest import SMALL_WORLD, connected
from tests.bot.rehearsal.pages import composer, in_a_browser, window
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running

pytestmark = in_a_browser


def test_replies_stand_in_a_thread_and_only_their_number_in_the_channel(page: Page, app: App) -> None:
    root = app.client.chat_postMessage(channel="CTEAM", text="Where do we begin?")
    app.client.chat_postMessage(channel="CTEAM", text="With grading", thread_ts=root["ts"])
    app.client.chat_postMessage(channel="CTEAM", text="Both, I think", thread_ts=root["ts"], reply_broadcast=True)
    channel = page.locator("#messages")
    replies = channel.get_by_role("button", name="2 replies")
    expect(replies).to_contain_text("last by Greeter at")
    expect(channel).to_contain_text("Both, I think")
    expect(channel).not_to_contain_text("With grading")
    replies.click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.locator("article")).to_have_count(3)
    expect(thread).to_contain_text("With grading")


def test_a_person_answers_in_a_thread_and_escape_brings_the_focus_back(page: Page, app: App) -> None:
    app.client.chat_postMessage(channel="CTEAM", text="Where do we begin?")
    page.locator("#messages article").hover()
    page.get_by_role("button", name="Reply in a thread").click()
    writing = page.get_by_role("textbox", name="Reply in the thread")
    expect(writing).to_be_focused()
    page.keyboard.type("With goal setting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Thread")).to_contain_text("With goal setting")
    expect(page.locator("#messages")).not_to_contain_text("With goal setting")
    replies = page.get_by_role("button", name="1 reply")
    expect(replies).to_contain_text("last by Rosa Reviewer")
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    replies.focus()
    page.keyboard.press("Enter")
    expect(writing).to_be_focused()
    page.keyboard.press("Escape")
    expect(replies).to_be_focused()


def test_what_came_while_one_was_elsewhere_stands_below_a_line(page: Page, app: App) -> None:
    app.client.chat_postMessage(channel="CTEAM", text="Read long ago")
    expect(page.locator("#messages")).to_contain_text("Read long ago")
    page.get_by_role("link", name="hall").click()
    app.client.chat_postMessage(channel="CTEAM", text="Not read yet")
    team = page.locator('#sidebar [data-channel="CTEAM"]')
    expect(team.get_by_label("1 unread")).to_be_visible()
    team.click()
    line = page.locator("#messages > .fresh")
    expect(line).to_have_text("New")
    expect(line.locator("xpath=following-sibling::article")).to_contain_text("Not read yet")
    expect(team.get_by_label("1 unread")).to_be_hidden()


def test_a_message_only_for_me_says_so_and_can_be_dismissed(page: Page, app: App) -> None:
    app.client.chat_postEphemeral(channel="CTEAM", user="UREV", text="Between us")
    message = page.locator("#messages article")
    expect(message).to_contain_text("Only visible to you")
    message.get_by_role("button", name="Dismiss").click()
    expect(message).to_have_count(0)
    page.reload()
    expect(page.locator("#messages")).to_contain_text("Nothing has been said here yet.")


def test_a_pinned_message_is_found_from_the_heading(page: Page, app: App) -> None:
    pinned = app.client.chat_postMessage(channel="CTEAM", text="The plan of this year")
    app.client.pins_add(channel="CTEAM", timestamp=pinned["ts"])
    page.get_by_role("button", name="1 pinned").click()
    page.get_by_role("menuitem", name="The plan of this year").click()
    expect(page.locator("#messages article.found")).to_contain_text("The plan of this year")


def test_earlier_messages_are_a_button_away(page: Page, visitor: Visitor) -> None:
    for number in range(205):
        visitor.say(f"Message number {number}.", "CTEAM")
    messages = page.locator("#messages")
    expect(messages).to_contain_text("Message number 204.")
    expect(messages).not_to_contain_text("Message number 3.")
    page.get_by_role("button", name="Show earlier messages").click()
    expect(messages).to_contain_text("Message number 0.")
    expect(page.get_by_role("button", name="Show earlier messages")).to_have_count(0)


def test_people_of_the_channel_come_first_and_others_are_led_to_their_own(browser: Browser, address: str) -> None:
    with window(browser, f"{address}?as=UONE#CCLOSED") as page:
        cast = page.get_by_role("group", name="Act as")
        expect(cast.get_by_role("button", name="Act as")).to_have_count(1)
        expect(page.locator("#heading")).to_contain_text("1 member")
        page.get_by_role("button", name="More people").click()
        sheet = page.get_by_role("dialog", name="Who would you like to be?")
        expect(sheet).to_contain_text("In #closed")
        expect(sheet.get_by_role("button", name="Act as Dana Dist")).to_contain_text("District leader")
        sheet.get_by_role("button", name="Act as Ben Birke").click()
        expect(page.get_by_role("heading", name="team")).to_be_visible()
        expect(page).to_have_title("Ben Birke · Small (practice)")
        expect(page.locator("#heading")).to_contain_text("4 members")


def test_on_a_phone_the_people_are_behind_one_face(browser: Browser, address: str) -> None:
    with window(browser, address, width=360, height=740) as page:
        expect(page.get_by_role("group", name="Act as")).to_be_hidden()
        page.get_by_role("button", name="You are Rosa Reviewer").click()
        page.get_by_role("dialog").get_by_role("button", name="Act as Ana Amsel").click()
        expect(page.get_by_role("button", name="You are Ana Amsel")).to_be_visible()
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_commands_and_names_are_offered_while_one_types(page: Page, app: App, visitor: Visitor) -> None:
    heard: list[str] = []

    @app.command("/levers")
    def levers(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        ack()

    with connected(app):
        expect(page.locator("#offline")).to_be_hidden()
        box = composer(page)
        box.press_sequentially("/le")
        offers = page.get_by_role("listbox", name="Suggestions")
        expect(offers.get_by_role("option").first).to_contain_text("Greets · start")
        box.press("Tab")
        expect(box).to_have_value("/levers ")
        box.press("ArrowDown")
        box.press("Enter")
        expect(box).to_have_value("/levers start")
        box.press("Enter")
        expect(box).to_have_value("")
        assert heard == ["start"]
    box.press_sequentially("Over to @ams")
    expect(offers.get_by_role("option", name="Ana Amsel Teacher")).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("Over to @Ana Amsel ")
    box.press("Enter")
    expect(page.locator("#messages .mention")).to_have_text("@Ana Amsel")
    assert visitor.messages("CTEAM")[-1]["text"] == "Over to <@UONE>"


def test_the_page_goes_on_by_itself_when_the_workspace_is_back(browser: Browser, tmp_path: Path) -> None:
    options = ("--world", str(SMALL_WORLD))
    with ExitStack() as stack:
        with running(tmp_path / "state", *options) as address:
            page = stack.enter_context(window(browser, address))
            Visitor(address, "UREV").say("Before", "CTEAM")
            expect(page.locator("#messages")).to_contain_text("Before")
        expect(page.locator("#toasts")).to_contain_text("has stopped answering")
        port = address.rstrip("/").rpartition(":")[2]
        with running(tmp_path / "state", *options, "--port", port):
            Visitor(address, "UREV").say("After", "CTEAM")
            expect(page.locator("#messages")).to_contain_text("After")
            expect(page.locator("#messages")).to_contain_text("Before")
