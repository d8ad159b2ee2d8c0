"""What owners are asked in private, and the windows their answers open: acceptance, check-ins, handing over."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.standing import stands
from bot.views.parts import (
    Message,
    actions,
    as_many,
    button,
    clipped,
    context,
    field,
    menu,
    modal,
    person,
    section,
    select,
    text_input,
)
from planning.plan import Action, CheckIn, Status

_ASKS = {Status.DONE: "done", Status.BLOCKED: "blocked", Status.DROPPED: "dropped"}
_GOES = (Status.ON_TRACK, Status.AT_RISK, Status.BLOCKED, Status.DONE)
NOTE = 300
"""What a message shows of a note."""
Named = tuple[Action, str]
"""An action with the name of its priority's indicator."""


def acceptance(person_asked: str, school: str, asked: Sequence[Named]) -> Message:
    """Every action that `person_asked` is or was asked to take on, each with its two buttons until it is answered."""
    waiting = [action for action, _ in asked if action.asked == person_asked]
    top = [
        *section(say("follow.acceptance", school=school, actions=len(waiting) or len(asked))),
        *context(say("follow.acceptance_sees")),
    ]

    def laid_out(shown: Sequence[Named]) -> list[Block]:
        each = (block for action, indicator in shown for block in _asked(person_asked, action, indicator))
        return [*top, *each, *_more(len(asked) - len(shown))]

    return Message(say_plain("follow.acceptance_preview"), as_many(asked, laid_out))


def _asked(person_asked: str, action: Action, indicator: str) -> list[Block]:
    step = action.step
    if action.asked != person_asked:
        owns = step.owner == person_asked and not action.refused
        answered = "follow.acceptance_accepted" if owns else "follow.acceptance_returned"
        if owns and action.waiting:
            answered = "follow.acceptance_elsewhere"
        return section(say(answered, text=step.text, cadence=step.cadence.value, due=step.due))
    text: str = say(
        "follow.acceptance_action",
        text=step.text,
        link=action.link,
        outside=step.outside,
        indicator=indicator,
        due=step.due,
        shown_by=step.shown_by,
    )
    if action.refused or (action.offered_to and action.waiting):
        text = f"{say('follow.acceptance_needed')}\n{text}"
    elif step.owner != person_asked:
        text = f"{say('follow.acceptance_from', owner=step.owner)}\n{text}"
    return [
        *section(text),
        actions(
            button(say_plain("follow.accept"), "acceptance.accept", action.id, style="primary"),
            button(say_plain("follow.hand_back"), "acceptance.hand_back", action.id),
        ),
    ]


def acceptance_over() -> Message:
    """What was asked, once none of it waits for this person any more."""
    return Message(say_plain("follow.acceptance_preview"), section(say("follow.acceptance_over")))


def check_in(owner: str, due: Sequence[Named], answers: Mapping[str, CheckIn], overdue: frozenset[str]) -> Message:
    """How is it going? `answers` are those given since the question, by action; an answered one loses its buttons."""

    def one(action: Action, indicator: str) -> list[Block]:
        if action.step.owner != owner:
            return section(say("follow.check_in_handed", text=action.step.text))
        if action.id not in answers:
            return question(action, indicator, overdue=action.id in overdue)
        answer = answers[action.id]
        note = clipped(answer.note, NOTE)
        text = say("follow.check_in_answered", text=action.step.text, status=answer.status.value, note=note)
        change = button(say_plain("follow.change_answer"), "check_in.change", action.id)
        return section(text, change)

    def laid_out(shown: Sequence[Named]) -> list[Block]:
        each = (block for action, indicator in shown for block in one(action, indicator))
        ending = [*_more(len(due) - len(shown)), *context(say("follow.check_in_sees"))]
        return [*section(say("follow.check_in")), *each, *ending]

    return Message(say_plain("follow.check_in_preview"), as_many(due, laid_out))


def _more(more: int) -> list[Block]:
    return context(say("follow.more_in_mine", more=more)) if more else []


def question(action: Action, indicator: str, *, overdue: bool = False) -> list[Block]:
    """One action with the buttons that answer how it goes."""
    name = "follow.check_in_overdue" if overdue else "follow.check_in_action"
    step = action.step
    text = say(name, text=step.text, outside=step.outside, indicator=indicator, due=step.due, status=stands(action))
    more = menu(
        "check_in.more",
        [
            (say_plain("follow.more_note"), f"note/{action.id}"),
            (say_plain("follow.more_change"), f"change/{action.id}"),
            (say_plain("follow.more_hand_over"), f"hand_over/{action.id}"),
            (say_plain("follow.more_drop"), f"drop/{action.id}"),
            (say_plain("follow.more_history"), f"history/{action.id}"),
        ],
    )
    return [
        *section(text),
        actions(
            button(say_plain("follow.on_track"), "check_in.on_track", action.id),
            button(say_plain("follow.at_risk"), "check_in.at_risk", action.id),
            button(say_plain("follow.blocked"), "check_in.blocked", action.id),
            button(say_plain("follow.done"), "check_in.done", action.id),
            more,
        ),
    ]


def mine(owned: Sequence[tuple[str, Named]], person_asked: str) -> list[Block]:
    """A person's own open actions, each with its school, with the answers in place; the soonest due where many."""
    owned = [one for one in owned if _concerned(person_asked, one[1][0])]
    if not owned:
        return section(say("follow.mine_none"))

    def laid_out(shown: Sequence[tuple[str, Named]]) -> list[Block]:
        blocks: list[Block] = []
        for school in dict.fromkeys(school for school, _ in shown):
            blocks += section(say("follow.mine_school", school=school))
            for action, indicator in (named for of, named in shown if of == school):
                if action.asked == person_asked:
                    blocks += _asked(person_asked, action, indicator)
                else:
                    blocks += question(action, indicator)
        more = len(owned) - len(shown)
        return [*blocks, *(context(say("follow.mine_more", more=more)) if more else [])]

    return as_many(owned, laid_out)


def _concerned(person_asked: str, action: Action) -> bool:
    taken_on = action.step.owner == person_asked and not action.refused and not action.waiting
    return taken_on or action.asked == person_asked


def ballot_reminder(school: str, link: str | None, *, open_still: bool) -> Message:
    """To somebody who has not voted yet."""
    name = "follow.ballot_reminder" if open_still else "follow.ballot_reminder_over"
    return Message(say_plain("follow.ballot_reminder_preview"), section(say(name, school=school, link=link or "")))


def answer_window(action: Action, status: Status | None, request: str) -> View:
    """Done asks what shows it, blocked what is in the way and who could help, dropped why.

    None is for a note, which says how it goes as well. `request` makes a submission that is sent twice the same.
    """
    name = _ASKS.get(status, "note") if status else "note"
    hint = say_plain("modal.done_hint") if status is Status.DONE else None
    blocks = [*section(say("modal.answer_about", text=action.step.text))]
    if status is None:
        options = [(one.value.capitalize(), one.value) for one in _GOES]
        label, known = say_plain("modal.note_status"), action.status.value
        blocks.append(field("status", label, select("status", options, known)))
    blocks.append(field("note", say_plain(f"modal.{name}_note"), text_input("note", long=True), hint=hint))
    if status is Status.BLOCKED:
        helper = say_plain("modal.blocked_helper"), person("helper")
        blocks.append(field("helper", *helper, hint=say_plain("modal.blocked_helper_hint"), optional=True))
    blocks += context(say("modal.who_sees"))
    about = {"action": action.id, "status": (status or action.status).value, "request": request}
    return modal("answer", say_plain(f"modal.{name}_title"), blocks, submit=say_plain("modal.send"), about=about)


def answer_again(action: Action, indicator: str) -> View:
    """The buttons once more, for somebody who changed their mind."""
    return modal("answer_again", say_plain("follow.change_answer"), question(action, indicator))


def hand_back(action: Action) -> View:
    """Why an action is handed back."""
    hint = "modal.hand_back_hint" if action.status is Status.PROPOSED else "modal.hand_back_hint_over"
    label, typed = say_plain("modal.hand_back_reason"), text_input("reason", long=True)
    reason = field("reason", label, typed, hint=say_plain(hint))
    title, submit = say_plain("modal.hand_back_title"), say_plain("modal.send")
    return modal("hand_back", title, [reason], submit=submit, about={"action": action.id})


def hand_over(action: Action, *, by_leader: bool = False) -> View:
    """To whom an action goes; it stays with its owner until that person accepts."""
    title = say_plain("modal.find_owner_title" if by_leader else "modal.hand_over_title")
    taken_on = not action.refused and not action.waiting
    leaders_hint = "modal.find_owner_hint_taken" if taken_on else "modal.find_owner_hint"
    hint = say_plain(leaders_hint if by_leader else "modal.hand_over_hint")
    to = field("to", say_plain("modal.hand_over_to"), person("to"), hint=hint)
    return modal("hand_over", title, [to], submit=say_plain("modal.send"), about={"action": action.id})
