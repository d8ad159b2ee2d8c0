"""A seat in front of the practice workspace's page: what one person does with mouse and keyboard in a real Chromium."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 15_000
JOURNEY_MS = 120_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, headless; it asks nothing of any other machine."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


class Seat:
    """One browser window, acting as `person` until they change seats."""

    def __init__(self, browser: Browser, url: str, person: str, width: int = 1280, height: int = 940) -> None:
        self.page: Page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(f"{url}?as={person}#CPLAN1")

    def become(self, person: str) -> None:
        """Switch to another person with one click."""
        self.page.locator(f'#cast [data-person="{person}"]').click()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the newest button called `name` in the messages."""
        (within or self.page.locator("#messages")).get_by_role("button", name=name, exact=True).last.click()

    def window(self, title: str) -> Locator:
        """The open window called `title`."""
        dialog = self.page.locator("#modal")
        expect(dialog.get_by_role("heading", name=title)).to_be_visible()
        return dialog

    def send(self, dialog: Locator, name: str) -> None:
        """Press the window's own button and wait until it is gone or shows another window."""
        heading = dialog.locator("#modal-title").inner_text()
        dialog.get_by_role("button", name=name, exact=True).click()
        expect(
            self.page.locator("#modal[open] #modal-title", has_text=re.compile(f"^.{{0,3}}{re.escape(heading)}$"))
        ).to_have_count(0)

    def sees(self, text: str) -> None:
        """Wait until the messages show `text`."""
        expect(self.page.locator("#messages").get_by_text(text).last).to_be_visible()

    def go_to(self, channel: str) -> None:
        """Open a conversation from the sidebar."""
        self.page.locator(f'#sidebar [data-channel="{channel}"]').click()

    def direct_messages(self) -> None:
        """Open the app's messages."""
        self.page.locator("#sidebar").get_by_text("Levers", exact=True).first.click()
        self.page.get_by_role("tab", name="Messages").click()

    def type_command(self, text: str) -> None:
        """Type a command and send it with Enter."""
        box = self.page.get_by_role("textbox", name=re.compile("^Message"))
        box.fill(text)
        box.press("Enter")

    def clock(self, name: str) -> None:
        """Move the rehearsal's clock, and wait until it has arrived."""
        self.page.get_by_role("button", name="Move the clock").click()
        self.page.get_by_role("menuitem", name=name).click()
        expect(self.page.locator("#journey")).to_contain_text(" now", timeout=JOURNEY_MS)

    def without_guide(self) -> "Seat":
        """Put the guide away, as somebody does who has seen it."""
        self.page.get_by_role("region", name="Guide").get_by_role("button", name="Dismiss").click()
        return self

    def others_act(self) -> None:
        """Let the colleagues act, and wait until they have."""
        button = self.page.get_by_role("button", name="Let the others act")
        button.click()
        expect(button).not_to_have_attribute("aria-busy", "true")
        for _ in range(self.page.locator("#toasts button").count()):
            self.page.locator("#toasts button").first.click()
