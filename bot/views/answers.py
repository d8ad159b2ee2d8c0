"""Answers to one person: help, a refusal in a sentence, the Home tab."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import actions, as_many, button, clipped, context, divider, header, modal, section

SCHOOLS = 60
"""How many schools one message lists at the most."""
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


def waiting() -> View:
    """What stands in a window until Slack has said what it needs to know."""
    title, sentence = say_plain("modal.waiting_title"), section(say("modal.waiting"))
    return modal("told", title, sentence, close=say_plain("modal.close"))


def schools(known: Sequence[Standing]) -> list[Block]:
    """Every school that a person knows, with how its plan stands."""
    if not known:
        return section(say("follow.status_nowhere"))

    def laid_out(shown: Sequence[Standing]) -> list[Block]:
        lines = [say("follow.status_elsewhere")]
        lines += [
            say("follow.home_school", school=clipped(school, 75), standing=standing) for school, standing in shown
        ]
        if len(known) > len(shown):
            lines.append(say("follow.status_more", more=len(known) - len(shown)))
        return section("\n".join(lines))

    return as_many(known[:SCHOOLS], laid_out)


def home(known: Sequence[Standing], own: Sequence[Block]) -> View:
    """The Home tab: a person's own actions with the answers in place, then their schools."""
    blocks: list[Block] = [
        *section(say("follow.home_welcome")),
        divider(),
        header(say_plain("follow.mine_heading")),
        *own,
    ]
    if known:
        blocks += [divider(), *schools(known)]
    hours = actions(button(say_plain("calendar.own_button"), "hours.open"))
    blocks += [divider(), hours, *section(say("help.commands")), *context(say("help.private"))]
    return View(type="home", blocks=blocks)
