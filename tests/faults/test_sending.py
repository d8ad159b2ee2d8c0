"""Senders are killed, and Slack breaks off, answers late or refuses: every message stands there once."""

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import time_machine
from slack_sdk import WebClient
from sqlalchemy import select

from bot.sending import postman as sending
from bot.sending.posting import Ready
from bot.sending.postman import Postman
from bot.views.parts import Message
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.pauses import lift, pause, paused
from storage.tables.messages import deliveries
from storage.view import View
from tests.faults.mill import FULL, LEASE, Mill, mill, until
from tests.faults.sender import books_of, postman

KILLS, DUE, CHANNELS = (100, 1000, 50) if FULL else (4, 40, 10)


@pytest.fixture
def here(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mill]:
    """A workspace with a few channels; leases are short."""
    monkeypatch.setattr(claims, "LEASE_SECONDS", LEASE)
    with mill(tmp_path / "workspace", database, CHANNELS) as ready:
        yield ready


def test_senders_that_are_killed_at_random_lose_nothing_and_repeat_nothing(here: Mill) -> None:
    chance = random.Random(5)
    here.want(DUE)
    senders = [here.start() for _ in range(1 if here.database.embedded else 4)]
    try:
        for _ in range(KILLS):
            before = here.unsettled()
            until(lambda before=before: here.unsettled() < before or before == 0)  # type: ignore[misc]
            time.sleep(chance.random() / 5)
            victim = senders.pop(0)
            victim.kill()
            victim.wait()
            senders.append(here.start())
        until(lambda: here.unsettled() == 0, 120)
    finally:
        for sender in senders:
            sender.kill()
            sender.wait()
    here.assert_each_once(DUE)


def test_a_sender_killed_between_slacks_recording_and_its_answer_repeats_nothing(here: Mill) -> None:
    here.want(1)
    here.visitor.cause("delay_after", method="chat.postMessage", seconds=20)
    sender = here.start()
    until(lambda: sum(here.posted().values()) == 1)
    sender.send_signal(signal.SIGKILL)
    sender.wait()
    heir = here.start()
    try:
        until(lambda: here.unsettled() == 0)
    finally:
        heir.kill()
        heir.wait()
    here.assert_each_once(1)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("drop_connection", {"after": True}),
        ("server_error", {"after": True, "status": 500}),
        ("delay_after", {"seconds": 4}),
    ],
)
def test_a_post_without_an_answer_is_found_and_not_repeated(here: Mill, kind: str, fields: dict[str, Any]) -> None:
    here.want(1)
    sender = postman(here.database, here.api, timeout=1)
    here.visitor.cause(kind, method="chat.postMessage", **fields)
    sender.run()
    assert here.states()["sending"] == 1
    until(lambda: sender.run() is not None and here.unsettled() == 0)
    here.assert_each_once(1)


class BehindAProxy(WebClient):
    """A proxy's page comes in place of Slack's first answer to a post."""

    garbled = False

    def _perform_urllib_http_request_internal(self, url: str, req: Any) -> dict[str, Any]:
        answer = super()._perform_urllib_http_request_internal(url, req)
        if url.endswith("chat.postMessage") and not self.garbled:
            self.garbled = True
            answer["body"] = "<html>Bad gateway</html>"
        return answer


def test_a_post_whose_answer_nobody_can_read_is_found_and_not_repeated(here: Mill) -> None:
    here.want(1)
    client = BehindAProxy("xoxb-rehearsal", base_url=here.api, retry_handlers=[])
    sender = Postman(books_of(here.database, "T1"), client, lambda: datetime.now(UTC))
    sender.run()
    assert here.states()["sending"] == 1
    until(lambda: sender.run() is not None and here.unsettled() == 0)
    here.assert_each_once(1)


def test_a_message_that_takes_longer_to_make_than_its_lease_is_sent(
    here: Mill, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.want(1)
    sender = postman(here.database, here.api)
    ready = sender._posting.ready

    def slowly(message: Message) -> Ready:
        time.sleep(LEASE + 1)
        return ready(message)

    monkeypatch.setattr(sender._posting, "ready", slowly)
    sender.run()
    assert here.states() == {"settled": 1}
    here.assert_each_once(1)


def test_a_message_that_was_looked_for_all_through_an_outage_stands_as_soon_as_slack_is_back(here: Mill) -> None:
    here.want(1)
    sender = postman(here.database, here.api)
    here.visitor.cause("drop_connection", method="chat.postMessage")
    sender.run()
    with WorkspaceBooks(here.database, here.workspace, "America/Chicago").write() as ledger:
        # Hours, in which nobody could see whether it is there.
        looks = [claims.doubtful(ledger.view, time.time() + 300 * number, 20) for number in range(1, 60)]
    assert all(looks) and here.states()["sending"] == 1
    sender.run()
    assert here.states() == {"settled": 1}
    here.assert_each_once(1)


def test_a_message_whose_posts_get_no_answer_is_sent_again_a_few_times_and_then_later(
    here: Mill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AT_ONCE_ATTEMPTS", 1)
    here.want(1)
    sender = postman(here.database, here.api)
    broken = here.visitor.cause("drop_connection", method="chat.postMessage", times=0)["fault"]
    until(lambda: sender.run() or here.states()["waiting"])
    here.visitor.undo(broken["id"])
    sender.run()
    assert here.states() == {"waiting": 1}, "it waits for its moment"
    attempts = [call for call in here.visitor.log() if call["name"] == "chat.postMessage"]
    assert len(attempts) == 2


def test_a_storm_of_429_holds_up_one_workspace_and_not_the_other(here: Mill, tmp_path: Path) -> None:
    with mill(tmp_path / "other", here.database, CHANNELS, "T2") as other:
        here.want(CHANNELS)
        other.want(CHANNELS)
        storm = here.visitor.cause("rate_limited", method="chat.postMessage", seconds=2, times=0)["fault"]
        slow, quick = postman(here.database, here.api), postman(here.database, other.api, "T2")
        threads = [Thread(target=slow.run), Thread(target=quick.run)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert other.unsettled() == 0 and here.unsettled() == CHANNELS
        here.visitor.undo(storm["id"])
        until(lambda: slow.run() is not None and here.unsettled() == 0)
        here.assert_each_once(CHANNELS)
        other.assert_each_once(CHANNELS)


def test_a_429_for_posts_in_a_channel_holds_up_no_update_there_and_no_other_channel(here: Mill) -> None:
    here.want(3)
    sender, (first, *_) = postman(here.database, here.api), here.channels
    sender.run()
    here.visitor.cause("rate_limited", method="chat.postMessage", channel=first, seconds=30)
    here.want(3, name="again ")
    sender.run()
    here.want(3)
    until(lambda: sender.run() and here.states()["settled"] == 5)
    assert here.states() == {"settled": 5, "waiting": 1}


def test_a_channel_that_slack_holds_for_hours_is_looked_at_once_a_quarter_and_holds_up_no_other(here: Mill) -> None:
    first, second, *_ = here.channels
    replace(here, channels=(first,)).want(25)
    here.visitor.cause("rate_limited", method="chat.postMessage", channel=first, seconds=3600, times=0)
    sender = postman(here.database, here.api)
    sender.run()
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=901), tick=True):
        replace(here, channels=(second,)).want(1, name="other ")
        sender.run()
    assert here.states() == {"waiting": 25, "settled": 1}
    with here.database.read() as conn:
        assert max(conn.scalars(select(deliveries.c.token))) <= 3, "nothing is taken again and again"


@pytest.mark.parametrize(
    ("kind", "where", "place", "why", "waiting"),
    [
        ("archived_channel", {"channel": "CMILL0"}, "CMILL0", "is_archived", 1),
        ("deactivated_app", {}, "*", "account_inactive", CHANNELS),
    ],
)
def test_what_slack_refuses_for_good_waits_with_a_reason_and_the_rest_goes_on(
    here: Mill, kind: str, where: dict[str, str], place: str, why: str, waiting: int
) -> None:
    here.want(CHANNELS)
    fault = here.visitor.cause(kind, **where)["fault"]
    sender = postman(here.database, here.api)
    sender.run()
    assert here.unsettled() == waiting
    with here.database.write() as conn:
        view = View(conn, here.workspace_in(conn), "America/Chicago", True)
        assert [(one.place, one.why) for one in paused(view)] == [(place, why)]
    here.visitor.undo(fault["id"])
    with WorkspaceBooks(here.database, here.workspace, "America/Chicago").write() as ledger:
        lift(ledger.view, place)
    sender.run()
    here.assert_each_once(CHANNELS)


@pytest.mark.parametrize(("why", "goes_on"), [("missing_scope", False), ("token_revoked", True)])
def test_a_new_token_is_noticed_and_more_permissions_are_tried_by_hand(here: Mill, why: str, goes_on: bool) -> None:
    here.want(CHANNELS)
    with WorkspaceBooks(here.database, here.workspace, "America/Chicago").write() as ledger:
        pause(ledger.view, "*", why, datetime.now(UTC))
    postman(here.database, here.api).run()
    assert (here.unsettled() == 0) is goes_on


def test_a_bot_to_whom_no_app_may_write_stays_paused(here: Mill) -> None:
    bot = WebClient("xoxb-rehearsal", base_url=here.api).auth_test()["user_id"]
    books = WorkspaceBooks(here.database, here.workspace, "America/Chicago")
    with books.write() as ledger:
        pause(ledger.view, bot, "cannot_dm_bot", datetime.now(UTC))
        pause(ledger.view, "UREV", "user_disabled", datetime.now(UTC))
    postman(here.database, here.api).run()
    with books.read() as ledger:
        assert [one.place for one in paused(ledger.view)] == [bot]
