"""Sends what is owed: claims it, says that it begins, posts it once and marks it; nothing is lost or repeated."""

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
from bot.documents.attached import Attached, files
from bot.messages import render
from bot.views.parts import Message
from planning.messages import Delivery, Kind
from planning.verbs.ask import after_check_in
from storage import claim as claims
from storage.books import Ledger, WorkspaceBooks
from storage.claim import Claim
from storage.view import View

BATCH = 20
HISTORY_PAGE = 200
RETRY_SECONDS = 15
MOST_ATTEMPTS = 40
LONGEST_RETRY = 3600
WAIT_SECONDS = 2
CHANNEL_SECONDS = 1.0
"""Slack asks for about one message a second in a channel (its page on rate limits)."""

TO_CHANNELS = frozenset(
    {Kind.WELCOME, Kind.CONNECTED, Kind.CARD, Kind.DETAILS, Kind.PLAN, Kind.DOCUMENTS, Kind.PICTURE}
)
UPLOADED = frozenset({Kind.DOCUMENTS, Kind.PICTURE})

WORKSPACE_WIDE = frozenset({"invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked"})
"""Slack's errors that say nothing of one message: all of them wait until somebody has mended the installation."""
WORKSPACE_SECONDS = 300
UNCERTAIN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack's errors after which a message may stand there all the same."""
TERMINAL = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "invalid_blocks",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "msg_too_long",
        "not_in_channel",
        "unknown_method",
        "user_disabled",
        "user_not_found",
    }
)
"""Slack's errors (from its method pages) after which trying again cannot help."""


class Postman:
    """One workspace's sender. `client` must not retry by itself: that would post twice. `fonts` are for documents."""

    def __init__(self, books: WorkspaceBooks, client: WebClient, clock: Clock, fonts: Sequence[Path] = ()) -> None:
        self._books = books
        self._client = client
        self._clock = clock
        self._fonts = fonts
        self._one_at_a_time = threading.Lock()
        # When something was last posted in a channel, by the monotonic clock.
        self._updated: dict[str, float] = {}
        self._soonest: float | None = None
        self._begun: set[str] = set()
        self._log = structlog.get_logger("postman")

    def run(self) -> float | None:
        """Send everything that is due now; returns the seconds after which it wants to be called again, or None."""
        with self._one_at_a_time:
            self._soonest = None
            self._begun.clear()
            for one in self._takeable():
                try:
                    if not one.in_doubt or not self._found(one):
                        self._send(one)
                except Exception as error:
                    # One message that cannot be rendered or marked must not hold up the others.
                    self._log.error("not sent", delivery=one.delivery.id, error=type(error).__name__, exc_info=True)
                    if not one.in_doubt and one.delivery.id not in self._begun:
                        self._later(one)
            return self._soonest

    def _takeable(self) -> Iterator[Claim]:
        with self._view() as view:
            in_doubt = claims.doubtful(view, time.time(), BATCH)
        yield from in_doubt
        while True:
            with self._view() as view:
                batch = claims.claim(view, self._clock(), time.time(), BATCH)
            if not batch:
                return
            yield from batch

    def _send(self, one: Claim) -> None:
        if self._too_soon(one):
            return
        with self._books.read() as ledger:
            message = render(ledger, one.delivery, self._clock())
        if message is None:
            self._mark(claims.passed_over, one)
            return
        if message.waits:
            self._mark(claims.slow_down, one, self._clock() + timedelta(seconds=WAIT_SECONDS))
            return
        try:
            channel = self._channel(one)
            if not self._mark(claims.begin, one, time.time()):
                return
            # From here on only Slack's refusal may send it again; anything else leaves it to be looked for.
            self._begun.add(one.delivery.id)
            answer = self._post(one, channel, message)
        except SlackApiError as error:
            self._refused(one, error)
        except (OSError, SlackClientError) as error:
            # Whether Slack has it is not known: the row stays as it is, and is looked for once its lease is over.
            self._log.warning("in doubt", delivery=one.delivery.id, error=type(error).__name__)
        else:
            self._updated[channel] = time.monotonic()
            self._standing(claims.sent, one, channel, str(answer["ts"]))

    def _too_soon(self, one: Claim) -> bool:
        """An update waits until a second after the last one in its channel, so that many clicks cost one update."""
        last = self._updated.get(one.delivery.sent_to or "")
        if one.delivery.ts is None or last is None:
            return False
        wait = last + CHANNEL_SECONDS - time.monotonic()
        if wait <= 0:
            return False
        self._mark(claims.slow_down, one, self._clock() + timedelta(seconds=wait))
        # A little more than the wait, so that the message is due when the call comes.
        soonest = wait + 0.02
        self._soonest = soonest if self._soonest is None else min(soonest, self._soonest)
        return True

    def _later(self, one: Claim) -> None:
        if one.attempts >= MOST_ATTEMPTS:
            self._mark(claims.stop, one, "failed")
        else:
            self._mark(
                claims.put_off,
                one,
                self._clock() + timedelta(seconds=min(RETRY_SECONDS * 2**one.attempts, LONGEST_RETRY)),
            )

    def _channel(self, one: Claim) -> str:
        delivery = one.delivery
        if delivery.sent_to:
            return delivery.sent_to
        if delivery.wanted.kind in TO_CHANNELS:
            return delivery.wanted.recipient
        opened = self._client.conversations_open(users=[delivery.wanted.recipient])
        channel = str(opened["channel"]["id"])
        self._mark(claims.remember_channel, one, channel)
        return channel

    def _post(self, one: Claim, channel: str, message: Message) -> Any:
        if message.attached is not None:
            return self._upload(channel, message.attached, message.text)
        content: dict[str, Any] = {"text": message.text, "blocks": [block.to_dict() for block in message.blocks]}
        if one.delivery.ts:
            return self._client.chat_update(channel=channel, ts=one.delivery.ts, **content)
        return self._client.chat_postMessage(
            channel=channel,
            metadata={"event_type": "levers_message", "event_payload": {"key": one.key}},
            thread_ts=message.under,
            unfurl_links=False,
            **content,
        )

    def _upload(self, channel: str, attached: Attached, comment: str) -> dict[str, str]:
        uploads = [
            {"filename": file.name, "content": file.content, "alt_txt": file.alt or None}
            for file in files(attached, self._name, self._fonts)
        ]
        answer = self._client.files_upload_v2(channel=channel, initial_comment=comment, file_uploads=uploads)
        # An upload has no timestamp of its own; the first file's id says that it is done.
        return {"ts": str(answer["files"][0]["id"])}

    def _name(self, person: str) -> str:
        try:
            user = self._client.users_info(user=person)["user"]
        except SlackApiError:
            return person
        return str(user.get("real_name") or user.get("name") or person)

    def _standing(self, mark: Callable[..., bool], one: Claim, channel: str, ts: str) -> None:
        first_time = one.delivery.ts is None
        link = one.delivery.link
        if first_time and one.delivery.wanted.kind in (Kind.CARD, Kind.PLAN):
            link = self._link(channel, ts)
        with self._books.write() as ledger:
            if mark(ledger.view, one, channel, ts, link) and first_time:
                self._follow_up(ledger, one.delivery)

    def _follow_up(self, ledger: Ledger, delivery: Delivery) -> None:
        if delivery.wanted.kind is Kind.CHECK_IN:
            after_check_in(ledger, delivery, self._clock())
        if delivery.wanted.kind is Kind.CARD:
            # The card before can link to this one only now.
            ledger.deliveries.refresh(Kind.CARD, delivery.wanted.subject, self._clock(), but=delivery.id)

    def _link(self, channel: str, ts: str) -> str | None:
        try:
            return str(self._client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
        except Exception as error:
            self._log.warning("no permalink", error=type(error).__name__)
            return None

    def _refused(self, one: Claim, error: SlackApiError) -> None:
        said = str(error.response.get("error", ""))
        if error.response.status_code == 429:
            wait = int(error.response.headers.get("Retry-After", RETRY_SECONDS))
            self._mark(claims.slow_down, one, self._clock() + timedelta(seconds=wait))
        elif said in WORKSPACE_WIDE:
            self._log.error("workspace refused", error=said)
            self._mark(claims.slow_down, one, self._clock() + timedelta(seconds=WORKSPACE_SECONDS))
        elif said in UNCERTAIN:
            self._log.warning("in doubt", delivery=one.delivery.id, error=said)
        elif said in TERMINAL:
            self._log.error("stopped", delivery=one.delivery.id, kind=one.delivery.wanted.kind.value, error=said)
            self._mark(claims.stop, one, said)
        elif error.response.status_code < 500 and said:
            self._log.warning("put off", delivery=one.delivery.id, error=said)
            self._later(one)

    def _found(self, one: Claim) -> bool:
        """Look for a message that may have been posted before a crash; True when it must not be sent (again) now."""
        channel = one.delivery.sent_to or one.delivery.wanted.recipient
        if one.delivery.ts is not None or (one.delivery.sent_to is None and channel not in self._channels(one)):
            return False
        try:
            page = self._history(one, channel)
        except (OSError, SlackClientError) as error:
            # Neither found nor absent: the next look comes after its lease.
            self._log.warning("cannot look", delivery=one.delivery.id, error=type(error).__name__)
            return True
        for message in page["messages"]:
            if self._is(one, message):
                self._standing(claims.found, one, channel, str(message["ts"]))
                return True
        return False

    def _history(self, one: Claim, channel: str) -> Any:
        """Where the message would stand: a channel's history leaves threads out."""
        with self._books.read() as ledger:
            message = render(ledger, one.delivery, self._clock()) if one.delivery.wanted.kind is Kind.DETAILS else None
        if message and message.under:
            return self._client.conversations_replies(
                channel=channel, ts=message.under, limit=HISTORY_PAGE, include_all_metadata=True
            )
        return self._client.conversations_history(channel=channel, limit=HISTORY_PAGE, include_all_metadata=True)

    def _is(self, one: Claim, message: dict[str, Any]) -> bool:
        if one.delivery.wanted.kind not in UPLOADED:
            return bool(message.get("metadata", {}).get("event_payload", {}).get("key") == one.key)
        # An uploaded file carries no metadata, but its name is this message's.
        with self._books.read() as ledger:
            sent = render(ledger, one.delivery, self._clock())
        names = [str(file.get("name", "")) for file in message.get("files", ())]
        return bool(sent and sent.attached and any(name.startswith(sent.attached.stem) for name in names))

    def _channels(self, one: Claim) -> tuple[str, ...]:
        return (one.delivery.wanted.recipient,) if one.delivery.wanted.kind in TO_CHANNELS else ()

    def _mark(self, mark: Callable[..., bool], one: Claim, *values: Any) -> bool:
        with self._view() as view:
            return mark(view, one, *values)

    @contextmanager
    def _view(self) -> Iterator[View]:
        with self._books.write() as ledger:
            yield ledger.view
