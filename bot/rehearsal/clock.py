"""The rehearsal's clock: real time plus the seconds in the clock file, and only ever moved forward."""

import asyncio
import json
import shlex
import time
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from zoneinfo import ZoneInfo

MORNING = wall_time(8, 0)
COMMAND_SECONDS = 60


class ClockError(ValueError):
    """A clock that cannot be moved as asked; the sentence says why."""


class Clock:
    """Reads and moves the seconds in ``path`` (created on the first move)."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ahead(self) -> float:
        """How many seconds the rehearsal is ahead of real time."""
        try:
            return float(self.path.read_text(encoding="utf-8").strip() or 0)
        except (FileNotFoundError, ValueError):
            return 0.0

    def now(self) -> datetime:
        """The rehearsal's moment, in UTC."""
        return datetime.fromtimestamp(time.time() + self.ahead(), UTC)

    def move_by(self, seconds: float) -> datetime:
        """Move forward by ``seconds``; the new moment. Raises ClockError when asked to go back."""
        if seconds < 0:
            raise ClockError("The rehearsal's clock only moves forward.")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(self.path.name + ".new")
        draft.write_text(f"{self.ahead() + seconds:.3f}\n", encoding="utf-8")
        draft.replace(self.path)
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Move forward to ``moment`` (aware); the new moment. Raises ClockError when it has passed."""
        return self.move_by((moment - self.now()).total_seconds())


def next_morning(now: datetime, time_zone: str) -> datetime:
    """Eight o'clock on the next weekday after today in ``time_zone``, as UTC. ``now`` is aware."""
    zone = ZoneInfo(time_zone)
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def a_week_later(now: datetime, time_zone: str) -> datetime:
    """The same wall time seven days on in ``time_zone``, as UTC. ``now`` is aware."""
    return (now.astimezone(ZoneInfo(time_zone)) + timedelta(days=7)).astimezone(UTC)


def soonest_after(now: datetime, reminders: object, recipient: str | None = None) -> datetime | None:
    """The first ``due_utc`` after ``now`` among reminders (to one ``recipient``), or None.

    Raises ClockError on a list it cannot read.
    """
    if not isinstance(reminders, list):
        raise ClockError("The reminders command did not print a JSON array.")
    moments = []
    for reminder in reminders:
        try:
            moment = datetime.fromisoformat(reminder["due_utc"])
        except (TypeError, KeyError, ValueError) as error:
            raise ClockError(f"A reminder has no readable due_utc: {reminder!r}") from error
        if recipient in (None, reminder.get("recipient")):
            moments.append(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    return min((moment for moment in moments if moment > now), default=None)


async def read_reminders(command: str) -> object:
    """Run ``command`` and read the JSON it prints. Raises ClockError when it fails."""
    try:
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
    except OSError as error:
        raise ClockError(f"The reminders command could not be started: {error}") from error
    try:
        out, err = await asyncio.wait_for(process.communicate(), COMMAND_SECONDS)
    except TimeoutError as error:
        process.kill()
        raise ClockError("The reminders command did not answer within a minute.") from error
    if process.returncode != 0:
        raise ClockError(f"The reminders command failed: {err.decode(errors='replace').strip()[-400:]}")
    try:
        answer: object = json.loads(out)
    except ValueError as error:
        raise ClockError("The reminders command did not print JSON.") from error
    return answer
