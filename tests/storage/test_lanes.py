"""Slack counts posts by channel and everything else by method: only what it refuses as too much waits."""

import time

import pytest
from sqlalchemy import delete, update

from planning.messages import Kind, Wanted
from storage import lanes
from storage.books import WorkspaceBooks
from storage.claim import claim, wait_in_lane
from storage.database import Database
from storage.tables.messages import deliveries
from storage.tables.messages import lanes as table
from storage.workspaces import bind_workspace
from tests.planning.school import NOW

WAITING = {
    "a card": (Kind.CARD, "C1"),
    "a card elsewhere": (Kind.CARD, "C2"),
    "a card that is changed": (Kind.CARD, "C3"),
    "a picture": (Kind.PICTURE, "C1"),
    "word to somebody": (Kind.CHECK_IN, "UANA"),
    "word to somebody new": (Kind.CHECK_IN, "UBEN"),
}
STANDS = {"a card that is changed": {"sent_to": "C3", "ts": "1.1"}, "word to somebody": {"sent_to": "D1"}}


@pytest.fixture
def books(database: Database) -> WorkspaceBooks:
    """The books of one workspace in which a message of each sort is due."""
    with database.write() as conn:
        books = WorkspaceBooks(database, bind_workspace(conn, "T1", NOW), "America/Chicago")
    with books.write() as ledger:
        ledger.deliveries.want_all(Wanted(kind, to, name, name, NOW) for name, (kind, to) in WAITING.items())
    with database.write() as conn:
        for name, values in STANDS.items():
            conn.execute(update(deliveries).where(deliveries.c.occasion == name).values(values))
    return books


def taken(books: WorkspaceBooks) -> set[str]:
    """What may be sent now; all of it goes back."""
    with books.write() as ledger:
        found = []
        while batch := claim(ledger.view, NOW, time.time(), 20):
            found += batch
        for one in found:
            wait_in_lane(ledger.view, one)
        return {one.delivery.wanted.occasion for one in found}


HELD = {
    lanes.lane("chat.postMessage", "C1"): {"a card"},
    lanes.lane("chat.postMessage", "D1"): {"word to somebody"},
    lanes.lane("chat.update", "C3"): {"a card that is changed"},
    lanes.lane("conversations.open", ""): {"word to somebody new"},
    lanes.lane("files.getUploadURLExternal", "C1"): {"a picture"},
    lanes.POST: {"a card", "a card elsewhere", "word to somebody", "word to somebody new"},
    "C1": {"a card", "a picture"},
    "C3": {"a card that is changed"},
}


def test_what_slack_refuses_as_too_much_waits_and_nothing_else(books: WorkspaceBooks) -> None:
    for place, held in HELD.items():
        with books.write() as ledger:
            ledger.view.conn.execute(delete(table))
            lanes.hold(ledger.view, place, 30)
        assert taken(books) == set(WAITING) - held, place


def test_a_message_names_the_lanes_that_the_database_asks_for(books: WorkspaceBooks) -> None:
    with books.write() as ledger:
        everything = [one.delivery for _ in range(3) for one in claim(ledger.view, NOW, time.time(), 20)]
    assert {one.wanted.occasion: lanes.lanes_of(one) for one in everything} == {
        "a card": ("C1", "chat.postMessage", "chat.postMessage C1"),
        "a card elsewhere": ("C2", "chat.postMessage", "chat.postMessage C2"),
        "a card that is changed": ("C3", "chat.update"),
        "a picture": ("C1", "files"),
        "word to somebody": ("D1", "chat.postMessage", "chat.postMessage D1"),
        "word to somebody new": ("UBEN", "chat.postMessage", "chat.postMessage UBEN", "conversations.open"),
    }


def test_a_second_channel_that_refuses_means_the_workspace(books: WorkspaceBooks) -> None:
    with books.write() as ledger:
        first, second = (lanes.lane("chat.postMessage", channel) for channel in ("C1", "C2"))
        assert not lanes.held_elsewhere(ledger.view, first, time.time())
        lanes.hold(ledger.view, first, 30)
        assert not lanes.held_elsewhere(ledger.view, first, time.time())
        assert lanes.held_elsewhere(ledger.view, second, time.time())
