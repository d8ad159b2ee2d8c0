"""Who did what stands in the thread of a card: it waits for a card that is to come, and for no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages import render
from planning.messages import Kind
from planning.verbs import steer
from storage.claim import claim, passed_over
from tests.databases import fresh_database
from tests.planning.school import CHANNEL, NOW, PRINCIPAL, School, a_school


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """A session in which somebody has taken over before its card was sent."""
    with fresh_database("sqlite", tmp_path) as database:
        school = a_school(database)
        steer.take_over(school.books, PRINCIPAL, school.gathered().id, NOW)
        yield school


def details(school: School) -> str:
    """What becomes of the details of the first step."""
    with school.books.read() as ledger:
        (owed,) = ledger.deliveries.to(Kind.DETAILS, CHANNEL)
        message = render(ledger, owed, NOW)
    return "not wanted" if message is None else "waits" if message.waits else "sent"


def test_details_wait_for_their_card_and_for_none_that_was_never_sent(school: School) -> None:
    assert details(school) == "waits"
    school.go_on()
    assert details(school) == "waits", "the card may be under way"
    with school.books.write() as ledger:
        # As the sender does.
        for one in claim(ledger.view, NOW, 0, 100):
            if render(ledger, one.delivery, NOW) is None:
                passed_over(ledger.view, one)
    assert details(school) == "not wanted"
