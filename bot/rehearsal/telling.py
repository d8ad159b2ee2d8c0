"""Events to the app, where it asked for them and its scopes let it hear them."""

from bot.rehearsal import payloads
from bot.rehearsal.api.scopes import hears
from bot.rehearsal.delivery import Delivery
from bot.rehearsal.wire import Json
from bot.rehearsal.workspace import Workspace


def tell(workspace: Workspace, delivery: Delivery, event: str, inner: Json) -> None:
    """Send ``inner`` as an event, if the app subscribed to ``event`` (``message.im``, ``app_mention``, ...)."""
    app = workspace.world.app
    if hears(event, app.events, app.scopes):
        delivery.tell(payloads.event(workspace.world, inner))
