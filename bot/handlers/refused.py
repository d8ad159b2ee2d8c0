"""What Slack refuses for good: shown to those who can mend it, and tried again when they say so."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block

from bot.handlers.requests import Click
from bot.sentences import say
from bot.views import refused as views
from planning.verbs import pause
from storage.books import Ledger


def waiting(ledger: Ledger, who: str, only: str | None = None) -> list[Block]:
    """What waits and `who` may lift, about the one school with the id `only` where given."""
    return views.waiting([(one.pause, one.school) for one in pause.seen_by(ledger, who, only)])


def _lift(click: Click) -> None:
    """`value` is the place that waits. Where it was pressed shows what follows, an answer to the person alone not."""
    pause.lift(click.desk.books, click.who, click.value)
    if click.on_private_answer:
        click.tell(say("lead.paused_trying"))


CLICKS: dict[str, Callable[[Click], None]] = {"pause.lift": _lift}
