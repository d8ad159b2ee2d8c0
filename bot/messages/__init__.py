"""Every message that Levers sends on its own, rendered from the state at the moment it is sent."""

from collections.abc import Callable
from datetime import datetime

from bot.messages import files, follow, leading, moved, pictures, seeing, session, setup
from bot.views.parts import Message
from planning.messages import Delivery, Kind
from planning.preferences import OF_KIND
from storage.books import Ledger

Renderer = Callable[[Ledger, Delivery, datetime], Message | None]

_RENDERERS: dict[Kind, Renderer] = {
    Kind.WELCOME: setup.welcome,
    Kind.CONNECTED: setup.connected,
    Kind.HELD_REVIEW: setup.held_review,
    Kind.CARD: session.card,
    Kind.BALLOT_REMINDER: session.ballot_reminder,
    Kind.TIME_UP: session.time_up,
    Kind.DETAILS: session.details,
    Kind.PLAN: follow.plan,
    Kind.DOCUMENTS: follow.documents,
    Kind.PICTURE: pictures.vote,
    Kind.ACCEPTANCE: follow.acceptance,
    Kind.CHECK_IN: follow.check_in,
    Kind.HELP_WANTED: follow.help_wanted,
    Kind.HANDED_BACK: follow.handed_back,
    Kind.DECLINED: follow.declined,
    Kind.CHANGED: follow.changed,
    Kind.NOT_ACCEPTED: follow.not_accepted,
    Kind.YEAR_END: follow.year_end,
    Kind.DIGEST: leading.digest,
    Kind.TEAM_CHECK: leading.team_check,
    Kind.STILL: leading.still,
    Kind.MONTHLY: leading.monthly,
    Kind.OWNER_LEFT: leading.owner_left,
    Kind.HELP_COMING: leading.help_coming,
    Kind.THANKS: leading.thanks,
    Kind.PAUSED: leading.paused,
    Kind.COMMENT: seeing.comment,
    Kind.UPDATE_WANTED: seeing.update_wanted,
    Kind.REPLY: seeing.reply,
    Kind.STATUS_FILE: files.status,
    Kind.RE_REVIEW: moved.card,
    Kind.RATINGS: pictures.ratings,
    Kind.PORTFOLIO_FILE: files.portfolio,
    Kind.DOCUMENT_FILE: files.document,
}


def render(ledger: Ledger, delivery: Delivery, now: datetime) -> Message | None:
    """What `delivery` says now, or None when it is no longer wanted."""
    if ledger.following.departed(delivery.wanted.recipient):
        return None
    topic = OF_KIND.get(delivery.wanted.kind)
    if topic and delivery.ts is None and not ledger.following.preferences(delivery.wanted.recipient).wants(topic):
        return None
    return _RENDERERS[delivery.wanted.kind](ledger, delivery, now)
