"""The windows in which an owner, or a leader for them, answers: how it goes, help, handing back and handing over."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.asking import GOES, question
from bot.views.parts import context, field, modal, person, section, select, text_input
from planning.plan import Action, Status

_ASKS = {Status.DONE: "done", Status.BLOCKED: "blocked", Status.DROPPED: "dropped"}


Helpers = Sequence[tuple[str, str]]
"""Who could help, by what they are to the school: (label, person)."""


def _helpers(offered: Helpers) -> list[Block]:
    """Whom it should go to: by role, or anybody."""
    blocks: list[Block] = []
    if offered:
        by_role = select("role", offered, placeholder=say_plain("rest.helper_by_role"))
        blocks.append(field("role", say_plain("modal.blocked_helper"), by_role, optional=True))
    label = say_plain("rest.helper_else" if offered else "modal.blocked_helper")
    hint = say_plain("modal.blocked_helper_hint")
    return [*blocks, field("helper", label, person("helper"), hint=hint, optional=True)]


def help_window(action: Action, helpers: Helpers, request: str, *, shown: bool = False) -> View:
    """An owner who is not blocked asks for help: from whom, and with what."""
    blocks = [
        *section(say("modal.answer_about", text=action.step.text)),
        field("note", say_plain("rest.help_note"), text_input("note", long=True)),
        *_helpers(helpers),
        *context(say("follow.who_sees", shown=shown)),
    ]
    about = {"action": action.id, "status": action.status.value, "request": request, "help": True}
    return modal("answer", say_plain("rest.help"), blocks, submit=say_plain("modal.send"), about=about)


def answer_window(
    action: Action,
    status: Status | None,
    request: str,
    helpers: Helpers = (),
    note: str = "",
    *,
    shown: bool = False,
) -> View:
    """Done asks what shows it, blocked what is in the way and who could help, dropped why.

    None is for a note, which says how it goes as well. `request` makes a submission that is sent twice the same;
    `note` is what was said already; `shown` says that the school shows names outside.
    """
    name = _ASKS.get(status, "note") if status else "note"
    hint = say_plain("modal.done_hint") if status is Status.DONE else None
    blocks = [*section(say("modal.answer_about", text=action.step.text))]
    if status is None:
        options = [(one.value.capitalize(), one.value) for one in GOES]
        label, known = say_plain("modal.note_status"), action.status.value
        blocks.append(field("status", label, select("status", options, known)))
    blocks.append(field("note", say_plain(f"modal.{name}_note"), text_input("note", note, long=True), hint=hint))
    if status is Status.BLOCKED:
        blocks += _helpers(helpers)
    blocks += context(say("follow.who_sees", shown=shown))
    about = {"action": action.id, "status": (status or action.status).value, "request": request}
    return modal("answer", say_plain(f"modal.{name}_title"), blocks, submit=say_plain("modal.send"), about=about)


def answer_again(action: Action, indicator: str, *, past: bool) -> View:
    """The buttons once more, for somebody who changed their mind; `past` says that the due date has passed."""
    return modal("answer_again", say_plain("follow.change_answer"), question(action, indicator, past=past))


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
