"""The Home tab: what is the person's own to do comes first, then their schools, then what they can set."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import context, divider, header
from bot.views.resting import resting
from bot.views.schools import heading, listed
from planning.sift import Page


def home(own: Sequence[Block], schools: Page, away: date | None = None, refused: Sequence[Block] = ()) -> View:
    """`own` are the person's own actions with the answers in place, empty for a leader who owns none.

    `away` is the local date until which they are, `refused` what Slack refuses for good until somebody mends it. What
    the list of schools shows is kept in the view, so that it stays when the tab is brought up to date.
    """
    blocks: list[Block] = [*refused, divider()] if refused else []
    if own:
        blocks += [header(say_plain("follow.mine_heading")), *own, divider()]
    blocks += [header(heading(schools)), *listed(schools), divider()]
    blocks += [] if own else resting(away)
    return View(type="home", blocks=[*blocks, *context(say("help.home"))], private_metadata=str(schools.sift))
