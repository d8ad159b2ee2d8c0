"""The tick works at once when it is woken, survives work that fails, and is armed again when it falls silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.tick import Tick
from tests.faults.mill import until

SECONDS = 0.05


class Work:
    """Counts how often it is done, asks for the next time after so many seconds, and fails while it is told to."""

    def __init__(self, asks: float | None = None) -> None:
        self.times = 0
        self.asks = asks
        self.fails = False

    def __call__(self) -> float | None:
        self.times += 1
        if self.fails:
            raise OSError("no space left")
        return self.asks


@contextmanager
def ticking(work: Work, seconds: float = SECONDS) -> Iterator[Tick]:
    """A tick that does the work."""
    tick = Tick(work, seconds)
    tick.start()
    try:
        yield tick
    finally:
        tick.stop()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_by_an_hour_does_not_end_the_tick(hours: int) -> None:
    work = Work()
    with ticking(work):
        until(lambda: work.times > 2)
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True):
            before = work.times
            until(lambda: work.times > before + 5)


def test_a_tick_whose_scheduler_has_died_is_armed_again() -> None:
    work = Work()
    with ticking(work) as tick:
        until(lambda: work.times > 2)
        tick._scheduler.remove_all_jobs()
        before = work.times
        until(lambda: work.times > before + 5)


def test_a_tick_whose_work_wants_to_wait_for_a_quarter_of_an_hour_is_armed_again_all_the_same() -> None:
    work = Work(asks=900)
    with ticking(work) as tick:
        until(lambda: work.times > 2)
        tick._scheduler.remove_all_jobs()
        before = work.times
        until(lambda: work.times > before + 5)


def test_a_tick_whose_work_fails_says_so_goes_on_and_is_well_again() -> None:
    work = Work()
    with ticking(work) as tick:
        until(lambda: work.times > 1)
        assert tick.trouble() is None
        work.fails = True
        until(lambda: "OSError" in (tick.trouble() or ""))
        before = work.times
        until(lambda: work.times > before + 2)
        work.fails = False
        until(lambda: tick.trouble() is None)


def test_a_tick_is_woken_before_its_time() -> None:
    work = Work()
    with ticking(work, seconds=3600) as tick:
        tick.wake()
        until(lambda: work.times == 1)
