"""What owners are asked in private, and the windows their answers open: acceptance, check-ins, handing over."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, say, say_plain
from bot.standing import stands
from bot.views import year_end
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
from bot.views.resting import resting
from planning.comments import Comment
from planning.plan import Action, CheckIn, Status

_ASKS = {Status.DONE: "done", Status.BLOCKED: "blocked", Status.DROPPED: "dropped"}
_GOES = (Status.ON_TRACK, Status.AT_RISK, Status.BLOCKED, Status.DONE)
NOTE = 300
"""What a message shows of a note."""
COMMENT = 300
"""What a list shows of a comment."""
Named = tuple[Action, str]
"""An action with the name of its priority's indicator."""


def acceptance(person_asked: str, school: str, asked: Sequence[Named], *, shown: bool = False) -> Message:
    """Every action that `person_asked` is or was asked to take on, each with its two buttons until it is answered.

    `shown` says that the school shows names outside.
    """
    waiting = [action for action, _ in asked if action.asked == person_asked]
    top = [
        *section(say("follow.acceptance", school=school, actions=len(waiting) or len(asked))),
        *context(say("follow.acceptance_sees", shown=shown)),
    ]

    def laid_out(some: Sequence[Named]) -> list[Block]:
        each = (block for action, indicator in some for block in _asked(person_asked, action, indicator))
        return [*top, *each, *_more(len(asked) - len(some))]

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


def check_in(
    owner: str,
    due: Sequence[Named],
    answers: Mapping[str, CheckIn],
    overdue: frozenset[str],
    *,
    settle: frozenset[str] = frozenset(),
    soon: frozenset[str] = frozenset(),
    settled: Mapping[str, Mrkdwn] | None = None,
    session: bool = False,
    wanted_by: Mapping[str, str] | None = None,
    comments: Mapping[str, Comment] | None = None,
    shown: bool = False,
) -> Message:
    """How is it going? `answers` are those given since the question, by action; an answered one loses its buttons.

    `soon` and `overdue` are the actions about whose due date it is said once; `settled` says of an action why it is not
    asked about any more; `session` that the team meets soon. Those in `settle` are asked whether they go on next year.
    `wanted_by` is the leader who wants to know, by action, and `comments` what was said last about it; `shown` says
    that their school shows names outside.
    """

    def one(action: Action, indicator: str) -> list[Block]:
        if settled and action.id in settled:
            change = button(say_plain("follow.change_answer"), "check_in.change", action.id)
            return section(settled[action.id], change if action.snoozed_until and action.step.owner == owner else None)
        if action.step.owner != owner or action.refused:
            return section(say("follow.check_in_handed", text=action.step.text))
        if action.id not in answers:
            late, near = action.id in overdue, action.id in soon
            return question(
                action,
                indicator,
                overdue=late,
                soon=near,
                settle=action.id in settle,
                wanted_by=(wanted_by or {}).get(action.id),
                comment=(comments or {}).get(action.id),
            )
        answer = answers[action.id]
        if action.carried_at == answer.at:
            return section(say("year_end.carried", text=action.step.text))
        note = clipped(answer.note, NOTE)
        text = say("follow.check_in_answered", text=action.step.text, status=answer.status.value, note=note)
        change = button(say_plain("follow.change_answer"), "check_in.change", action.id)
        return section(text, change)

    def laid_out(some: Sequence[Named]) -> list[Block]:
        each = (block for action, indicator in some for block in one(action, indicator))
        ending = [*_more(len(due) - len(some)), *context(say("follow.check_in_sees", shown=shown))]
        lead = say("rest.check_in_session") if session else say("follow.check_in")
        return [*section(lead), *each, *ending]

    return Message(say_plain("follow.check_in_preview"), as_many(due, laid_out))


def _more(more: int) -> list[Block]:
    return context(say("follow.more_in_mine", more=more)) if more else []


def question(
    action: Action,
    indicator: str,
    *,
    overdue: bool = False,
    soon: bool = False,
    settle: bool = False,
    wanted_by: str | None = None,
    comment: Comment | None = None,
) -> list[Block]:
    """One action with the buttons that answer how it goes; its due date is spoken of where `overdue` or `soon`.

    Where it is to `settle`, it asks whether it goes on next year. `wanted_by` is a leader who wants to know, `comment`
    what was said last about it.
    """
    name = "follow.check_in_overdue" if overdue else "rest.check_in_soon" if soon else "follow.check_in_action"
    step = action.step
    text: str = say(
        name, text=step.text, outside=step.outside, indicator=indicator, due=step.due, status=stands(action)
    )
    if wanted_by:
        text = f"{text}\n{say('home.wanted_by', person=wanted_by)}"
    if comment:
        text = f"{text}\n{comment_line(comment)}"
    if settle:
        return [*section(text), *context(say("year_end.ask")), year_end.answers(action)]
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
            button(say_plain("rest.help"), "check_in.help", action.id),
            button(say_plain("rest.snooze"), "check_in.snooze", action.id),
            more,
        ),
    ]


def comment_line(comment: Comment) -> str:
    """A comment as it stands beside its action."""
    text = clipped(comment.text, COMMENT)
    return say("home.comment_line", person=comment.person, day=comment.at.date(), text=text)


def mine(
    owned: Sequence[tuple[str, Named]],
    person_asked: str,
    away: date | None = None,
    settle: frozenset[str] = frozenset(),
    *,
    first: int | None = None,
    shown: bool = False,
    comments: Mapping[str, Comment] | None = None,
) -> list[Block]:
    """A person's own open actions, each with its school, with the answers in place; the soonest due where many.

    Where `first` is a number, only so many stand here, with a button to all of them. `comments` are the last ones by
    action. It says who sees the answers: `shown` that their school shows names outside. `away` is the local date until
    which the person is asked about nothing. Those in `settle` are asked whether they go on next year.
    """
    owned = [one for one in owned if _concerned(person_asked, one[1][0])]
    if not owned:
        return [*section(say("follow.mine_none")), *resting(away)]

    def laid_out(some: Sequence[tuple[str, Named]]) -> list[Block]:
        blocks: list[Block] = []
        for school in dict.fromkeys(school for school, _ in some):
            blocks += section(say("follow.mine_school", school=school))
            for action, indicator in (named for of, named in some if of == school):
                if action.asked == person_asked:
                    blocks += _asked(person_asked, action, indicator)
                else:
                    said = (comments or {}).get(action.id)
                    blocks += question(action, indicator, settle=action.id in settle, comment=said)
        return [*blocks, *more(len(some)), *context(say("follow.check_in_sees", shown=shown)), *resting(away)]

    def more(here: int) -> list[Block]:
        if len(owned) == here:
            return []
        if first is not None:
            return [actions(button(say_plain("home.all_mine", number=len(owned)), "check_in.own"))]
        return context(say("follow.mine_more", more=len(owned) - here))

    return as_many(owned[:first], laid_out)


def _concerned(person_asked: str, action: Action) -> bool:
    taken_on = action.step.owner == person_asked and not action.refused and not action.waiting
    return taken_on or action.asked == person_asked


def ballot_reminder(school: str, link: str | None, *, open_still: bool) -> Message:
    """To somebody who has not voted yet."""
    name = "follow.ballot_reminder" if open_still else "follow.ballot_reminder_over"
    return Message(say_plain("follow.ballot_reminder_preview"), section(say(name, school=school, link=link or "")))


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
        *context(say("modal.who_sees", shown=shown)),
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
        options = [(one.value.capitalize(), one.value) for one in _GOES]
        label, known = say_plain("modal.note_status"), action.status.value
        blocks.append(field("status", label, select("status", options, known)))
    blocks.append(field("note", say_plain(f"modal.{name}_note"), text_input("note", note, long=True), hint=hint))
    if status is Status.BLOCKED:
        blocks += _helpers(helpers)
    blocks += context(say("modal.who_sees", shown=shown))
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
