"""`levers serve` without an app token: Slack's signed requests are answered, and nobody else's."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.samples.bringing import FRESH, bring_in
from storage.database import Database
from storage.migrate import migrate
from tests.bot.rehearsal.conftest import ROOT, running
from tests.bot.rehearsal.http_mode import free_port
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import MANIFEST


def healthy(port: int) -> bool:
    """Whether the command says at ``port`` that it is well."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def levers_serve(folder: Path, workspace: str, port: int) -> Iterator[None]:
    """The command, as somebody would run it behind a proxy."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "LEVERS_"))}
    environment |= {
        "LEVERS_DATABASE_URL": f"sqlite:///{folder / 'levers.db'}",
        "SLACK_BOT_TOKEN": "xoxb-rehearsal",
        "SLACK_SIGNING_SECRET": "rehearsal",
        "SLACK_API_URL": f"{workspace}api/",
    }
    command = [sys.executable, "-m", "bot", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        over = time.monotonic() + 60
        while not healthy(port):
            assert process.poll() is None, "levers serve has ended"
            assert time.monotonic() < over, "levers serve does not answer"
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(15)


def test_a_command_and_a_click_are_answered_over_signed_http(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    migrate(database)
    bring_in(database, datetime.now(UTC), (FRESH,))
    database.close()
    port = free_port()
    events = f"http://127.0.0.1:{port}/slack/events"
    options = ("--manifest", str(MANIFEST), "--request-url", events, "--retry-after", "0.5,1,2")
    with running(tmp_path / "workspace", *options) as url, levers_serve(tmp_path, url, port):
        visitor = Visitor(url)
        visitor.wait_for_text("Connect this channel")
        assert visitor.command("/levers help")["ok"]
        assert visitor.wait_for_text("/levers start")["only_you"]
        assert visitor.click("channel.connect")["ok"]
        visitor.wait_for_modal("connect")
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(events, b"payload=%7B%7D", {"X-Slack-Signature": "v0=00"}), timeout=10)
        assert refused.value.code == 401
