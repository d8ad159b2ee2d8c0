"""The page by keyboard, for a screen reader, in light and dark, and on a narrow phone."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from slack_bolt import App

from tests.bot.rehearsal.blocks import actions, button, field, line, modal, option, plain, words
from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.pages import composer, faint_texts, in_a_browser, nameless, too_wide, window

pytestmark = in_a_browser

FOCUSED = "(document.activeElement.ariaLabel || document.activeElement.textContent).trim()"
LONG = "Averyveryverylongwordthatnothingbreaks" * 3


def every_field() -> dict[str, Any]:
    """A modal with one of every kind of field."""
    return modal(
        words("*Read this first.*"),
        field("What", line(), hint=plain("In a few words")),
        field("Notes", line(multiline=True, max_length=200)),
        field("Day", {"type": "datepicker", "action_id": "day"}),
        field("Hour", {"type": "timepicker", "action_id": "hour"}, optional=True),
        field("Moment", {"type": "datetimepicker", "action_id": "moment"}, optional=True),
        field("Owner", {"type": "users_select", "action_id": "owner"}),
        field("Helpers", {"type": "multi_users_select", "action_id": "helpers"}, optional=True),
        field("One", {"type": "radio_buttons", "action_id": "one", "options": [option("a"), option("b")]}),
        field("Some", {"type": "checkboxes", "action_id": "some", "options": [option("a"), option("b")]}),
    )


@pytest.fixture
def lively(app: App) -> Iterator[App]:
    """The app, with one of everything in the channel, and a modal behind `/levers`."""

    @app.command("/levers")
    def form(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=every_field())

    post = app.client.chat_postMessage
    root = post(channel="CTEAM", text=f"Hello <@UREV>, `code`, <https://example.org|a link>\n> {LONG}\n```{LONG}```")
    post(channel="CTEAM", text="An answer", thread_ts=root["ts"])
    overflow = {"type": "overflow", "action_id": "more", "options": [option("Edit"), option("Remove")]}
    blocks = [
        {"type": "header", "text": plain("A card")},
        {**words(f"*Bold* {LONG}"), "accessory": overflow},
        {"type": "section", "fields": [plain("One"), plain(LONG)]},
        actions(button("go", "Go", style="primary"), button("no", "Remove", style="danger"), button("is", "Neither")),
        {"type": "context", "elements": [plain("Beside the point")]},
    ]
    card = post(channel="CTEAM", text="A card", blocks=blocks)
    app.client.pins_add(channel="CTEAM", timestamp=card["ts"])
    app.client.chat_postEphemeral(channel="CTEAM", user="UREV", text="Between us")
    with connected(app):
        yield app


def open_form(page: Page) -> None:
    """Open the modal with every field."""
    expect(page.locator("#offline")).to_be_hidden()
    composer(page).fill("/levers")
    composer(page).press("Enter")
    expect(page.get_by_role("dialog", name="Form")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_written_can_be_read(
    browser: Browser, address: str, lively: App, scheme: Literal["light", "dark"]
) -> None:
    lively.client.chat_postMessage(channel="UREV", text="For you alone")
    with window(browser, address, color_scheme=scheme) as page:
        expect(page.locator("#messages")).to_contain_text("Between us")
        expect(page.get_by_role("link", name="Greeter 1 unread")).to_be_visible()
        page.locator("#messages article").first.hover()
        assert faint_texts(page) == []
        page.get_by_role("button", name="1 reply").click()
        expect(page.get_by_role("complementary", name="Thread")).to_contain_text("An answer")
        page.get_by_role("button", name="Developer").click()
        page.locator("#pane summary").first.click()
        assert faint_texts(page) == []
        page.get_by_role("tab", name="Faults").click()
        expect(page.locator("#pane")).to_contain_text("Everything works as it should")
        assert faint_texts(page) == []
        composer(page).press_sequentially("/")
        assert faint_texts(page) == []
        open_form(page)
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        expect(page.get_by_role("dialog").get_by_text("required").first).to_be_visible()
        assert faint_texts(page) == []


@pytest.mark.usefixtures("lively")
def test_everything_that_acts_has_a_name(page: Page) -> None:
    expect(page.locator("#messages")).to_contain_text("Between us")
    assert nameless(page) == []
    page.get_by_role("button", name="1 reply").click()
    assert nameless(page) == []
    page.get_by_role("button", name="Developer").click()
    page.get_by_role("tab", name="Faults").click()
    expect(page.locator("#pane")).to_contain_text("Everything works as it should")
    assert nameless(page) == []
    open_form(page)
    assert nameless(page) == []


@pytest.mark.usefixtures("lively")
def test_the_tab_key_reaches_everything_in_the_order_one_reads(page: Page) -> None:
    expect(page.locator("#messages")).to_contain_text("Between us")
    expect(page.locator("#offline")).to_be_hidden()
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(str(page.evaluate(FOCUSED)))
    wanted = ("Skip to", "Move the clock", "Act as Ana", "team", "Developer", "1 reply", "Go", "Dismiss", "Message #")
    places = [next((i for i, told in enumerate(reached) if one in told), None) for one in wanted]
    assert None not in places, dict(zip(wanted, places, strict=True))
    assert places == sorted(p for p in places if p is not None)


@pytest.mark.usefixtures("lively")
def test_nothing_sticks_out_of_the_narrowest_phone(browser: Browser, address: str) -> None:
    with window(browser, address, width=360, height=720) as page:
        expect(page.locator("#messages")).to_contain_text("Between us")
        assert too_wide(page) == []
        page.get_by_role("button", name="1 reply").click()
        assert too_wide(page) == []
        page.get_by_role("button", name="Close the thread").click()
        open_form(page)
        assert too_wide(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Channels and direct messages").click()
        page.get_by_role("button", name="Developer").click()
        page.get_by_role("tab", name="Faults").click()
        expect(page.locator("#pane")).to_contain_text("Everything works as it should")
        assert too_wide(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_new_messages_are_told_shortly_and_many_at_once_as_a_number(page: Page, app: App) -> None:
    news = page.locator("#news")
    app.client.chat_postMessage(channel="CTEAM", text="The *plan* is ready")
    expect(news).to_have_text("Greeter: The plan is ready")
    for number in range(4):
        app.client.chat_postMessage(channel="CTEAM", text=f"Step {number}")
    expect(news).to_contain_text("new messages, the last from Greeter")


@pytest.mark.usefixtures("lively")
def test_what_moves_moves_little_for_who_asked_for_that(browser: Browser, address: str) -> None:
    with window(browser, address, reduced_motion="reduce") as page:
        page.get_by_role("button", name="1 pinned").click()
        page.get_by_role("menuitem", name="A card").click()
        found = page.locator("#messages article.found")
        expect(found).to_be_visible()
        assert found.evaluate("node => getComputedStyle(node).animationName") == "none"
