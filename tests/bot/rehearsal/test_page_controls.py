"""Fields that need the workspace while one fills them in: a menu that the app fills, and files."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_bolt import App

from tests.bot.rehearsal.blocks import field, line, modal, option
from tests.bot.rehearsal.conftest import connected
from tests.bot.rehearsal.pages import composer, in_a_browser

pytestmark = in_a_browser

SCHOOLS = ("Juniper Hills", "Lantern Cove", "Three Pines")


@pytest.fixture
def sent(app: App) -> list[dict[str, Any]]:
    """What came with each sent form; `/levers` opens the form."""
    states: list[dict[str, Any]] = []
    external = {"type": "external_select", "action_id": "school", "min_query_length": 1}
    several = {"type": "multi_external_select", "action_id": "others", "min_query_length": 0}
    form = modal(
        field("School", external),
        field("Others", several, optional=True),
        field("Paper", {"type": "file_input", "action_id": "paper", "filetypes": ["csv"]}, optional=True),
        field("Notes", line(multiline=True), optional=True),
    )

    @app.command("/levers")
    def levers(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=form)

    def offer(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[option(name) for name in SCHOOLS if payload["value"].lower() in name.lower()])

    app.options("school")(offer)
    app.options("others")(offer)

    @app.view("form")
    def take(ack: Any, view: dict[str, Any]) -> None:
        states.append(view["state"]["values"])
        ack()

    return states


def test_a_menu_that_the_app_fills_is_searched_by_keyboard(page: Page, app: App, sent: list[dict[str, Any]]) -> None:
    with connected(app):
        composer(page).fill("/levers")
        composer(page).press("Enter")
        form = page.get_by_role("dialog", name="Form")
        school = form.get_by_role("combobox", name="School")
        expect(school).to_be_focused()
        school.press_sequentially("pi")
        expect(form.get_by_role("option")).to_have_text(["Three Pines"])
        school.press("Enter")
        expect(form.get_by_role("button", name="Take off Three Pines")).to_be_visible()
        others = form.get_by_role("combobox", name="Others")
        for letters, name in (("ju", "Juniper Hills"), ("la", "Lantern Cove")):
            others.press_sequentially(letters)
            expect(form.get_by_role("option")).to_have_text([name])
            others.press("Enter")
        form.get_by_role("button", name="Take off Juniper Hills").click()
        form.get_by_label("Notes").press("Control+Enter")
        expect(form).to_be_hidden()
    assert sent[0]["School"]["school"]["selected_option"]["value"] == "Three Pines"
    assert [one["value"] for one in sent[0]["Others"]["others"]["selected_options"]] == ["Lantern Cove"]


def test_a_file_is_given_and_another_is_refused_below_its_field(
    page: Page, app: App, sent: list[dict[str, Any]]
) -> None:
    with connected(app):
        composer(page).fill("/levers")
        composer(page).press("Enter")
        form = page.get_by_role("dialog", name="Form")
        form.get_by_role("combobox", name="School").press_sequentially("pi")
        form.get_by_role("option", name="Three Pines").click()
        paper = form.get_by_label("Paper")
        paper.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no"})
        expect(form.get_by_role("alert").filter(has_text="csv")).to_be_visible()
        paper.set_input_files({"name": "review.csv", "mimeType": "text/csv", "buffer": b"a,b"})
        expect(form).to_contain_text("review.csv")
        form.get_by_role("button", name="Send").click()
        expect(form).to_be_hidden()
    assert [file["name"] for file in sent[0]["Paper"]["paper"]["files"]] == ["review.csv"]
