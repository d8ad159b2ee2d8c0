"""The thread of a card: who did what in its phase, so that the channel itself stays readable."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.sentences import say, say_plain
from bot.views.fitting import as_many
from bot.views.parts import Message, clipped, context, section
from planning.phases import Phase
from planning.remarks import Remark

NEWEST = 20
TEXT = 160
"""How many deeds one message lists, and how much of the words in them."""


def details(phase: Phase, remarks: Sequence[Remark]) -> Message:
    """The newest deeds of a phase, in order."""
    name = phase.value.capitalize()

    def laid_out(newest: Sequence[Remark]) -> list[Block]:
        lines = [say("thread.line", at=one.at, deed=_deed(one)) for one in reversed(newest)]
        blocks = [*section(say("thread.heading", phase=name)), *section("\n".join(lines))]
        if left := len(remarks) - len(newest):
            blocks += context(say("thread.earlier", lines=left))
        return blocks

    return Message(say_plain("thread.preview", phase=name), as_many(remarks[: -NEWEST - 1 : -1], laid_out))


def _deed(remark: Remark) -> str:
    name = remark.deed.value.replace(" ", "_")
    facts = {"who": remark.who, "about": clipped(remark.about, TEXT), "why": clipped(remark.why, TEXT)}
    return say(f"thread.{name}", **facts)
