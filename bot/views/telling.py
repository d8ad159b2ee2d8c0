"""What leaders, helpers and owners are told in private about an action, with what they can do about it."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.sentences import say, say_plain
from bot.views import amending
from bot.views.asking import Named
from bot.views.fitting import as_many
from bot.views.parts import Message, actions, button, context, section
from planning.history import Change
from planning.plan import Action, Status


def help_wanted(action: Action, indicator: str, note: str, *, promised: bool = False) -> Message:
    """To whom an owner picked; they say that they are on it, or it shows that they have."""
    name = "follow.help_wanted" if action.status is Status.BLOCKED else "rest.help_wanted"
    blocks = section(say(name, owner=action.step.owner, text=action.step.text, indicator=indicator))
    if note:
        blocks += section(say("follow.help_wanted_note", note=note))
    if promised or not action.status.open:
        settled = say("rest.help_promised") if promised else say("rest.help_over", status=action.status.value)
        return Message(say_plain("follow.help_wanted_preview"), [*blocks, *context(settled)])
    blocks.append(actions(button(say_plain("rest.on_it"), "help.on_it", action.id)))
    return Message(say_plain("follow.help_wanted_preview"), blocks)


def handed_back(action: Action, indicator: str, who: str, note: str) -> Message:
    """To the principal: an action needs another owner, until it has one."""
    preview = say_plain("follow.handed_back_preview")
    step = action.step
    facts = {"text": step.text, "indicator": indicator}
    if action.offered_to:
        return Message(preview, section(say("follow.handed_back_offered", to=action.offered_to, **facts)))
    if not action.refused:
        return Message(preview, section(say("follow.handed_back_settled", owner=step.owner, **facts)))
    text = say("follow.handed_back", person=who, due=step.due, note=note, **facts)
    return Message(
        preview, [*section(text), actions(button(say_plain("follow.find_owner"), "action.find_owner", action.id))]
    )


def declined(action: Action, indicator: str, who: str) -> Message:
    """To an owner whose hand-over somebody cannot take."""
    text = say("follow.declined", person=who, text=action.step.text, indicator=indicator)
    return Message(say_plain("follow.declined_preview"), section(text))


def changed(school: str, found: Sequence[tuple[Action, Change]], day: date, names: Mapping[str, str]) -> Message:
    """To an owner: what others changed on the local date `day` about what was theirs; `names` are the priorities'."""

    def laid_out(some: Sequence[tuple[Action, Change]]) -> list[Block]:
        blocks = section(say("follow.changed", school=school))
        for action, change in some:
            taken = next((one.new for one in change.fields if one.field == "owner"), "")
            told = say("follow.changed_taken", person=taken) if taken else amending.told(day, change, names)
            blocks += section(f"{say('follow.changed_about', text=action.step.text)}\n{told}")
        more = len(found) - len(some)
        return [*blocks, *context(say("follow.changed_more", more=more))]

    return Message(say_plain("follow.changed_preview"), as_many(found, laid_out))


def not_accepted(school: str, waiting: Sequence[Named], reader: str) -> Message:
    """To the leader, who is `reader`: each action that nobody took on, with the button to find another owner."""
    preview = say_plain("follow.not_accepted_preview")
    if not waiting:
        return Message(preview, section(say("follow.not_accepted_settled", school=school)))

    def laid_out(shown: Sequence[Named]) -> list[Block]:
        blocks = section(say("follow.not_accepted", school=school, actions=len(waiting)))
        for action, indicator in shown:
            facts = {"text": action.step.text, "indicator": indicator, "due": action.step.due}
            blocks += section(
                say("follow.not_accepted_action", person=action.asked, yours=action.asked == reader, **facts)
            )
            take_on = [button(say_plain("follow.accept"), "acceptance.accept", action.id, style="primary")]
            find = button(say_plain("follow.find_owner"), "action.find_owner", action.id)
            blocks.append(actions(*(take_on if action.asked == reader else ()), find))
        more = len(waiting) - len(shown)
        return [*blocks, *(context(say("follow.not_accepted_more", more=more)) if more else [])]

    return Message(preview, as_many(waiting, laid_out))
