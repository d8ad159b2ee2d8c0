"""Answers to one person: help, a refusal in a sentence, and what was done."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import context, modal, section


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


def waiting() -> View:
    """What stands in a window until Slack has said what it needs to know."""
    title, sentence = say_plain("modal.waiting_title"), section(say("modal.waiting"))
    return modal("told", title, sentence, close=say_plain("modal.close"))
