"""Several processes say that they live at the same instant, in one row that they share."""

from datetime import timedelta

from storage.database import Database
from storage.heartbeats import beat, last_beat
from tests.planning.school import NOW
from tests.storage.at_once import at_once

BEATS = 50


def test_processes_that_beat_at_the_same_instant_do_not_disturb_each_other(database: Database) -> None:
    def living() -> None:
        for number in range(BEATS):
            with database.write() as conn:
                beat(conn, "tick", NOW + timedelta(seconds=number))

    assert at_once([living] * 4) == [None] * 4
    with database.read() as conn:
        assert last_beat(conn, "tick") == NOW + timedelta(seconds=BEATS - 1)
