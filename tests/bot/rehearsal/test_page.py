"""The page shows people's text as text, keeps the keyboard where it belongs, and is live in every window."""

from typing import Any

from playwright.sync_api import Browser, Page, expect
from slack_bolt import App

from tests.bot.rehearsal.blocks import actions, button, field, line, menu, modal, plain, words
from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.pages import in_a_browser

pytestmark = in_a_browser

NASTY = "<img src=x onerror=document.title='hurt'><script>document.title='hurt'</script>"


def test_what_people_write_never_becomes_markup(page: Page, app: App) -> None:
    escaped = NASTY.replace("<", "&lt;").replace(">", "&gt;")
    blocks = [
        words(f"*bold* {escaped} <javascript:document.title='hurt'|click> <https://example.org|safe>"),
        {"type": "header", "text": plain(NASTY)},
        actions(button("a", NASTY[:75]), menu("b", NASTY[:75])),
        {"type": "image", "image_url": "https://example.org/x.png", "alt_text": NASTY},
    ]
    app.client.chat_postMessage(channel="CTEAM", text=NASTY, blocks=blocks)
    app.client.chat_postMessage(channel="CTEAM", text=NASTY)
    messages = page.locator("#messages")
    expect(messages.locator("article")).to_have_count(2)
    expect(messages).to_contain_text(f"bold {NASTY} click safe")
    expect(messages.locator("img, script")).to_have_count(0)
    expect(messages.locator("a")).to_have_count(1)
    expect(page).to_have_title("Rosa Reviewer · Small (practice)")
    assert "hurt" not in page.title()


def test_mrkdwn_reads_as_it_does_in_slack(page: Page, app: App) -> None:
    text = "*b* _i_ ~s~ `c*d*` snake_case_word 2*3*4 :dart: <@UONE> <#CTEAM> <!here> &amp;\n> quoted\n```\n*raw*\n```"
    app.client.chat_postMessage(channel="CTEAM", text=text)
    said = page.locator("#messages .text")
    expect(said.locator("strong")).to_have_text("b")
    expect(said.locator("em")).to_have_text("i")
    expect(said.locator("s")).to_have_text("s")
    expect(said.locator("code").first).to_have_text("c*d*")
    expect(said).to_contain_text("snake_case_word 2*3*4 🎯 @Ana Amsel #team @here &")
    expect(said.locator("blockquote")).to_have_text("quoted")
    expect(said.locator("pre")).to_have_text("*raw*")


def test_a_modal_by_keyboard_with_an_error_under_its_field(page: Page, app: App) -> None:
    sent: list[str] = []

    @app.command("/levers")
    def start(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=modal(field("What", line())))

    @app.view("form")
    def form(ack: Any, view: dict[str, Any]) -> None:
        sent.append(view["state"]["values"]["What"]["text"]["value"])
        ack()

    with connected(app):
        composer = page.get_by_role("textbox", name="Message")
        composer.fill("/levers start")
        composer.press("Enter")
        dialog = page.get_by_role("dialog", name="Form")
        expect(dialog.get_by_label("What")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("alert").filter(has_text="required")).to_be_visible()
        expect(dialog.get_by_label("What")).to_have_attribute("aria-invalid", "true")
        page.keyboard.type("Read aloud")
        page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()
        composer.fill("/levers start")
        composer.press("Enter")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    assert sent == ["Read aloud"]


def test_two_windows_are_two_people_and_both_are_live(page: Page, browser: Browser, address: str, app: App) -> None:
    other = browser.new_context().new_page()
    other.goto(f"{address}?as=UONE#CTEAM")
    expect(other.get_by_role("button", name="Act as Ana Amsel")).to_have_attribute("aria-pressed", "true")
    composer = page.get_by_role("textbox", name="Message")
    composer.fill("Good morning & <welcome>")
    composer.press("Enter")
    expect(other.locator("#messages")).to_contain_text("Good morning & <welcome>")
    app.client.chat_postEphemeral(channel="CTEAM", user="UONE", text="For Ana")
    expect(other.locator("#messages")).to_contain_text("Only visible to you")
    expect(page.get_by_role("button", name="Act as Ana Amsel")).to_be_visible()
    expect(page.locator("#messages")).not_to_contain_text("For Ana")
    page.get_by_role("button", name="Act as Ana Amsel").click()
    expect(page.locator("#messages")).to_contain_text("For Ana")
    assert "as=UONE" in page.url
    other.context.close()


def test_the_page_says_when_the_app_is_away_and_fits_a_phone(page: Page, app: App) -> None:
    expect(page.locator("#offline")).to_contain_text("not connected")
    with connected(app):
        expect(page.locator("#offline")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("#sidebar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Channels and direct messages").click()
    page.get_by_role("link", name="hall").click()
    expect(page.get_by_role("heading", name="hall")).to_be_visible()
