"""The clock of everything that is sent: a tick of a few seconds, a wake after each commit, and a watchdog over both."""

import threading
import time
from collections.abc import Callable

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

TICK_SECONDS = 2
LATE_SECONDS = 60
"""Longer than the work takes between two signs of life: a tick that was not seen for so long is in trouble."""


class Tick:
    """Calls `work` in one thread of its own; it holds no reminder.

    `work` is called at every tick, at once when the tick is woken, and after the seconds that it asks for.
    """

    def __init__(self, work: Callable[[], float | None], seconds: float = TICK_SECONDS) -> None:
        self._work = work
        self._seconds = seconds
        self._woken = threading.Event()
        self._over = threading.Event()
        self._worked_at = self._ticked_at = time.monotonic()
        self._failed = ""
        self._log = structlog.get_logger("tick")
        self._scheduler = self._armed()
        self._thread = threading.Thread(target=self._loop, name="tick", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()
        self._thread.start()

    def wake(self) -> None:
        """Work now; may be called from any thread."""
        self._woken.set()

    def trouble(self) -> str | None:
        """What keeps messages from being sent, in a line for whoever runs it; None while all is well."""
        silent = round(time.monotonic() - self._worked_at)
        if self._failed:
            return f"the tick fails ({self._failed}), for {silent} seconds now; it goes on trying"
        return f"the tick has not worked for {silent} seconds" if silent > LATE_SECONDS else None

    def stop(self) -> None:
        """Finish what is under way, then stop; stopping twice is stopping once."""
        if self._over.is_set():
            return
        self._over.set()
        self._woken.set()
        self._thread.join()
        self._scheduler.shutdown(wait=False)

    def _tick(self) -> None:
        self._ticked_at = time.monotonic()
        self.wake()

    def _armed(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            self._tick, "interval", seconds=self._seconds, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        return scheduler

    def _loop(self) -> None:
        asked: float | None = None
        while not self._over.is_set():
            # The wait follows the monotonic clock: a scheduler that was stopped by a clock set back is noticed here.
            silent = 3 * self._seconds
            self._woken.wait(timeout=silent if asked is None else min(asked, silent))
            if time.monotonic() - self._ticked_at >= silent:
                self._ticked_at = time.monotonic()
                self._log.warning("tick missing, armed again")
                self._scheduler.shutdown(wait=False)
                self._scheduler = self._armed()
                self._scheduler.start()
            self._woken.clear()
            if self._over.is_set():
                return
            asked = None
            try:
                asked = self._work()
                self._worked_at, self._failed = time.monotonic(), ""
            except Exception as error:
                # The next tick tries again: the state is in the database, and nothing was marked as done.
                self._failed = type(error).__name__
                self._log.error("tick failed", error=type(error).__name__, exc_info=True)
