"""What a fault brings about when it is made or undone: sockets close, and the app hears of people and channels."""

from bot.rehearsal.delivery import Delivery
from bot.rehearsal.faults.board import Fault
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.telling import tell
from bot.rehearsal.workspace import Workspace

ARCHIVED = {
    ("public", True): "channel_archive",
    ("public", False): "channel_unarchive",
    ("private", True): "group_archive",
    ("private", False): "group_unarchive",
}
"""The event by the kind of channel and whether it is archived now."""


class Consequences:
    """Called with a fault and whether it stands from now on."""

    def __init__(self, workspace: Workspace, sockets: Sockets, delivery: Delivery) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._delivery = delivery

    def __call__(self, fault: Fault, stands: bool) -> None:
        match fault.kind:
            case "drop_sockets":
                self._sockets.drop(fault.fields["reason"])
            case "revoked_token" | "deactivated_app" if stands:
                self._sockets.drop("link_disabled")
            case "deactivated_person":
                self._person(fault.fields["person"])
            case "archived_channel":
                self._channel(fault.fields["channel"], stands)
        self._workspace.changed()

    def _person(self, who: str) -> None:
        stamp = self._workspace.next_ts()
        user = self._workspace.user(who)
        inner = {"type": "user_change", "user": user, "cache_ts": int(float(stamp)), "event_ts": stamp}
        tell(self._workspace, self._delivery, "user_change", inner)

    def _channel(self, channel: str, archived: bool) -> None:
        where = self._workspace.conversation(channel)
        event = ARCHIVED.get((where.kind, archived))
        if event and self._workspace.world.app.bot_user in where.members:
            inner = {
                "type": event,
                "channel": where.id,
                "user": self._workspace.world.installer,
                "event_ts": self._workspace.next_ts(),
            }
            tell(self._workspace, self._delivery, event, inner)
