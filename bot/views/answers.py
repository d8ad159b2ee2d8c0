"""Answers to one person: help, a refusal in a sentence, the Home tab."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import context, divider, header, modal, section

Standing = tuple[str, str]
"""A school's name and how its plan stands."""


def commands(wrong: str | None = None) -> list[Block]:
    """What there is to say; `wrong` is what somebody said instead."""
    lead = section(say("help.unknown", said=wrong)) if wrong else []
    return [*lead, *section(say("help.commands")), *context(say("help.private"))]


def told(sentence: str) -> View:
    """A refusal, where a window is the only place to say it."""
    return modal("told", say_plain("modal.told_title"), section(sentence), close=say_plain("modal.close"))


def done(sentence: str) -> View:
    """What was done, where a window is the only place to say it."""
    return modal("told", say_plain("modal.done_so_title"), section(sentence), close=say_plain("modal.close"))


def home(schools: Sequence[Standing], own: Sequence[Block]) -> View:
    """The Home tab: a person's own actions with the answers in place, then their schools."""
    blocks: list[Block] = [
        *section(say("follow.home_welcome")),
        divider(),
        header(say_plain("follow.mine_heading")),
        *own,
    ]
    if schools:
        blocks += [divider(), *section(say("follow.home_schools"))]
        for school, standing in schools:
            blocks += section(say("follow.home_school", school=school, standing=standing))
    blocks += [divider(), *section(say("help.commands")), *context(say("help.private"))]
    return View(type="home", blocks=blocks[:100])
