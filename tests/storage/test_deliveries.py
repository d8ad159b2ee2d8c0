"""Messages are claimed by one, sent once, and never lost, on both databases."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from planning.messages import Kind, Wanted
from storage import claim as claims
from storage.books import WorkspaceBooks
from storage.claim import Claim
from storage.claim_statements import UPLOAD_LEASE_SECONDS
from storage.database import Database
from storage.tables.messages import deliveries
from storage.view import View
from storage.workspaces import bind_workspace
from tests.planning.school import NOW


@pytest.fixture
def books(database: Database) -> WorkspaceBooks:
    """The books of one workspace with nothing in them."""
    with database.write() as conn:
        workspace = bind_workspace(conn, "T1", NOW)
    return WorkspaceBooks(database, workspace, "America/Chicago")


def want(books: WorkspaceBooks, occasion: str = "2026-12-09", due_in: int = 0) -> None:
    """Owe Ana a check-in message."""
    with books.write() as ledger:
        ledger.deliveries.want(Wanted(Kind.CHECK_IN, "UANA", occasion, "UANA", NOW + timedelta(seconds=due_in)))


def claimed(books: WorkspaceBooks, later: float = 0) -> list[Claim]:
    """What somebody could send now, or `later` seconds from now by the real clock."""
    with view(books) as one:
        return claims.claim(one, NOW, time.time() + later, 10)


@contextmanager
def view(books: WorkspaceBooks) -> Iterator[View]:
    """A transaction that marks."""
    with books.write() as ledger:
        yield ledger.view


def state(books: WorkspaceBooks) -> tuple[str, str | None, int, int]:
    """State, ts, wanted and shown of the only message."""
    with books.database.read() as conn:
        row = conn.execute(select(deliveries)).one()
    return row.state, row.ts, row.wanted, row.shown


def test_wanting_the_same_message_twice_is_one_message(books: WorkspaceBooks) -> None:
    want(books)
    want(books)
    assert len(claimed(books)) == 1


def test_a_message_is_claimed_once_and_only_when_it_is_due(books: WorkspaceBooks) -> None:
    want(books, due_in=60)
    assert claimed(books) == []
    want(books, due_in=0)
    assert len(claimed(books)) == 1
    assert claimed(books) == []


def test_a_sent_message_is_settled_and_wanted_again_it_is_brought_up_to_date(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        assert claims.begin(mark, one, time.time())
        assert claims.sent(mark, one, "DANA", "1.1", None)
    assert state(books) == ("settled", "1.1", 1, 1)
    want(books)
    (again,) = claimed(books)
    assert (again.delivery.ts, again.delivery.sent_to) == ("1.1", "DANA")


def test_what_is_wanted_while_it_is_being_sent_waits_to_be_shown(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        claims.begin(mark, one, time.time())
    want(books)
    assert claimed(books) == [], "it is under way"
    with view(books) as mark:
        claims.sent(mark, one, "DANA", "1.1", None)
    assert state(books) == ("waiting", "1.1", 2, 1)


@pytest.mark.parametrize("begun", [False, True])
def test_what_changes_while_a_message_is_first_being_sent_is_shown_once_it_stands(
    books: WorkspaceBooks, begun: bool
) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        assert not begun or claims.begin(mark, one, time.time())
    with books.write() as ledger:
        ledger.deliveries.refresh(Kind.CHECK_IN, "UANA", NOW)
    with view(books) as mark:
        assert begun or claims.begin(mark, one, time.time())
        assert claims.sent(mark, one, "DANA", "1.1", None)
    (again,) = claimed(books)
    assert again.delivery.ts == "1.1", "it is brought up to date"


def test_what_only_waits_to_be_sent_is_not_sent_earlier_for_a_change(books: WorkspaceBooks) -> None:
    want(books, due_in=60)
    with books.write() as ledger:
        ledger.deliveries.refresh(Kind.CHECK_IN, "UANA", NOW)
    assert claimed(books) == []


def test_a_dead_claimants_message_is_taken_over_and_its_late_mark_is_refused(books: WorkspaceBooks) -> None:
    want(books)
    (dead,) = claimed(books)
    (heir,) = claimed(books, later=claims.LEASE_SECONDS + 5)
    assert heir.token == dead.token + 1
    with view(books) as mark:
        assert not claims.begin(mark, dead, time.time())
        assert not claims.sent(mark, dead, "DANA", "1.1", None)
        assert claims.begin(mark, heir, time.time())


def test_a_claim_whose_lease_ran_out_begins_where_nobody_took_it_over(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    late = time.time() + claims.LEASE_SECONDS + 5
    with view(books) as mark:
        assert claims.begin(mark, one, late)
        assert claims.doubtful(mark, late + 1, 10) == [], "its lease begins anew"


def test_nobody_takes_a_message_over_whose_files_are_being_made(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        assert claims.making(mark, one, time.time())
    assert claimed(books, later=claims.LEASE_SECONDS + 5) == []
    assert len(claimed(books, later=UPLOAD_LEASE_SECONDS + 5)) == 1


def test_only_what_was_being_sent_is_in_doubt_after_a_crash(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    late = time.time() + claims.LEASE_SECONDS + 5
    with view(books) as mark:
        assert claims.doubtful(mark, late, 10) == [], "a claim that never began is not in doubt"
        claims.begin(mark, one, time.time())
    assert claimed(books, later=claims.LEASE_SECONDS + 5) == []
    with view(books) as mark:
        (doubt,) = claims.doubtful(mark, late, 10)
        assert claims.found(mark, doubt, "DANA", "1.1", None)
    assert state(books) == ("waiting", "1.1", 1, 0), "what it showed is not known, so it is brought up to date"


def test_looking_for_a_message_is_no_attempt_and_sending_it_once_more_is_one(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        assert claims.begin(mark, one, time.time())
        for look in range(1, 60):
            (doubt,) = claims.doubtful(mark, time.time() + 60 * look, 10)
            assert doubt.attempts == one.attempts
        assert claims.begin(mark, doubt, time.time() + 60 * look)
        (again,) = claims.doubtful(mark, time.time() + 60 * (look + 1), 10)
        assert again.attempts == one.attempts + 1
        assert claims.wait_in_lane(mark, again)
    (later,) = claimed(books)
    assert later.attempts == again.attempts + 1, "what was attempted before stays counted"


def test_a_message_no_longer_wanted_is_passed_over(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        claims.passed_over(mark, one)
    assert state(books) == ("settled", None, 1, 1)


def test_a_message_put_off_comes_back_and_one_stopped_does_not(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        claims.put_off(mark, one, NOW)
    (one,) = claimed(books)
    assert one.attempts == 2
    with view(books) as mark:
        claims.stop(mark, one, "is_archived")
    assert claimed(books) == []


def test_what_is_wanted_anew_while_slack_refuses_what_it_said_before_is_still_sent(books: WorkspaceBooks) -> None:
    want(books)
    (one,) = claimed(books)
    with view(books) as mark:
        claims.begin(mark, one, time.time())
    want(books)
    with view(books) as mark:
        assert claims.stop(mark, one, "msg_too_long")
        assert claims.given_up(mark) == []
    (again,) = claimed(books)
    assert again.wanted == 2
    with view(books) as mark:
        assert claims.stop(mark, again, "msg_too_long")
        assert claims.given_up(mark) == [claims.GivenUp(Kind.CHECK_IN, "msg_too_long", 1)]
    assert claimed(books) == []


def test_updates_of_new_messages_come_before_those_of_old_ones_and_new_messages_first(books: WorkspaceBooks) -> None:
    for day in ("2026-12-09", "2026-12-16"):
        want(books, day)
        (one,) = claimed(books)
        with view(books) as mark:
            claims.begin(mark, one, time.time())
            claims.sent(mark, one, "DANA", f"{day[-2:]}.0", None)
    for day in ("2026-12-09", "2026-12-16", "2026-12-23"):
        want(books, day)
    first, then = claimed(books), claimed(books)
    assert [one.delivery.wanted.occasion for one in (*first, *then)] == ["2026-12-23", "2026-12-16", "2026-12-09"]
