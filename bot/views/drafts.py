"""The cards of a plan while it is written: each priority with its actions, whole or in short where it is large."""

from collections.abc import Callable, Sequence

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, listing, say, say_plain
from bot.standing import counts
from bot.views.fitting import fits, pages
from bot.views.frame import Heading, facilitate, whole
from bot.views.parts import Message, actions, button, clipped, divider, section
from planning.plan import Action, Priority, Status, names
from planning.warnings import Caution, Warning

QUOTED = 3
"""How many actions a warning names; more would be noise."""
SHORT = 40
"""How much of an action's text a warning quotes."""
GOAL, FEW = 200, 6
"""How much of a goal shows beside up to so many priorities, where a plan is told in short."""


def plan(
    heading: Heading, priorities: Sequence[Priority], drafted: Sequence[Action], cautions: Sequence[Warning]
) -> Message:
    """The plan as it grows: each priority, its actions, and gentle warnings."""
    session = heading.session
    ask = section(say("card.plan_ask"))
    warned = _warned(cautions)
    controls = actions(facilitate(session))
    drafts: list[Block] = []
    short: list[Block] = []
    called_so = names(priorities)
    for priority in priorities:
        under = [action for action in drafted if action.priority == priority.id]
        name = called_so[priority.id]
        drafts += [divider(), *_draft(priority, name, under), _draft_buttons(priority)]
        see = button(say_plain("card.plan_see"), "priority.see", priority.id)
        line = short_line(priority, name, under, GOAL if len(priorities) <= FEW else 0)
        short += [*section(line, see if under else None), _draft_buttons(priority)]
    bodies = ([*ask, *drafts, divider(), *warned], [*short, *warned], [*short, *_warned(cautions, quoted=0)])
    return _fitting(heading, bodies, controls)


def _draft(priority: Priority, name: str, under: Sequence[Action]) -> list[Block]:
    blocks = section(described(priority, name))
    for action in under:
        blocks += section(action_line(action), button(say_plain("card.edit"), "action.edit", action.id))
    return blocks


def _draft_buttons(priority: Priority) -> Block:
    label = "card.describe_again" if priority.described else "card.describe"
    style = None if priority.described else "primary"
    return actions(
        button(say_plain(label), "priority.describe", priority.id, style=style),
        button(say_plain("card.action_add"), "action.add", priority.id),
    )


def draft_of(
    priority: Priority, drafted: Sequence[Action], cautions: Sequence[Warning] = (), page: int | str = 1
) -> View:
    """One priority, its actions and what to look at in them in a window, where the card is too small for all that."""
    under = [action for action in drafted if action.priority == priority.id]
    warned = _warned([one for one in cautions if one.action in under])
    body = [*_draft(priority, priority.indicator.in_full, under), *warned]
    return pages("priority", say_plain("card.plan_see"), body, page, ("priority.see", priority.id))


def commit(
    heading: Heading, priorities: Sequence[Priority], drafted: Sequence[Action], cautions: Sequence[Warning] = ()
) -> Message:
    """The whole plan once more, before it is committed, with the gentle warnings that still hold."""
    session = heading.session
    ask = section(say("card.commit_ask"))
    warned = _warned(cautions)
    body = [*ask, *plan_body(priorities, drafted), *([divider(), *warned] if warned else [])]
    full = whole(heading, body, [actions(facilitate(session))])
    if fits(full.blocks):
        return full
    see = button(say_plain("follow.plan_see"), "draft.see", session.id)
    short = in_short(priorities, [[a for a in drafted if a.priority == p.id] for p in priorities])
    bodies = ([*ask, *short, *warned], [*ask, *short, *_warned(cautions, quoted=0)])
    return _fitting(heading, bodies, actions(see, facilitate(session)))


def _fitting(heading: Heading, bodies: Sequence[Sequence[Block]], controls: Block) -> Message:
    """The card with the first of several bodies that one message can carry, else with the last."""
    ways = [whole(heading, body, [controls]) for body in bodies]
    return next((way for way in ways if fits(way.blocks)), ways[-1])


def in_short(
    priorities: Sequence[Priority], under: Sequence[Sequence[Action]], *, committed: bool = False
) -> list[Block]:
    """Priorities in few words; their goals too, where there are few."""
    goal, called_so = GOAL if len(priorities) <= FEW else 0, names(priorities)
    return [
        block
        for priority, drafted in zip(priorities, under, strict=True)
        for block in section(short_line(priority, called_so[priority.id], drafted, goal, committed=committed))
    ]


def plan_body(
    priorities: Sequence[Priority],
    drafted: Sequence[Action],
    *,
    committed: bool = False,
    beside: Callable[[Priority], InteractiveElement] | None = None,
) -> list[Block]:
    """Priorities with their actions, to be read; once `committed`, owners are proposed until they accept.

    `beside` makes what stands beside each priority, for whoever may press it.
    """
    body: list[Block] = []
    called_so = names(priorities)
    for priority in priorities:
        body += [divider(), *section(described(priority, called_so[priority.id]), beside(priority) if beside else None)]
        lines = [action_line(one, committed=committed) for one in drafted if one.priority == priority.id]
        body += section("\n".join(lines)) if lines else []
    return body


def described(priority: Priority, name: str) -> str:
    """A priority, called `name`, with what the team wrote about it."""
    title = say(
        "card.plan_priority",
        place=priority.place,
        indicator=name,
        level=priority.level,
        target=priority.target_level,
    )
    if not priority.described:
        return f"{title}\n{say('card.plan_undescribed')}"
    about = say("card.plan_described", root_cause=priority.root_cause, goal=priority.goal, measure=priority.measure)
    kept = f"\n{say('moved.in_place', sustained=priority.sustained)}" if priority.in_place_at else ""
    return f"{title}\n{about}{kept}"


def action_line(action: Action, *, committed: bool = False, status: str = "") -> str:
    """One action with its owner, date and what will show it; `status` for those who may see it, in private.

    Once `committed`, whoever is asked is its *proposed* owner, and one that was handed back has none.
    """
    step = action.step
    proposed = committed and action.status is Status.PROPOSED
    owner = step.owner if not proposed else action.asked
    return say(
        "card.plan_action",
        text=step.text,
        link=action.link,
        owner=owner or "",
        outside=step.outside,
        proposed=proposed and not status,
        status=status,
        due=step.due,
        cadence=step.cadence.value,
        supporters=step.supporters,
        shown_by=step.shown_by,
        resources=step.resources,
    )


def short_line(priority: Priority, name: str, under: Sequence[Action], goal: int, *, committed: bool = False) -> str:
    """A priority, called `name`, in few words, for where the whole does not fit, with so many letters of its goal.

    How its actions stand is said once they are `committed`.
    """
    return say(
        "follow.plan_short",
        place=priority.place,
        indicator=name,
        level=priority.level,
        target=priority.target_level,
        goal=clipped(priority.goal, goal) if goal else "",
        actions=len(under),
        counts=counts(under) if committed else "",
    )


def _warned(cautions: Sequence[Warning], quoted: int = QUOTED) -> list[Block]:
    """The warnings, one line a kind, each naming the first `quoted` that it is about; of none, how many they are."""
    lines = []
    for kind, name in _WARNINGS.items():
        about = [_about(one) for one in cautions if one.caution is kind]
        if about and not quoted:
            counted = "card.plan_warning_people" if kind is Caution.OWNS_MUCH else "card.plan_warning_actions"
            about = [say(counted, number=len(about))]
        elif more := len(about[quoted:]):
            about = [*about[:quoted], say("card.plan_warning_others", more=more)]
        lines += [say(name, about=Mrkdwn(listing(about)))] if about else []
    return section("\n".join(lines)) if lines else []


_WARNINGS = {
    Caution.DUE_WHEN_CLOSED: "card.plan_warning_closed",
    Caution.DUE_BEFORE_CHECK_IN: "card.plan_warning_soon",
    Caution.NOTHING_SHOWS_IT: "card.plan_warning_shown",
    Caution.NO_VERB: "card.plan_warning_verb",
    Caution.OWNS_MUCH: "card.plan_warning_much",
}


def _about(one: Warning) -> Mrkdwn:
    """What a warning is about: an action's first words, with its day where that is what to look at, or a person."""
    if one.action is None:
        return say("card.plan_warning_owner", person=one.person, detail=one.detail)
    text = clipped(one.action.step.text, SHORT)
    if one.caution in (Caution.DUE_WHEN_CLOSED, Caution.DUE_BEFORE_CHECK_IN):
        return say("card.plan_warning_due", text=text, due=one.action.step.due, detail=one.detail)
    return say("card.plan_warning_text", text=text)
