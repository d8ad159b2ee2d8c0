"""What the page offers to somebody new: a guide, and a way to bring a review of one's own."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.bot.rehearsal.conftest import SMALL_WORLD
from tests.bot.rehearsal.pages import faint_texts, in_a_browser, nameless, too_wide, window
from tests.bot.rehearsal.workspaces import running

pytestmark = in_a_browser

IMPORT = """
import pathlib, sys
words = pathlib.Path(sys.argv[1]).read_text()
print("row 2: found", words) if "Good" in words else print("1 review read")
sys.exit("Good" in words)
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A workspace with a guide of two steps and an import command."""
    world = yaml.safe_load(SMALL_WORLD.read_text(encoding="utf-8"))
    world["guide"] = [
        {"title": "Say hello", "text": "Write in *#team*."},
        {"title": "Look around", "text": "Be somebody else."},
    ]
    world["brought"] = "The review is in. Now type `/levers connect CODE`."
    (tmp_path / "world.yaml").write_text(yaml.safe_dump(world), encoding="utf-8")
    command = shlex.join([sys.executable, "-c", IMPORT])
    options = ("--world", str(tmp_path / "world.yaml"), "--import-command", command)
    with running(tmp_path / "state", *options) as url:
        yield url


def test_the_guide_goes_step_by_step_and_is_remembered(page: Page) -> None:
    guide = page.get_by_role("region", name="Guide")
    expect(guide).to_contain_text("step 1 of 2")
    expect(guide.locator("strong")).to_have_text("#team")
    guide.get_by_role("button", name="Next").press("Enter")
    expect(guide).to_contain_text("Look around")
    page.reload()
    expect(guide).to_contain_text("step 2 of 2")
    guide.get_by_role("button", name="Back").click()
    expect(guide).to_contain_text("Say hello")
    guide.get_by_role("button", name="Dismiss").click()
    expect(guide).to_be_hidden()
    page.reload()
    expect(page.locator("#composer textarea")).to_be_visible()
    expect(guide).to_be_hidden()
    page.get_by_role("button", name="Guide").click()
    expect(guide).to_contain_text("Say hello")


def test_the_guide_leaves_room_to_write_on_a_phone(browser: Browser, address: str) -> None:
    with window(browser, address, width=360, height=640) as page:
        guide = page.get_by_role("region", name="Guide").bounding_box()
        composer = page.locator("#composer").bounding_box()
        assert guide and composer
        assert guide["y"] + guide["height"] <= composer["y"]
        assert composer["y"] + composer["height"] <= 640
        assert too_wide(page) == []
        assert nameless(page) == []
        assert faint_texts(page) == []


def test_a_review_of_ones_own_is_brought_in_and_the_next_step_is_named(page: Page) -> None:
    page.get_by_role("button", name="Bring your own review").click()
    dialog = page.get_by_role("dialog", name="Bring your own review")
    dialog.get_by_label("Choose a file").set_input_files(
        {"name": "review.csv", "mimeType": "text/csv", "buffer": b"school,level"}
    )
    expect(dialog).to_contain_text("1 review read")
    expect(dialog.locator("code").first).to_have_text("/levers connect CODE")
    assert nameless(page) == []


def test_a_refused_review_says_where_and_another_kind_of_file_is_not_sent(page: Page) -> None:
    page.get_by_role("button", name="Bring your own review").click()
    dialog = page.get_by_role("dialog", name="Bring your own review")
    chooser = dialog.get_by_label("Choose a file")
    chooser.set_input_files({"name": "review.csv", "mimeType": "text/csv", "buffer": b"Good"})
    expect(dialog).to_contain_text("row 2: found Good")
    expect(dialog).to_contain_text("was not brought in")
    chooser.set_input_files({"name": "review.docx", "mimeType": "text/plain", "buffer": b"x"})
    expect(dialog).to_contain_text("review.docx is not a CSV, XLSX or JSON file.")
