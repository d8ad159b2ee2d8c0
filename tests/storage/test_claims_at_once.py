"""Many senders take from one queue at the same instant: every message goes to one of them, on both databases."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from planning.messages import Kind, Wanted
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.claim import Claim
from storage.claim_statements import UPLOAD_LEASE_SECONDS
from storage.database import Database
from storage.tables.messages import deliveries
from storage.workspaces import bind_workspace
from tests.planning.school import NOW

SENDERS, MESSAGES, BATCH = 4, 40, 3


@pytest.fixture
def books(database: Database) -> WorkspaceBooks:
    """The books of one workspace with nothing in them."""
    with database.write() as conn:
        workspace = bind_workspace(conn, "T1", NOW)
    return WorkspaceBooks(database, workspace, "America/Chicago")


def want(books: WorkspaceBooks, number: int = 0) -> None:
    """Owe somebody a check-in message."""
    with books.write() as ledger:
        ledger.deliveries.want(Wanted(Kind.CHECK_IN, f"U{number}", "2026-12-09", f"U{number}", NOW))


def take(books: WorkspaceBooks, later: float = 0, limit: int = 10) -> list[Claim]:
    """What one sender takes now, or `later` seconds from now by the real clock."""
    with books.write() as ledger:
        return claims.claim(ledger.view, NOW, time.time() + later, limit)


def doubts(books: WorkspaceBooks, later: float) -> list[Claim]:
    """What one sender takes of the messages in doubt, `later` seconds from now by the real clock."""
    with books.write() as ledger:
        return claims.doubtful(ledger.view, time.time() + later, 10)


def test_every_message_is_taken_by_one_of_four_senders(books: WorkspaceBooks) -> None:
    for number in range(MESSAGES):
        want(books, number)
    ready = Barrier(SENDERS)

    def send(_: int) -> list[str]:
        ready.wait()
        mine: list[str] = []
        while batch := take(books, limit=BATCH):
            assert len(batch) <= BATCH
            mine += [one.delivery.wanted.recipient for one in batch]
        return mine

    with ThreadPoolExecutor(SENDERS) as pool:
        taken = [recipient for mine in pool.map(send, range(SENDERS)) for recipient in mine]
    assert sorted(taken) == sorted(f"U{number}" for number in range(MESSAGES))


def test_one_of_four_senders_takes_over_a_message_in_doubt(books: WorkspaceBooks) -> None:
    want(books)
    (dead,) = take(books)
    with books.write() as ledger:
        assert claims.begin(ledger.view, dead, time.time())
    ready = Barrier(SENDERS)

    def look(_: int) -> int:
        ready.wait()
        return len(doubts(books, claims.LEASE_SECONDS + 5))

    with ThreadPoolExecutor(SENDERS) as pool:
        assert sorted(pool.map(look, range(SENDERS))) == [0, 0, 0, 1]


def test_a_message_wanted_by_many_at_once_is_one_message_wanted_so_often(books: WorkspaceBooks) -> None:
    ready = Barrier(8)

    def one(_: int) -> None:
        ready.wait()
        want(books)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    with books.database.read() as conn:
        (row,) = conn.execute(select(deliveries)).all()
    assert (row.wanted, row.state) == (8, "waiting")


def test_what_is_wanted_while_it_is_claimed_is_sent_once_and_then_brought_up_to_date(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = take(books)
    want(books)
    assert take(books) == []
    with books.write() as ledger:
        assert claims.begin(ledger.view, one, time.time())
        assert claims.sent(ledger.view, one, "DANA", "1.1", None)
    (update,) = take(books)
    assert (update.delivery.ts, update.wanted) == ("1.1", 2)


def test_a_message_wanted_anew_while_it_is_passed_over_waits_again(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = take(books)
    want(books)
    with books.write() as ledger:
        assert claims.passed_over(ledger.view, one)
    (again,) = take(books)
    assert again.delivery.ts is None


def test_a_sender_that_was_too_slow_marks_nothing(books: WorkspaceBooks) -> None:
    want(books)
    (slow,) = take(books)
    (heir,) = take(books, later=claims.LEASE_SECONDS + 5)
    with books.write() as ledger:
        view = ledger.view
        assert not claims.begin(view, slow, time.time(), channel="DANA")
        assert not claims.sent(view, slow, "DANA", "9.9", None)
        assert not claims.found(view, slow, "DANA", "9.9", None)
        assert not claims.passed_over(view, slow)
        assert not claims.put_off(view, slow, NOW)
        assert not claims.slow_down(view, slow, NOW)
        assert not claims.stop(view, slow, "is_archived")
        assert claims.begin(view, heir, time.time())
    with books.database.read() as conn:
        row = conn.execute(select(deliveries)).one()
    assert (row.state, row.ts, row.sent_to, row.token) == ("sending", None, None, heir.token)


def test_a_message_slowed_down_waits_for_its_moment_and_counts_no_attempt(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = take(books)
    with books.write() as ledger:
        claims.slow_down(ledger.view, one, NOW + timedelta(seconds=30))
    assert take(books) == []
    with books.write() as ledger:
        (later,) = claims.claim(ledger.view, NOW + timedelta(seconds=31), time.time(), 10)
    assert later.attempts == one.attempts


def test_a_start_takes_over_what_was_only_claimed_and_looks_for_the_rest_after_its_lease(
    books: WorkspaceBooks,
) -> None:
    for number in (1, 2):
        want(books, number)
    first, _second = take(books)
    with books.write() as ledger:
        claims.begin(ledger.view, first, time.time())
        claims.end_leases(ledger.view)
    assert len(take(books)) == 1
    assert doubts(books, 0) == [], "Slack may be about to record it"
    assert [one.delivery.id for one in doubts(books, claims.LEASE_SECONDS + 5)] == [first.delivery.id]


def test_a_host_whose_clock_is_behind_takes_nobodys_upload_over(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = take(books)
    with books.write() as ledger:
        assert claims.begin(ledger.view, one, time.time(), UPLOAD_LEASE_SECONDS)
    assert doubts(books, -60) == []
    with books.write() as ledger:
        assert claims.looked(ledger.view, one, time.time(), seconds=3600)
    assert doubts(books, -60) == []
    assert doubts(books, -3600), "a clock that was set back is another matter"


def test_only_looks_that_slack_refuses_are_counted(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = take(books)
    with books.write() as ledger:
        claims.begin(ledger.view, one, time.time())
    later = claims.LEASE_SECONDS + 5
    for refused, counted in ((False, 0), (False, 0), (True, 0), (True, 1), (False, 2)):
        (doubt,) = doubts(books, later)
        assert doubt.looks == counted
        with books.write() as ledger:
            claims.looked(ledger.view, doubt, time.time() - claims.LEASE_SECONDS, refused=refused)


def test_the_channel_of_a_direct_message_is_known_to_whoever_takes_over(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = take(books)
    with books.write() as ledger:
        claims.begin(ledger.view, one, time.time(), channel="DANA")
    (doubt,) = doubts(books, claims.LEASE_SECONDS + 5)
    assert doubt.delivery.sent_to == "DANA" and doubt.in_doubt


def test_who_dies_before_it_begins_to_send_a_message_has_not_attempted_it(books: WorkspaceBooks) -> None:
    want(books)
    for dead in range(8):
        (one,) = take(books, later=dead * 30)
        assert one.attempts == 1, "it is not put off for what nobody tried"
