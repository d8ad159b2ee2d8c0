"""The last month of school: what an owner and a leader are asked about each open action."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.sentences import say, say_plain
from bot.standing import stands
from bot.views.fitting import as_many
from bot.views.parts import Message, actions, button, context, section
from planning.plan import Action


def answers(action: Action) -> Block:
    """The buttons of an owner for what will not be done by then: carry it into next year, drop it, hand it over."""
    return actions(
        button(say_plain("year_end.carry"), "year_end.carry", action.id),
        button(say_plain("year_end.drop"), "year_end.drop", action.id),
        button(say_plain("year_end.hand_over"), "year_end.hand_over", action.id),
    )


def summary(school: str, last: date, left: Sequence[tuple[Action, str]], past: frozenset[str] = frozenset()) -> Message:
    """To the leader: each action that is still to be settled, with the name of its indicator; those in `past` are late.

    The year of `school` ends on the local date `last`.
    """
    preview = say_plain("year_end.preview")
    if not left:
        return Message(preview, section(say("year_end.over", school=school)))

    def laid_out(shown: Sequence[tuple[Action, str]]) -> list[Block]:
        blocks = section(say("year_end.heading", school=school, last=last, actions=len(left)))
        for action, indicator in shown:
            owner = "" if action.refused else action.step.owner
            facts = {"text": action.step.text, "indicator": indicator, "due": action.step.due, "owner": owner}
            blocks += section(say("year_end.action", status=stands(action), past=action.id in past, **facts))
            taken_on = not action.waiting and not action.refused
            carry = button(say_plain("year_end.carry"), "year_end.carry", action.id, style="primary")
            others = (
                button(say_plain("year_end.drop"), "year_end.drop", action.id),
                button(say_plain("follow.find_owner"), "action.find_owner", action.id),
            )
            blocks.append(actions(*((carry, *others) if taken_on else others)))
        more = len(left) - len(shown)
        blocks += context(say("year_end.more", more=more)) if more else []
        return [*blocks, *context(say("year_end.note"))]

    return Message(preview, as_many(left, laid_out))
