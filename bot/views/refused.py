"""What Slack refuses for good, to those who can mend it: told once, and shown for as long as it waits."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.sentences import Mrkdwn, say, say_plain
from bot.views.parts import Message, actions, button, clipped, context, section
from planning.pauses import Pause

MOST = 4
"""So many things that wait are shown; the oldest first."""
NAME = 75


def paused(pause: Pause, school: str) -> Message:
    """To the leader: what Slack refuses and why, in plain words, and the button that tries again."""
    text = say("lead.paused", school=school, reason=_why(pause), **_where(pause))
    blocks = [*section(text), actions(_again(pause)), *context(say("lead.paused_note"))]
    return Message(say_plain("lead.paused_preview"), blocks)


def paused_no_more(school: str) -> Message:
    """What is left of it once somebody has lifted it, or Slack refuses no longer."""
    return Message(say_plain("lead.paused_preview"), section(say("lead.paused_no_more", school=school)))


def waiting(several: Sequence[tuple[Pause, str]]) -> list[Block]:
    """What waits, each with its school's name (empty where it is of none) and its button; nothing where all goes on."""
    if not several:
        return []
    blocks = section(say("lead.paused_heading"))
    for pause, school in several[:MOST]:
        line = say("lead.paused_line", school=clipped(school, NAME), reason=_why(pause), **_where(pause))
        blocks += section(line, _again(pause))
    if len(several) > MOST:
        blocks += context(say("lead.paused_more", more=len(several) - MOST))
    return [*blocks, *context(say("lead.paused_note"))]


def tried(pause: Pause | None) -> str:
    """What came of trying again: nothing waits there any more, or Slack still refuses it."""
    return say("lead.paused_still", reason=_why(pause)) if pause else say("lead.paused_trying")


def _why(pause: Pause) -> Mrkdwn:
    return say("lead.paused_everything" if pause.everything else "lead.paused_because", why=pause.why)


def _where(pause: Pause) -> dict[str, str | None]:
    nowhere = pause.person or pause.everything
    return {"person": pause.person, "channel": None if nowhere else pause.place}


def _again(pause: Pause) -> ButtonElement:
    return button(say_plain("lead.paused_again"), "pause.lift", pause.place)
