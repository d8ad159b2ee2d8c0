"""The workspace itself: finds people and conversations, keeps messages and views, and tells its watchers of changes."""

import asyncio
import hashlib
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.rehearsal.checker import check_message, fill_ids
from bot.rehearsal.clock import Clock
from bot.rehearsal.faults.board import Faults
from bot.rehearsal.journal import Journal, load
from bot.rehearsal.records import Conversation, OpenView, Posted, Records
from bot.rehearsal.wire import Json, Refusal, new_id
from bot.rehearsal.world import Person, World

SAVE_EVERY = 0.2


class Workspace:
    """One rehearsal. Everything runs on one event loop, so no step here can be interrupted by another."""

    def __init__(self, world: World, folder: Path, clock: Clock) -> None:
        self.world = world
        self.folder = folder
        self.clock = clock
        self.faults = Faults()
        self.version = 0
        self._changed = asyncio.Event()
        self._kept_version = 0
        self.records = load(folder) or self._first_records()
        self._journal = Journal(folder, self.records)

    # People and conversations

    def person(self, user_id: Any) -> Person:
        """The person with this id. Raises Refusal (user_not_found)."""
        if not isinstance(user_id, str) or user_id not in self.world.people:
            raise Refusal("user_not_found")
        return self.world.people[user_id]

    def user(self, user_id: str) -> Json:
        """The user object of a person as Slack shows it. Raises Refusal (user_not_found)."""
        world, deleted = self.world, self.is_deactivated(user_id)
        return self.person(user_id).as_slack(world.team_id, self.clock.now(), world.installer, deleted=deleted)

    def conversation(self, channel_id: Any) -> Conversation:
        """The conversation with this id, or the channel with this name. Raises Refusal (channel_not_found)."""
        if isinstance(channel_id, str):
            found = self.records.conversations.get(channel_id)
            if found:
                return found
            for conversation in self.records.conversations.values():
                if conversation.kind != "im" and conversation.name == channel_id.removeprefix("#"):
                    return conversation
        raise Refusal("channel_not_found")

    def visible_to_app(self, channel_id: Any) -> Conversation:
        """Like ``conversation``, but what the app cannot see is not there: private channels without it."""
        found = self.conversation(channel_id)
        if found.kind != "public" and self.world.app.bot_user not in found.members:
            raise Refusal("channel_not_found")
        return found

    def writable_by_app(self, channel_id: Any) -> Conversation:
        """Like ``visible_to_app``, but the app must be a member, and the channel open.

        Raises Refusal (channel_not_found, not_in_channel, is_archived).
        """
        found = self.visible_to_app(channel_id)
        if self.world.app.bot_user not in found.members:
            raise Refusal("not_in_channel")
        if self.is_archived(found):
            raise Refusal("is_archived")
        return found

    def is_archived(self, found: Conversation) -> bool:
        """Whether a channel was archived (direct messages never are)."""
        return found.kind != "im" and self.faults.stands("archived_channel", channel=found.id)

    def is_deactivated(self, user_id: str) -> bool:
        """Whether a person's account was deactivated."""
        return self.faults.stands("deactivated_person", person=user_id)

    def direct_message(self, user_id: str) -> Conversation:
        """The app's direct message with a person, opened where there is none."""
        person = self.person(user_id)
        for conversation in self.records.conversations.values():
            if conversation.kind == "im" and conversation.partner == user_id:
                return conversation
        opened = Conversation(
            id="D" + person.id[1:],
            name=self.world.app.name,
            kind="im",
            members=[user_id, self.world.app.bot_user],
            partner=user_id,
            created=int(time.time()),
        )
        self.records.conversations[opened.id] = opened
        self.changed()
        return opened

    def conversations_of(self, user_id: str) -> list[Conversation]:
        """What a person is in, in the order the world names it, direct messages last."""
        return [found for found in self.records.conversations.values() if user_id in found.members]

    # Messages

    def next_ts(self) -> str:
        """A timestamp in real time that no other message has."""
        # Rounded as it is written, so that comparing with the latest timestamp never finds that very message later.
        self.records.last_ts = round(max(time.time(), self.records.last_ts + 0.000_002), 6)
        return f"{self.records.last_ts:.6f}"

    def write(self, where: Conversation, body: Json, only_for: str | None = None) -> Posted:
        """Add a message: ``body`` in Slack's shape without ``ts``. Blocks get the ids they lack."""
        full = self.filled({"type": "message", "team": self.world.team_id, **body, "ts": self.next_ts()})
        posted = Posted(full, self.clock.now().timestamp(), only_for)
        where.messages.append(posted)
        author = full.get("user")
        if author in where.members:
            where.read[author] = posted.ts
        self.changed()
        return posted

    def filled(self, body: Json) -> Json:
        """The body with the ids that its blocks lack."""
        return {**body, "blocks": fill_ids(body["blocks"])} if body.get("blocks") else body

    def app_body(self, arguments: Json) -> Json:
        """The message body that the app asks for. Raises Refusal (no_text, msg_too_long, invalid_blocks, ...)."""
        text = arguments.get("text") or ""
        blocks = arguments.get("blocks") or []
        check_message(arguments)
        if not text and blocks:
            # Slack warns of this only; screen readers and notifications have nothing to say then.
            raise Refusal("no_text", ["[ERROR] text must stand beside blocks [json-pointer:/text]"])
        if not text and not arguments.get("attachments"):
            raise Refusal("no_text")
        app = self.world.app
        body: Json = {
            "user": app.bot_user,
            "bot_id": app.bot_id,
            "app_id": app.id,
            "text": text,
            "bot_profile": {"id": app.bot_id, "app_id": app.id, "name": app.name, "team_id": self.world.team_id},
        }
        if blocks:
            body["blocks"] = blocks
        for key in ("metadata", "thread_ts", "attachments"):
            if arguments.get(key):
                body[key] = arguments[key]
        if body.get("thread_ts") and arguments.get("reply_broadcast") in (True, "true"):
            body["subtype"] = "thread_broadcast"
        return body

    # Views

    def stack(self, user_id: str) -> list[OpenView]:
        """The modals a person has open, the newest last."""
        return self.records.stacks.setdefault(user_id, [])

    def find_view(self, view_id: str | None = None, external_id: str | None = None) -> OpenView | None:
        """The open modal or published home tab with this id."""
        open_views = [view for stack in self.records.stacks.values() for view in stack]
        for view in (*open_views, *self.records.homes.values()):
            if (view_id and view.id == view_id) or (external_id and view.body.get("external_id") == external_id):
                return view
        return None

    def dress_view(self, view: Json, previous: OpenView | None, root: str | None = None) -> Json:
        """The full view object for what the app sent: ids, hash and defaults. ``previous`` is the view below it."""
        view_id = new_id("V")
        app = self.world.app
        return {
            "id": view_id,
            "team_id": self.world.team_id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "title": {"type": "plain_text", "text": app.name, "emoji": True},
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
            **view,
            "blocks": fill_ids(view["blocks"]),
            "state": {"values": {}},
            "hash": self.fresh_hash(),
            "root_view_id": root or view_id,
            "previous_view_id": previous.id if previous else None,
            "app_id": app.id,
            "app_installed_team_id": self.world.team_id,
            "bot_id": app.bot_id,
        }

    def fresh_hash(self) -> str:
        """A view hash that no earlier state has."""
        now = time.time()
        return f"{int(now)}.{hashlib.sha256(new_id('h').encode()).hexdigest()[:8]}"

    # Changes

    def changed(self) -> None:
        """Say that something anybody may see is different now."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def versions(self) -> AsyncIterator[int]:
        """The version number now, and again after each change."""
        while True:
            seen, waiting = self.version, self._changed
            yield seen
            if self.version == seen:
                await waiting.wait()

    async def keep_saving(self) -> None:
        """Keep soon what changed without anybody asking, until cancelled."""
        while True:
            await asyncio.sleep(SAVE_EVERY)
            self.keep()

    def keep(self) -> None:
        """Write down what changed; called before each answer, so that a kill loses nothing that was answered."""
        if self._kept_version != self.version:
            self._kept_version = self.version
            self._journal.keep()

    def _first_records(self) -> Records:
        shutil.rmtree(self.folder / "files", ignore_errors=True)
        records = Records()
        created = int(time.time())
        for place in self.world.channels:
            kind = "private" if place.private else "public"
            records.conversations[place.id] = Conversation(
                place.id, place.name, kind, list(place.members), place.topic, created=created
            )
        self.version = 1
        return records
