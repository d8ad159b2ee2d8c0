"""The next review beside the plan, and the team's word about a priority: in place, or taken up again."""

from collections.abc import Callable, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, say, say_plain
from bot.standing import counts
from bot.views.fitting import fits
from bot.views.parts import (
    Message,
    actions,
    button,
    clipped,
    context,
    divider,
    field,
    header,
    modal,
    section,
    text_input,
)
from planning.plan import Action, Closing, Priority
from planning.rereview import Beside, PriorityMoved, ReReview
from rubric.comparing import Movement
from rubric.rubric import called

SUSTAINED = 300
NEWEST = 10
"""So many of the words that a team has said about a priority show in its window."""
"""What a card shows of how a priority is sustained,"""
MANY = 12
"""and how many deferred indicators it names."""
_COUNTED = {"rose": Movement.ROSE, "stayed": Movement.STAYED, "fell": Movement.FELL}


def card(school: str, found: ReReview, *, closing: bool) -> Message:
    """What moved, in the channel; `closing` while the team can still say that a priority is in place."""
    preview = say_plain("moved.preview", school=school)
    rich = moved(school, found, closing=closing)
    return Message(preview, rich if fits(rich) else moved(school, found, closing=closing, short=True))


def moved(school: str, found: ReReview, *, closing: bool = False, short: bool = False) -> list[Block]:
    """Each priority before and after beside its actions, what began where it began, and what was deferred."""
    blocks: list[Block] = [
        header(say_plain("moved.heading")),
        *context(say("moved.about", school=school, before=found.before, after=found.after)),
        *section(_sum(found)),
    ]
    names = found.plan.names
    for level in dict.fromkeys(one.priority.level for one in found.priorities):
        theirs = [one for one in found.priorities if one.priority.level == level]
        blocks.append(divider())
        if short:
            blocks += section("\n".join(_title(one, names[one.priority.id]) for one in theirs))
        else:
            for one in theirs:
                blocks += section(_priority(one, names[one.priority.id]), closes(one.priority) if closing else None)
        blocks += section(_beside(theirs[0].beside))
    if short and closing:
        blocks.append(actions(button(say_plain("follow.plan_see"), "plan.see", found.plan.id)))
    return [*blocks, *_deferred(found), *context(say("moved.note"))]


def closes(priority: Priority) -> ButtonElement:
    """The button that opens the window of the team's word about a priority."""
    label = "moved.reopen" if priority.in_place_at else "moved.close"
    return button(say_plain(label), "priority.close", priority.id)


def close(priority: Priority, under: Sequence[Action], said: Sequence[tuple[date, Closing]]) -> View:
    """The window in which the team says that a priority is in place, or why it takes it up again.

    `said` is what it said before, each with its local date at the school.
    """
    about = {"priority": priority.id}
    body = section(say("moved.close_about", indicator=priority.indicator.in_full, goal=priority.goal))
    if priority.in_place_at:
        why = field("why", say_plain("moved.reopen_why"), text_input("why", long=True))
        body += [*section(say("moved.in_place", sustained=priority.sustained)), why]
        title, submit = say_plain("moved.reopen_title"), say_plain("moved.reopen_submit")
        return modal("reopen_priority", title, [*body, *_history(said)], submit=submit, about=about)
    if priority.measure:
        body += section(say("moved.close_measure", measure=priority.measure))
    if still := sum(action.status.open for action in under):
        body += context(say("moved.close_open", actions=still))
    hint = say_plain("moved.close_hint")
    body.append(field("how", say_plain("moved.close_how"), text_input("how", long=True), hint=hint))
    title, submit = say_plain("moved.close_title"), say_plain("moved.close_submit")
    return modal("close_priority", title, [*body, *_history(said)], submit=submit, about=about)


def _sum(found: ReReview) -> Mrkdwn:
    if not found.compared:
        return say("moved.none_compared")
    return say("moved.sum", compared=found.compared, **_moved(found.count))


def _moved(count: Callable[[Movement], int]) -> dict[str, int]:
    return {name: count(movement) for name, movement in _COUNTED.items()}


def _title(one: PriorityMoved, name: str) -> Mrkdwn:
    return say(
        "moved.priority",
        place=one.priority.place,
        indicator=name,
        before=one.compared.before,
        after=one.compared.after or "",
        movement=one.compared.movement.value,
        target=one.priority.target_level,
    )


def _priority(one: PriorityMoved, name: str) -> str:
    under = one.actions
    lines = [
        _title(one, name),
        say("moved.actions", actions=len(under), counts=counts(under)) if under else say("moved.no_actions"),
    ]
    if one.priority.in_place_at:
        lines.append(say("moved.in_place", sustained=clipped(one.priority.sustained, SUSTAINED)))
    return "\n".join(lines)


def _beside(beside: Beside) -> Mrkdwn:
    if not beside.compared:
        return say("moved.beside_none", level=beside.level)
    left_out = len(beside.others) - beside.compared
    return say("moved.beside", level=beside.level, compared=beside.compared, left_out=left_out, **_moved(beside.count))


def _deferred(found: ReReview) -> list[Block]:
    if not found.deferred:
        return []
    names = called([one.indicator for one in found.deferred], [one.indicator for one in found.plan.priorities])
    lines = [
        say(
            "moved.deferred_line",
            indicator=name,
            before=one.before,
            after=one.after or "",
            movement=one.movement.value,
        )
        for name, one in list(zip(names, found.deferred, strict=True))[:MANY]
    ]
    if len(found.deferred) > MANY:
        lines.append(say("moved.deferred_more", more=len(found.deferred) - MANY))
    return [divider(), *section("\n".join([say("moved.deferred"), *lines]))]


def _history(said: Sequence[tuple[date, Closing]]) -> list[Block]:
    lines = [
        say(
            "moved.history_in_place" if one.in_place else "moved.history_again",
            on=on,
            person=one.person,
            text=clipped(one.text, SUSTAINED),
        )
        for on, one in said[-NEWEST:]
    ]
    past = [divider(), *section("\n".join([say("moved.history"), *lines]))] if lines else []
    return [*past, *context(say("moved.word"))]
