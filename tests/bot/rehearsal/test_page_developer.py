"""The developer's panel: what was asked and answered, and faults that one adds and takes back."""

import pytest
from playwright.sync_api import Page, expect
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from tests.bot.rehearsal.pages import in_a_browser

pytestmark = in_a_browser


def test_a_request_shows_itself_its_answer_and_its_time(page: Page, app: App) -> None:
    page.get_by_role("button", name="Developer").click()
    panel = page.get_by_role("complementary", name="Developer")
    app.client.chat_postMessage(channel="CTEAM", text="Straight from the app")
    newest = panel.locator("details").first
    expect(newest).to_contain_text("chat.postMessage")
    expect(newest).to_contain_text("ms")
    newest.locator("summary").click()
    expect(newest.get_by_label("Request")).to_contain_text('"text": "Straight from the app"')
    expect(newest.get_by_label("Answer")).to_contain_text('"ok": true')
    expect(panel).not_to_contain_text("xoxb-")


def test_requests_are_narrowed_by_words_and_to_failures(page: Page, app: App) -> None:
    with pytest.raises(SlackApiError):
        app.client.chat_postMessage(channel="CNOWHERE", text="Lost")
    app.client.chat_postMessage(channel="CTEAM", text="Found")
    page.get_by_role("button", name="Developer").click()
    panel = page.get_by_role("complementary", name="Developer")
    rows = panel.locator("details:visible")
    panel.get_by_label("Failures only").check()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("channel_not_found")
    panel.get_by_label("Failures only").uncheck()
    panel.get_by_label("Show requests that contain").fill("found")
    expect(rows).to_have_count(2)
    panel.get_by_label("Show requests that contain").fill("nothing like this")
    expect(rows).to_have_count(0)


def test_a_fault_is_added_felt_and_undone(page: Page, app: App) -> None:
    page.get_by_role("button", name="Developer").click()
    panel = page.get_by_role("complementary", name="Developer")
    panel.get_by_role("tab", name="Requests").press("ArrowRight")
    fault = panel.locator("form", has_text="Calls are refused as too many.")
    fault.get_by_label("Method").fill("chat.postMessage")
    fault.get_by_label("How many times").fill("0")
    fault.get_by_role("button", name="Add").click()
    at_work = panel.get_by_role("region", name="Faults at work")
    expect(at_work).to_contain_text("Calls are refused as too many.")
    with pytest.raises(SlackApiError) as refused:
        app.client.chat_postMessage(channel="CTEAM", text="Too many")
    assert refused.value.response["error"] == "ratelimited"
    at_work.get_by_role("button", name="Undo").click()
    expect(at_work).to_contain_text("Everything works as it should.")
    app.client.chat_postMessage(channel="CTEAM", text="Not too many")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
