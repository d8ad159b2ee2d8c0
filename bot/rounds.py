"""What happens once an hour and once a day beside the sending: the rounds, and who is still there."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clock import Clock
from bot.sending.refusals import Meaning, meaning, wait
from planning.people import Role
from planning.verbs import leave, rounds
from storage.books import Ledger, WorkspaceBooks

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGAIN = timedelta(minutes=5)
"""After so long what failed is tried again."""
MEMBERS_PAGE = 200
AT_A_TIME = 10
"""So many channels or people are read at one call."""


class Rounds:
    """Does at each call what is due by the clock since the last one: everything at the first."""

    def __init__(self, books: WorkspaceBooks, client: WebClient, clock: Clock, bot_user: str) -> None:
        self._books = books
        self._client = client
        self._clock = clock
        self._bot_user = bot_user
        self._last: dict[str, datetime] = {}
        self._unread: deque[tuple[Callable[[str, datetime], None], str]] = deque()
        self._not_before = 0.0
        self._log = structlog.get_logger("rounds")

    def make(self) -> None:
        """Make what is due; where something fails, the log says so and it is tried again within minutes."""
        self._every(DAY, "people", self._look_whom_to_read)
        self._read_on()
        self._every(HOUR, "plans", lambda now: rounds.make(self._books, now))

    def _every(self, span: timedelta, name: str, work: Callable[[datetime], None]) -> None:
        now = self._clock()
        last = self._last.get(name)
        # A clock that was set back counts as well.
        if last is not None and abs(now - last) < span:
            return
        self._last[name] = now
        try:
            work(now)
        except Exception as error:
            self._last[name] = now - span + AGAIN
            self._log.error("round failed", round=name, error=type(error).__name__, exc_info=True)

    def _look_whom_to_read(self, _now: datetime) -> None:
        """Whoever left while Levers was not listening: channels' members, and the accounts of owners and leaders."""
        with self._books.read() as ledger:
            channels = [school.channel for school in ledger.schools.connected() if school.channel]
            people = _who_matters(ledger)
        self._unread = deque([*((self._members, one) for one in channels), *((self._account, one) for one in people)])

    def _read_on(self) -> None:
        """A few at each call, so that nothing that is due waits for them; later where Slack asks for that."""
        for _ in range(min(AT_A_TIME, len(self._unread))):
            if time.monotonic() < self._not_before:
                return
            read, whom = self._unread.popleft()
            try:
                read(whom, self._clock())
            except (OSError, SlackClientError) as error:
                self._log.warning("not read", what=read.__name__, error=type(error).__name__)
                if not isinstance(error, SlackApiError) or meaning(error) in (Meaning.TOO_MANY, Meaning.UNCERTAIN):
                    self._unread.appendleft((read, whom))
                    self._not_before = time.monotonic() + wait(error)

    def _members(self, channel: str, now: datetime) -> None:
        pages = self._client.conversations_members(channel=channel, limit=MEMBERS_PAGE)
        present = [person for page in pages for person in page["members"] if person != self._bot_user]
        leave.reconcile(self._books, channel, present, now)

    def _account(self, person: str, now: datetime) -> None:
        if self._client.users_info(user=person)["user"].get("deleted"):
            leave.deactivated(self._books, person, now)
        else:
            leave.active(self._books, person)


def _who_matters(ledger: Ledger) -> Iterable[str]:
    found: dict[str, None] = {}
    for school in ledger.schools.connected():
        plan = ledger.plans.live(school.id)
        owners = [one.step.owner for one in plan.actions if one.status.open and one.step.owner] if plan else []
        leaders = [person for role in Role for person in ledger.people.with_role(school.id, role)] if plan else []
        found |= dict.fromkeys([*owners, *leaders])
    return list(found)
