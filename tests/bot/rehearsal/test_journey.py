"""The clock on its way: it stops where something is due, waits for the app, and tells what was written."""

import json
import shlex
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from slack_bolt import App

from tests.bot.rehearsal.conftest import SMALL_WORLD, client_of, connected
from tests.bot.rehearsal.pages import window
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running
from tests.e2e.browser import CHROMIUM


@pytest.fixture
def due(tmp_path: Path) -> Path:
    """The file that the reminders command prints."""
    return tmp_path / "due.json"


@pytest.fixture
def visitor(tmp_path: Path, due: Path) -> Iterator[Visitor]:
    """Somebody in a workspace that knows what is due."""
    due.write_text("[]")
    printing = f"import pathlib; print(pathlib.Path({str(due)!r}).read_text())"
    command = shlex.join([sys.executable, "-c", printing])
    options = ("--world", str(SMALL_WORLD), "--clock-file", str(tmp_path / "clock"), "--reminders-command", command)
    with running(tmp_path / "state", *options) as address:
        yield Visitor(address, "UREV")


class Reminding:
    """An app that writes to Ana and Ben once each of its moments has come."""

    def __init__(self, visitor: Visitor, due: Path, *moments: datetime) -> None:
        self._visitor = visitor
        self._client = client_of(f"{visitor.base_url}/")
        self._left = sorted(moments)
        due.write_text(json.dumps([{"due_utc": moment.isoformat()} for moment in moments]))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Reminding":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.2):
            if self._left and moment_of(self._visitor) >= self._left[0]:
                self._left.pop(0)
                for person in ("UONE", "UTWO"):
                    self._client.chat_postMessage(channel=person, text="How is it going?")


def moment_of(visitor: Visitor) -> datetime:
    """The rehearsal's moment."""
    return datetime.fromisoformat(visitor.screen()["now"]["utc"])


def test_a_week_stops_where_something_is_due_and_tells_what_was_written(visitor: Visitor, due: Path) -> None:
    start = moment_of(visitor)
    moments = (start + timedelta(days=1), start + timedelta(days=3), start + timedelta(days=30))
    app = App(client=client_of(f"{visitor.base_url}/"), signing_secret="rehearsal")
    with connected(app), Reminding(visitor, due, *moments):
        answer = visitor.move_clock("a week later")
    assert datetime.fromisoformat(answer["now"]) - start >= timedelta(days=6, hours=23)
    assert [datetime.fromisoformat(stop["moment"]) for stop in answer["stops"]] == [
        (moment + timedelta(minutes=1)).replace(microsecond=0) for moment in moments[:2]
    ]
    told = [[(one["name"], one["text"]) for one in stop["messages"]] for stop in answer["stops"]]
    asked = [("direct message to Ana Amsel", "How is it going?"), ("direct message to Ben Birke", "How is it going?")]
    assert told == [asked, asked]
    assert answer["skipped"] is False


def test_a_way_on_which_nothing_is_due_takes_no_time(visitor: Visitor) -> None:
    began = time.monotonic()
    answer = visitor.move_clock("next morning")
    assert answer["ok"], answer
    assert answer["stops"] == []
    assert time.monotonic() - began < 2.4
    local = datetime.fromisoformat(visitor.screen()["now"]["local"])
    assert (local.hour, local.minute) == (8, 0)


def test_an_app_that_is_away_is_not_waited_for(visitor: Visitor, due: Path) -> None:
    start = moment_of(visitor)
    due.write_text(json.dumps([{"due_utc": (start + timedelta(days=day)).isoformat()} for day in (1, 2)]))
    began = time.monotonic()
    answer = visitor.move_clock("a week later")
    assert [stop["messages"] for stop in answer["stops"]] == [[], []]
    assert time.monotonic() - began < 5


def test_a_way_with_too_many_stops_says_that_it_skipped_some(visitor: Visitor, due: Path) -> None:
    start = moment_of(visitor)
    due.write_text(json.dumps([{"due_utc": (start + timedelta(hours=hour)).isoformat()} for hour in range(1, 41)]))
    answer = visitor.move_clock("a week later")
    assert answer["skipped"] is True
    assert len(answer["stops"]) == 21


def test_two_windows_do_not_move_the_clock_at_once(visitor: Visitor, due: Path) -> None:
    app = App(client=client_of(f"{visitor.base_url}/"), signing_secret="rehearsal")
    start = moment_of(visitor)
    due.write_text(json.dumps([{"due_utc": (start + timedelta(days=1)).isoformat()}]))
    with connected(app):
        first = threading.Thread(target=visitor.move_clock, args=("a week later",))
        first.start()
        visitor.wait_for(lambda: moment_of(visitor) > start + timedelta(hours=1), "for the clock to move")
        assert "already" in visitor.move_clock("next morning")["sentence"]
        first.join()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no browser here")
def test_the_page_tells_of_the_way_and_leads_to_each_message(browser: Browser, visitor: Visitor, due: Path) -> None:
    app = App(client=client_of(f"{visitor.base_url}/"), signing_secret="rehearsal")
    reminding = Reminding(visitor, due, datetime.now(UTC) + timedelta(days=2))
    with connected(app), reminding, window(browser, visitor.base_url) as page:
        page.get_by_role("button", name="Move the clock").click()
        page.get_by_role("menuitem", name="Next check-in").click()
        journey = page.get_by_role("status", name="What happened on the way")
        expect(journey).to_contain_text("What is due on the way is being sent")
        expect(journey).to_contain_text("Greeter to Ana Amsel, Ben Birke: How is it going?")
        journey.get_by_role("link", name="Ben Birke").click()
        expect(page).to_have_title("Ben Birke · Small (practice)")
        expect(page.locator("#messages article.found")).to_contain_text("How is it going?")
        journey.get_by_role("button", name="Dismiss").click()
        expect(journey).to_be_hidden()
        expect(page.get_by_role("button", name="Move the clock")).to_be_focused()
