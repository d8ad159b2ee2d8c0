"""Who is in a channel: people come, go and bring others, and the app hears of it where it is a member."""

from bot.rehearsal import payloads
from bot.rehearsal.answers import failed
from bot.rehearsal.delivery import Delivery
from bot.rehearsal.records import Conversation
from bot.rehearsal.telling import tell
from bot.rehearsal.wire import Json, Refusal
from bot.rehearsal.workspace import Workspace


class Members:
    """The gestures that change a channel's members."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self._workspace = workspace
        self._delivery = delivery

    def join(self, who: str, channel: str) -> Json:
        """A person comes into a public channel."""
        person, where = self._workspace.person(who), self._channel(channel)
        if where.kind != "public":
            return failed("cannot_join", "A private channel is joined by invitation only.")
        self._enter(where, person.id, None)
        return {"ok": True}

    def invite(self, who: str, channel: str, invited: str) -> Json:
        """A member brings somebody in, or the app."""
        inviter, where = self._workspace.person(who), self._channel(channel)
        if inviter.id not in where.members:
            raise Refusal("channel_not_found")
        newcomer = self._workspace.person(invited)
        if newcomer.id in where.members:
            return failed("already_in_channel", f"{newcomer.real_name} is in this channel already.")
        self._enter(where, newcomer.id, inviter.id)
        return {"ok": True}

    def leave(self, who: str, channel: str) -> Json:
        """A person goes."""
        person, where = self._workspace.person(who), self._channel(channel)
        if person.id not in where.members:
            return failed("not_in_channel", f"{person.real_name} is not in this channel.")
        hears = self._workspace.world.app.bot_user in where.members
        where.members.remove(person.id)
        body = {"subtype": "channel_leave", "user": person.id, "text": f"<@{person.id}> has left the channel"}
        self._workspace.write(where, body)
        if hears:
            self._tell("member_left_channel", where, person.id, None)
        return {"ok": True}

    def introduce(self) -> None:
        """Tell the app, once a rehearsal, which channels it was invited to."""
        app, records = self._workspace.world.app, self._workspace.records
        if records.introduced or not app.introduced_in:
            return
        records.introduced = True
        self._workspace.changed()
        for where in map(self._workspace.conversation, app.introduced_in):
            self._tell("member_joined_channel", where, app.bot_user, self._workspace.world.installer)

    def _channel(self, channel: str) -> Conversation:
        where = self._workspace.conversation(channel)
        if where.kind == "im":
            raise Refusal("method_not_supported_for_channel_type")
        if self._workspace.is_archived(where):
            raise Refusal("is_archived")
        return where

    def _enter(self, where: Conversation, newcomer: str, inviter: str | None) -> None:
        if newcomer in where.members:
            return
        where.members.append(newcomer)
        body = {"subtype": "channel_join", "user": newcomer, "text": f"<@{newcomer}> has joined the channel"}
        self._workspace.write(where, {**body, "inviter": inviter} if inviter else body)
        if self._workspace.world.app.bot_user in where.members:
            self._tell("member_joined_channel", where, newcomer, inviter)

    def _tell(self, event: str, where: Conversation, who: str, inviter: str | None) -> None:
        inner = payloads.membership_event(self._workspace, event, where, who, inviter)
        tell(self._workspace, self._delivery, event, inner)
