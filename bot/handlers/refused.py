"""What Slack refuses for good: shown to those who can mend it, and tried again when they say so."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.handlers.requests import Click
from bot.sending.mending import mended
from bot.views import answers
from bot.views import refused as views
from planning.pauses import Pause
from planning.verbs import pause
from storage.books import Ledger


def waiting(ledger: Ledger, who: str, only: str | None = None) -> list[Block]:
    """What waits and `who` may lift, about the one school with the id `only` where given."""
    return views.waiting([(one.pause, one.school) for one in pause.seen_by(ledger, who, only)])


def _lift(click: Click) -> None:
    """`value` is the place that waits.

    Slack is asked before it goes on: what is not mended yet stays where it was pressed, and whoever pressed reads so.
    """
    with click.desk.books.read() as ledger:
        waits = pause.liftable(ledger, click.who, click.value)

    def refused() -> Pause | None:
        if waits and not mended(click.client, click.value):
            return waits
        pause.lift(click.desk.books, click.who, click.value)
        return None

    def window() -> View:
        still = refused()
        return (answers.told if still else answers.done)(views.tried(still))

    if click.at_home:
        click.load(answers.waiting(), window)
    else:
        click.later(lambda: click.tell(views.tried(refused())))


CLICKS: dict[str, Callable[[Click], None]] = {"pause.lift": _lift}
