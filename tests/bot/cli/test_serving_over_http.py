"""`levers serve` without an app token: Slack's signed requests are answered, and nobody else's."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.samples.bringing import FRESH, bring_in
from storage.database import Database
from storage.migrate import migrate
from tests.bot.cli.served import levers_serve
from tests.bot.rehearsal.http_mode import free_port
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.rehearsal.workspaces import running
from tests.bot.stage import MANIFEST


def test_a_command_and_a_click_are_answered_over_signed_http(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    migrate(database)
    bring_in(database, datetime.now(UTC), (FRESH,))
    database.close()
    port = free_port()
    events = f"http://127.0.0.1:{port}/slack/events"
    options = ("--manifest", str(MANIFEST), "--request-url", events, "--retry-after", "0.5,1,2")
    with (
        running(tmp_path / "workspace", *options) as url,
        levers_serve(f"sqlite:///{tmp_path / 'levers.db'}", url, port),
    ):
        visitor = Visitor(url)
        visitor.wait_for_text("Connect this channel")
        assert visitor.command("/levers help")["ok"]
        assert visitor.wait_for_text("/levers start")["only_you"]
        assert visitor.click("channel.connect")["ok"]
        visitor.wait_for_modal("connect")
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(events, b"payload=%7B%7D", {"X-Slack-Signature": "v0=00"}), timeout=10)
        assert refused.value.code == 401
