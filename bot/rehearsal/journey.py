"""Moves the clock forward stop by stop, so that what is due on the way happens at its hour, and tells what happened."""

import asyncio
import time
from datetime import datetime, timedelta

from bot.rehearsal.clock import ClockError, a_week_later, next_morning, read_reminders, soonest_after
from bot.rehearsal.records import Conversation, Posted
from bot.rehearsal.wire import Json
from bot.rehearsal.workspace import Workspace

MINUTE = timedelta(minutes=1)
MOST_STOPS = 20
CHANCE_SECONDS = 2.5
QUIET_SECONDS = 2.0
LONGEST_SECONDS = 8.0
LOOK_SECONDS = 0.1


class Journey:
    """Moves one rehearsal's clock; ``reminders_command`` prints the reminders to come as JSON."""

    def __init__(self, workspace: Workspace, reminders_command: str | None) -> None:
        self._workspace = workspace
        self._command = reminders_command
        self._under_way = asyncio.Lock()

    async def to(self, asked: object, who: str, *, connected: bool) -> Json:
        """Go to "next morning", "next check-in" (of ``who``, else anybody's), "a week later", or on by some seconds.

        The answer has ``from`` and ``now`` (ISO, UTC) and ``stops``: the moments on the way at which messages were
        written, with those messages; ``skipped`` says that there were too many. A number of seconds is one step
        without stops. An app that is not ``connected`` is not waited for. Raises ClockError.
        """
        if self._under_way.locked():
            raise ClockError("The clock is moving already. Wait until it has arrived.")
        async with self._under_way:
            clock = self._workspace.clock
            start = clock.now()
            if isinstance(asked, int | float) and not isinstance(asked, bool):
                clock.move_by(asked)
                self._workspace.changed()
                return self._arrived(start, [], skipped=False)
            end, reminders = await self._end(asked, who)
            stops, skipped = await self._travel(end, reminders, connected)
            return self._arrived(start, stops, skipped)

    async def _end(self, asked: object, who: str) -> tuple[datetime, object]:
        """The moment to go to, and the reminders as they stand."""
        now, zone = self._workspace.clock.now(), self._workspace.world.time_zone
        if asked == "next morning":
            return next_morning(now, zone), await self._reminders()
        if asked == "a week later":
            return a_week_later(now, zone), await self._reminders()
        if asked != "next check-in":
            raise ClockError(
                "Move the clock to 'next morning', 'next check-in', 'a week later' or by a number of seconds."
            )
        if not self._command:
            raise ClockError("This rehearsal was started without a way to ask for reminders.")
        reminders = await self._reminders()
        soonest = soonest_after(now, reminders, who) or soonest_after(now, reminders)
        if soonest is None:
            raise ClockError("No check-in is scheduled yet. They begin when an owner accepts an action.")
        return soonest + MINUTE, reminders

    async def _travel(self, end: datetime, reminders: object, connected: bool) -> tuple[list[Json], bool]:
        clock = self._workspace.clock
        stops: list[Json] = []
        while (now := clock.now()) < end:
            due = soonest_after(now, reminders)
            if due is None or due > end:
                clock.move_by((end - now).total_seconds())
                self._workspace.changed()
                break
            if len(stops) == MOST_STOPS:
                return [*stops, await self._stop(end, connected)], True
            stops.append(await self._stop(min(due + MINUTE, end), connected))
            # What was sent may have made new reminders.
            reminders = await self._reminders()
        return stops, False

    async def _reminders(self) -> object:
        return await read_reminders(self._command) if self._command else []

    async def _stop(self, moment: datetime, connected: bool) -> Json:
        before = float(self._workspace.records.last_ts)
        self._workspace.clock.move_to(moment)
        self._workspace.changed()
        if connected:
            await self._until_quiet(before)
        messages = [_told(where, posted, self._workspace) for where, posted in self._written_since(before)]
        return {"moment": moment.isoformat(timespec="seconds"), "messages": messages}

    async def _until_quiet(self, before: float) -> None:
        """Give the app its chance: a tick of its own clock, then two seconds in which nothing more is written."""
        began = time.monotonic()
        quiet_from, seen = began + CHANCE_SECONDS - QUIET_SECONDS, 0
        while time.monotonic() < min(quiet_from + QUIET_SECONDS, began + LONGEST_SECONDS):
            await asyncio.sleep(LOOK_SECONDS)
            written = len(self._written_since(before))
            if written != seen:
                quiet_from, seen = time.monotonic(), written

    def _written_since(self, ts: float) -> list[tuple[Conversation, Posted]]:
        bot = self._workspace.world.app.bot_user
        found = [
            (where, posted)
            for where in self._workspace.records.conversations.values()
            for posted in where.messages
            if float(posted.ts) > ts and posted.body.get("user") == bot
        ]
        return sorted(found, key=lambda pair: float(pair[1].ts))

    def _arrived(self, start: datetime, stops: list[Json], skipped: bool) -> Json:
        now = self._workspace.clock.now()
        return {
            "ok": True,
            "from": start.isoformat(timespec="seconds"),
            "now": now.isoformat(timespec="seconds"),
            "stops": stops,
            "skipped": skipped,
        }


def _told(where: Conversation, posted: Posted, workspace: Workspace) -> Json:
    person = posted.only_for or where.partner
    name = f"direct message to {workspace.person(where.partner).real_name}" if where.partner else f"#{where.name}"
    text = str(posted.body.get("text") or "")
    return {"channel": where.id, "name": name, "person": person, "ts": posted.ts, "text": text}
