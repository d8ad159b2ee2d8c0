"""Sends what is owed: claims it, says that it begins, posts it once and marks it; nothing is lost or repeated."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clock import Clock
from bot.messages import render
from bot.sending.looking import find, with_file, with_key
from bot.sending.mending import mended
from bot.sending.names import Names
from bot.sending.posting import Posting
from bot.sending.refusals import MISSING_SCOPE, RETRY_SECONDS, Meaning, meaning, method, wait, word
from planning.messages import IN_CHANNELS, Delivery, Kind
from planning.pauses import ALL
from planning.verbs.reach import next_push
from planning.verbs.turns import after_check_in, hold_before
from storage import claim as claims
from storage import lanes, pauses
from storage.books import Ledger, WorkspaceBooks
from storage.claim import Claim
from storage.claim_statements import UPLOAD_LEASE_SECONDS
from storage.view import View

BATCH = 20
MOST_ATTEMPTS = 40
AT_ONCE_ATTEMPTS = 5
"""So often a message whose post got no answer is sent again as soon as it was looked for in vain."""
LONGEST_RETRY = 3600
WAIT_SECONDS = 2
LOOKING = "conversations.history"
MOST_LOOKS = 3
"""How often a history that Slack refuses to show is asked for, before the message is rather sent twice than lost."""
CHANNEL_SECONDS = 1.0
"""Slack asks for about one message a second in a channel (its page on rate limits)."""
RUN_SECONDS = 20.0
"""After so long a run ends, whatever is due, so that the tick can show that it lives."""
ASK_AGAIN_SECONDS = 120
"""How often Slack is asked whether what it refused for good can go on."""


class Postman:
    """One workspace's sender. `client` must not retry by itself: that would post twice. `fonts` are for documents.

    `apart` is how many seconds lie between two messages in one channel.
    """

    def __init__(
        self,
        books: WorkspaceBooks,
        client: WebClient,
        clock: Clock,
        fonts: Sequence[Path] = (),
        apart: float = CHANNEL_SECONDS,
    ) -> None:
        self._books = books
        self._client = client
        self._posting = Posting(client, fonts, Names(books, client))
        self._clock = clock
        self._apart = apart
        self._one_at_a_time = threading.Lock()
        self._closed_until: dict[str, float] = {}
        self._asked_at = 0.0
        self._until = 0.0
        self._begun: set[str] = set()
        self._log = structlog.get_logger("postman")

    def run(self) -> float | None:
        """Send everything that is due now; returns the seconds after which it wants to be called again, or None."""
        with self._one_at_a_time:
            self._begun.clear()
            self._until = time.monotonic() + RUN_SECONDS
            self._go_on_where_mended()
            for one in self._takeable():
                absent = not one.in_doubt
                try:
                    absent = absent or not self._found(one)
                    if absent:
                        (self._send_again if one.in_doubt else self._send)(one)
                except Exception as error:
                    # One message that cannot be rendered or marked must not hold up the others.
                    self._log.error("not sent", delivery=one.delivery.id, error=type(error).__name__, exc_info=True)
                    if absent and one.delivery.id not in self._begun:
                        self._later(one)
            with self._books.read() as ledger:
                opens = lanes.soonest(ledger.view, time.time())
            if time.monotonic() >= self._until:
                return 0.0
            # A little more than the wait, so that the lane is open when the call comes.
            return None if opens is None else opens + 0.02

    def _takeable(self) -> Iterator[Claim]:
        with self._view() as view:
            in_doubt = claims.doubtful(view, time.time(), BATCH)
        yield from in_doubt
        while time.monotonic() < self._until:
            taken = time.time()
            with self._view() as view:
                batch = claims.claim(view, self._clock(), taken, BATCH)
            if not batch:
                return
            # Long messages may take the whole lease: what is left then is somebody else's to take, or its own again.
            yield from (one for one in batch if claims.runs(taken, claims.LEASE_SECONDS, time.time()))

    def _send_again(self, one: Claim) -> None:
        # Slack may be in trouble for hours: what did not come through for so often is not tried every few seconds.
        if one.attempts > AT_ONCE_ATTEMPTS:
            self._later(one, one.attempts - AT_ONCE_ATTEMPTS)
        else:
            self._send(one)

    def _send(self, one: Claim) -> None:
        if (closed := self._closed(one)) is not None:
            # Held for everybody, whatever the database says of it: else it would be taken again at once, and again.
            with self._view() as view:
                self._hold(view, *closed)
                claims.wait_in_lane(view, one)
            return
        # In one transaction, so that the plan of a message is loaded once.
        with self._books.read() as ledger:
            # What is sent late, after a stop or a refusal, still waits until its receiver may be reached.
            allowed = next_push(ledger, one.delivery, now := self._clock())
            message = render(ledger, one.delivery, now) if allowed <= now else None
        if allowed > now:
            self._mark(claims.slow_down, one, allowed)
            return
        if message is None:
            self._mark(claims.passed_over, one)
            return
        if message.waits:
            self._mark(claims.slow_down, one, self._clock() + timedelta(seconds=WAIT_SECONDS))
            return
        channel = one.delivery.sent_to or ""
        if message.attached and not self._mark(claims.making, one, time.time()):
            return
        try:
            ready = self._posting.ready(message)
            channel = self._channel(one)
            lease = UPLOAD_LEASE_SECONDS if ready.uploads else claims.LEASE_SECONDS
            began = time.time()
            with self._books.at_once() as view:
                begun = claims.begin(view, one, began, lease, channel)
            # A process that stood still since then leaves it to its heir, who looks for it once the lease is over.
            if not begun or not claims.runs(began, lease, time.time()):
                return
            # From here on only Slack's refusal may send it again; anything else leaves it to be looked for.
            self._begun.add(one.delivery.id)
            ts = self._posting.post(one, channel, ready)
        except SlackApiError as error:
            self._refused(one, channel, error)
        except (OSError, SlackClientError) as error:
            # Whether Slack has it is not known: the row stays as it is, and is looked for once its lease is over.
            self._log.warning("in doubt", delivery=one.delivery.id, error=type(error).__name__)
        else:
            self._stands(one, channel, ts)

    def _closed(self, one: Claim) -> tuple[str, float] | None:
        now = time.monotonic()
        left = [(place, self._closed_until.get(place, 0) - now) for place in lanes.lanes_of(one.delivery)]
        place, seconds = max(left, key=lambda found: found[1])
        return (place, seconds) if seconds > 0 else None

    def _channel(self, one: Claim) -> str:
        delivery = one.delivery
        if delivery.sent_to:
            return delivery.sent_to
        if delivery.wanted.kind in IN_CHANNELS:
            return delivery.wanted.recipient
        return self._posting.direct(delivery.wanted.recipient)

    def _stands(self, one: Claim, channel: str, ts: str) -> None:
        standing = (one, channel, ts, self._link(one, channel, ts), self._apart)
        if one.delivery.ts is None and one.delivery.wanted.kind in (Kind.CHECK_IN, Kind.CARD):
            with self._books.write() as ledger:
                hold_before(ledger, one.delivery)
                if claims.sent(ledger.view, *standing):
                    self._follow_up(ledger, one.delivery)
        else:
            with self._books.as_one() as view:
                claims.sent(view, *standing)
        self._closed_until[channel] = time.monotonic() + self._apart

    def _link(self, one: Claim, channel: str, ts: str) -> str | None:
        first_time = one.delivery.ts is None
        with_link = first_time and one.delivery.wanted.kind in (Kind.CARD, Kind.PLAN)
        return self._posting.link(channel, ts) if with_link else one.delivery.link

    def _follow_up(self, ledger: Ledger, delivery: Delivery) -> None:
        if delivery.wanted.kind is Kind.CHECK_IN:
            after_check_in(ledger, delivery, self._clock())
        if delivery.wanted.kind is Kind.CARD:
            # The card before can link to this one only now.
            ledger.deliveries.refresh(Kind.CARD, delivery.wanted.subject, self._clock(), but=delivery.id)

    def _refused(self, one: Claim, channel: str, error: SlackApiError) -> None:
        said, found = word(error), meaning(error)
        recipient = one.delivery.wanted.recipient
        self._log.warning("refused", delivery=one.delivery.id, kind=one.delivery.wanted.kind.value, error=said)
        match found:
            case Meaning.TOO_MANY:
                with self._view() as view:
                    self._hold(view, self._lane(view, method(error), channel), wait(error))
                    claims.wait_in_lane(view, one)
            case Meaning.WORKSPACE:
                self._pause(one, ALL, said)
            case Meaning.CHANNEL:
                self._pause(one, recipient if one.delivery.wanted.kind in IN_CHANNELS else channel or recipient, said)
            case Meaning.PERSON:
                # Slack's word for a deactivated person is the same as for Levers' own account.
                theirs = said != "account_inactive" or mended(self._client, ALL)
                self._pause(one, recipient if theirs else ALL, said)
            case Meaning.MESSAGE:
                self._give_up(one, said)
            case Meaning.LATER:
                self._later(one)
            case Meaning.UNCERTAIN:
                """The row stays as it is, and is looked for once its lease is over."""

    def _lane(self, view: View, asked: str, channel: str) -> str:
        found = lanes.lane(asked, channel)
        # A channel gets no more than it takes. Where a second one refuses as well, it is the workspace that is full.
        return lanes.POST if asked == lanes.POST and lanes.held_elsewhere(view, found, time.time()) else found

    def _hold(self, view: View, place: str, seconds: float) -> None:
        self._closed_until[place] = time.monotonic() + min(seconds, lanes.LONGEST_SECONDS)
        lanes.hold(view, place, seconds)

    def _pause(self, one: Claim, place: str, why: str) -> None:
        self._log.error("paused", place=place, error=why)
        with self._view() as view:
            pauses.pause(view, place, why, self._clock())
            claims.wait_in_lane(view, one)

    def _go_on_where_mended(self) -> None:
        if time.monotonic() - self._asked_at < ASK_AGAIN_SECONDS:
            return
        self._asked_at = time.monotonic()
        with self._books.read() as ledger:
            waiting = pauses.paused(ledger.view)
        for one in waiting:
            # Who asks Slack whether it knows the token does not hear what the token may do: that is tried by hand.
            if one.why != MISSING_SCOPE and mended(self._client, one.place):
                with self._view() as view:
                    pauses.lift(view, one.place)
                self._log.info("goes on", place=one.place)

    def _later(self, one: Claim, times: int | None = None) -> None:
        if one.attempts >= MOST_ATTEMPTS:
            self._give_up(one, claims.FAILED)
            return
        # Not all of them at the same moment: what made one fail most likely made others fail.
        seconds = min(RETRY_SECONDS * 2 ** (times or one.attempts), LONGEST_RETRY) * random.uniform(0.5, 1)
        self._mark(claims.put_off, one, self._clock() + timedelta(seconds=seconds))

    def _give_up(self, one: Claim, why: str) -> None:
        self._log.error("given up", delivery=one.delivery.id, kind=one.delivery.wanted.kind.value, error=why)
        self._mark(claims.stop, one, why)

    def _found(self, one: Claim) -> bool:
        """Look for a message that may have been posted before a crash; True when it must not be sent (again) now."""
        recipient, kind = one.delivery.wanted.recipient, one.delivery.wanted.kind
        channel = one.delivery.sent_to or (recipient if kind in IN_CHANNELS else None)
        if one.delivery.ts is not None or channel is None:
            return False
        if (closed := self._closed_until.get(LOOKING, 0) - time.monotonic()) > 0:
            return self._mark(claims.looked, one, time.time(), closed) or True
        with self._books.read() as ledger:
            message = render(ledger, one.delivery, self._clock())
        fits = with_file(message.attached.stem) if message and message.attached else with_key(one.key)
        try:
            ts = find(self._client, channel, message.under if message else None, one.begun_at, fits)
        except SlackApiError as error:
            self._log.warning("cannot look", delivery=one.delivery.id, error=word(error), looks=one.looks)
            if meaning(error) is Meaning.TOO_MANY:
                self._closed_until[LOOKING] = time.monotonic() + wait(error)
                return self._mark(claims.looked, one, time.time(), wait(error)) or True
            if meaning(error) is Meaning.UNCERTAIN:
                return self._mark(claims.looked, one, time.time()) or True
            if one.looks < MOST_LOOKS:
                return self._mark(claims.looked, one, time.time(), refused=True) or True
            self._log.error("sent again without knowing", delivery=one.delivery.id)
            return False
        except (OSError, SlackClientError) as error:
            # Neither found nor absent: the next look comes after its lease.
            self._log.warning("cannot look", delivery=one.delivery.id, error=type(error).__name__)
            return True
        if ts is not None:
            with self._books.write() as ledger:
                hold_before(ledger, one.delivery)
                if claims.found(ledger.view, one, channel, ts, self._link(one, channel, ts)):
                    self._follow_up(ledger, one.delivery)
                self._hold(ledger.view, channel, self._apart)
        return ts is not None

    def _mark(self, mark: Callable[..., bool], one: Claim, *values: Any, **more: Any) -> bool:
        with self._view() as view:
            return mark(view, one, *values, **more)

    @contextmanager
    def _view(self) -> Iterator[View]:
        with self._books.write() as ledger:
            yield ledger.view
