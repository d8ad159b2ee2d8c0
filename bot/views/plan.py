"""The plan after it is committed, and how its actions stand, for those who may see owners and those who may not."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.standing import counts, stands
from bot.views.cards import plan_body
from bot.views.parts import MODAL_BLOCKS, Message, actions, button, context, divider, fits, header, modal, section
from planning.plan import Action, CheckIn, Plan, Priority
from planning.session import SetAside

PAGE = MODAL_BLOCKS - 6


def published(plan: Plan, school: str, committed: date, reviewed: date, deferred: Sequence[SetAside]) -> Message:
    """The plan in the channel: whole where one message carries it, else by priority with a button to the rest.

    It names owners, and counts statuses: no name stands beside how an action goes.
    """
    top = [
        header(say_plain("follow.plan_heading")),
        *context(say("follow.plan_about", school=school, date=committed, reviewed=reviewed)),
    ]
    bottom: list[Block] = [divider()]
    if deferred:
        bottom += section(say("follow.plan_deferred", deferred=deferred))
    bottom += section(say("follow.plan_progress", counts=counts(plan.actions)))
    bottom += context(say("follow.plan_note"))
    see = actions(button(say_plain("follow.plan_see"), "plan.see", plan.id))
    preview = say_plain("follow.plan_preview", school=school)
    whole = [*top, *plan_body(plan.priorities, plan.actions), *bottom]
    if fits(whole):
        return Message(preview, whole)
    short: list[Block] = []
    for priority in plan.priorities:
        short += section(_short(priority, plan.under(priority)))
    return Message(preview, [*top, *short, *bottom, see])


def pages(plan: Plan, school: str, committed: date, reviewed: date, page: int = 1) -> View:
    """The whole plan in a window, over as many pages as it needs."""
    body = plan_body(plan.priorities, plan.actions)
    last = max(-(-len(body) // PAGE), 1)
    blocks = [
        *context(say("follow.plan_about", school=school, date=committed, reviewed=reviewed)),
        *body[(page - 1) * PAGE : page * PAGE],
    ]
    if last > 1:
        following = page + 1 if page < last else 1
        blocks += context(say("follow.plan_page", page=page, pages=last))
        blocks.append(actions(button(say_plain("follow.plan_more"), "plan.page", f"{plan.id}/{following}")))
    return modal("plan", say_plain("follow.plan_heading"), blocks, close=say_plain("modal.close"))


def whole(plan: Plan, school: str, committed: date, reviewed: date) -> list[Block]:
    """The plan as an answer to one person."""
    top = [
        *context(say("follow.plan_about", school=school, date=committed, reviewed=reviewed)),
        *plan_body(plan.priorities, plan.actions),
    ]
    if fits(top):
        return top
    see = actions(button(say_plain("follow.plan_see"), "plan.see", plan.id))
    return [*top[:1], *(b for p in plan.priorities for b in section(_short(p, plan.under(p)))), see]


def standing(plan: Plan, committed: date, notes: Mapping[str, CheckIn], *, owners: bool) -> list[Block]:
    """How each action stands; `owners` says whether their names and notes may be shown."""
    blocks: list[Block] = [*section(say("follow.status_plan", date=committed, counts=counts(plan.actions)))]
    for priority in plan.priorities:
        under = plan.under(priority)
        lines = [say("follow.status_priority", indicator=priority.indicator.name, counts=counts(under))]
        for action in under:
            last = notes.get(action.id)
            lines.append(
                say(
                    "follow.status_action",
                    text=action.step.text,
                    due=action.step.due,
                    status=stands(action),
                    owner=action.step.owner if owners else "",
                    note=last.note if owners and last else "",
                )
            )
        blocks += section("\n".join(lines))
    if not owners:
        blocks += context(say("follow.status_hidden"))
    return blocks


def _short(priority: Priority, under: Sequence[Action]) -> str:
    return say(
        "follow.plan_short",
        place=priority.place,
        indicator=priority.indicator.name,
        level=priority.level,
        target=priority.target_level,
        goal=priority.goal,
        actions=len(under),
        counts=counts(under),
    )
