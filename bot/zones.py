"""Learns from Slack which time zone each person is in and what they are called: when they appear, and once a day."""

import threading
import time
from datetime import timedelta
from zoneinfo import available_timezones

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clock import Clock
from bot.sending.names import called
from planning.verbs.school_time import learn_zone
from storage.books import WorkspaceBooks

KNOWN_FOR = timedelta(days=1)
AT_A_TIME = 10
PAUSE_SECONDS = 30.0
"""Slack allows about a hundred calls of users.info a minute (its page on rate limits, tier 4): this stays far below."""


class Zones:
    """One workspace's people. `client` must not wait and retry by itself; `run` is called again and again."""

    def __init__(self, books: WorkspaceBooks, client: WebClient, clock: Clock) -> None:
        self._books = books
        self._client = client
        self._clock = clock
        self._appeared: set[str] = set()
        self._lock = threading.Lock()
        self._not_before = 0.0
        self._log = structlog.get_logger("zones")

    def appeared(self, person: str) -> None:
        """Somebody pressed or typed something: ask about them soon, unless that was done today. Any thread may call."""
        with self._lock:
            self._appeared.add(person)

    def run(self) -> None:
        """Ask Slack about a few people of whom it was not asked for a day, those who just appeared first."""
        if time.monotonic() < self._not_before:
            return
        self._not_before = time.monotonic() + PAUSE_SECONDS
        with self._lock:
            appeared, self._appeared = self._appeared, set()
        now = self._clock()
        with self._books.read() as ledger:
            due = ledger.people.to_learn(now - KNOWN_FOR)
        for person in sorted(due, key=lambda one: one not in appeared)[:AT_A_TIME]:
            try:
                zone, name = self._ask(person)
            except (OSError, SlackClientError) as error:
                self._log.warning("zone not learnt", error=type(error).__name__)
                return
            learn_zone(self._books, person, zone, now, name)

    def _ask(self, person: str) -> tuple[str | None, str]:
        try:
            user = self._client.users_info(user=person)["user"]
        except SlackApiError as error:
            if error.response.get("error") in ("user_not_found", "user_not_visible"):
                return None, ""
            raise
        # Slack leaves it out for some people (its page on the user object).
        zone = user.get("tz")
        return (str(zone) if zone in available_timezones() else None), called(user)
