"""The plan after it is committed, and how its actions stand, for those who may see owners and those who may not."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, InteractiveElement
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.standing import counts, stands
from bot.views.cards import SHORT_SUMMARY, SUMMARY
from bot.views.drafts import action_line, described, in_short, plan_body
from bot.views.fitting import fits, pages, richest
from bot.views.moved import closes
from bot.views.parts import Message, actions, button, clipped, context, divider, header, menu, section
from bot.views.reveal import why_they_wait
from planning.history import concerns
from planning.people import Viewer
from planning.plan import Action, CheckIn, Plan, Priority, Status
from planning.session import SetAside
from rubric.rubric import called

NOTE = 300
"""What a list shows of a note."""


def published(plan: Plan, school: str, committed: date, reviewed: date, deferred: Sequence[SetAside]) -> Message:
    """The plan in the channel: whole where one message carries it, else by priority with a button to the rest.

    It names owners, and counts statuses: no name stands beside how an action goes.
    """
    top = [
        header(say_plain("follow.plan_heading")),
        *context(say("follow.plan_about", school=school, date=committed, reviewed=reviewed)),
    ]
    names = _waiting(plan, deferred)
    bottom = [*section(say("follow.plan_progress", counts=counts(plan.actions))), *context(say("follow.plan_note"))]
    see = actions(button(say_plain("follow.plan_see"), "plan.see", plan.id))
    preview = say_plain("follow.plan_preview", school=school)
    wait = [divider(), *why_they_wait(names, deferred, SUMMARY, each=True)]
    whole = [*top, *plan_body(plan.priorities, plan.actions, committed=True), *wait, *bottom]
    if fits(whole):
        return Message(preview, whole)
    short = in_short(plan.priorities, [plan.under(priority) for priority in plan.priorities], committed=True)
    wait = [divider(), *why_they_wait(names, deferred, SHORT_SUMMARY, each=False)]
    return Message(preview, [*top, *short, *wait, *bottom, see])


def _waiting(plan: Plan, deferred: Sequence[SetAside]) -> list[str]:
    return called([one.indicator for one in deferred], [one.indicator for one in plan.priorities])


def window(plan: Plan, school: str, committed: date, reviewed: date, viewer: Viewer, page: int | str = 1) -> View:
    """The whole plan in a window, over as many pages as it needs, with what `viewer` may see and change."""
    top = context(say("follow.plan_about", school=school, date=committed, reviewed=reviewed))
    body = [*_read_by(plan, viewer), *_add(plan, viewer), actions(as_a_file(plan))]
    return pages("plan", say_plain("follow.plan_heading"), body, page, ("plan.page", plan.id), top)


def draft_window(session: str, priorities: Sequence[Priority], drafted: Sequence[Action], page: int = 1) -> View:
    """The whole plan before it is committed, where the card shows it in short."""
    body = plan_body(priorities, drafted)
    return pages("draft", say_plain("follow.plan_heading"), body, page, ("draft.page", session))


def whole(plan: Plan, school: str, committed: date, reviewed: date, viewer: Viewer) -> list[Block]:
    """The plan as an answer to one person, with what `viewer` may see and change."""
    top = context(say("follow.plan_about", school=school, date=committed, reviewed=reviewed))
    see, take = button(say_plain("follow.plan_see"), "plan.see", plan.id), as_a_file(plan)
    short = in_short(plan.priorities, [plan.under(priority) for priority in plan.priorities], committed=True)
    full = [*top, *_read_by(plan, viewer), *_add(plan, viewer), actions(take)]
    return richest(full, [*top, *short, *_add(plan, viewer), actions(see, take)])


def as_a_file(plan: Plan) -> ButtonElement:
    """The button to a file of the plan."""
    return button(say_plain("report.file_title"), "document.open", plan.id)


def _read_by(plan: Plan, viewer: Viewer) -> list[Block]:
    """Priorities and actions as one person reads them: how each stands, and a menu, where they may see and change."""
    if plan.ended or not any(concerns(viewer, action) for action in plan.actions):
        press = viewer.in_school and not plan.ended
        return plan_body(plan.priorities, plan.actions, committed=True, beside=closes if press else None)
    blocks: list[Block] = []
    for priority in plan.priorities:
        blocks += [
            divider(),
            *section(described(priority, plan.names[priority.id]), closes(priority) if viewer.in_school else None),
        ]
        for action in plan.under(priority):
            line = action_line(action, committed=True, status=stands(action) if viewer.sees_answers else "")
            blocks += section(line, _changes(action, viewer) if concerns(viewer, action) else None)
    return blocks


def _changes(action: Action, viewer: Viewer) -> InteractiveElement:
    if not action.status.open and not (action.status is Status.DROPPED and viewer.sees_answers):
        return button(say_plain("follow.more_history"), "history.see", action.id)
    if not action.status.open:
        again = [("history", say_plain("follow.more_history")), ("take_up", say_plain("follow.more_take_up"))]
        return menu("plan.more", [(label, f"{what}/{action.id}") for what, label in again])
    options = [("change", say_plain("follow.more_change")), ("history", say_plain("follow.more_history"))]
    if viewer.sees_answers:
        options.append(("find_owner", say_plain("follow.find_owner")))
        options.append(("drop_from_plan", say_plain("follow.more_drop")))
    return menu("plan.more", [(label, f"{what}/{action.id}") for what, label in options])


def _add(plan: Plan, viewer: Viewer) -> list[Block]:
    if plan.ended or not viewer.sees_answers or not plan.priorities:
        return []
    return [actions(button(say_plain("card.action_add"), "plan.add", plan.id))]


Notes = Mapping[str, CheckIn]
"""The last answer about each action, by the action's id."""


def standing(plan: Plan, committed: date, today: date, notes: Notes, viewer: Viewer) -> list[Block]:
    """How each action stands, with the names and notes that `viewer` may see, and the button that opens it all.

    `committed` and `today` are local dates at the school.

    Where that is too much for one message, it is counts by priority.
    """
    total = section(say("follow.status_plan", date=committed, counts=counts(plan.actions)))
    hidden = [] if viewer.sees_answers else context(say("follow.status_hidden"))
    full: list[Block] = []
    short: list[Block] = []
    for priority in plan.priorities:
        under = plan.under(priority)
        line = say("follow.status_priority", indicator=plan.names[priority.id], counts=counts(under))
        short += section(line)
        full += section("\n".join([line, *(status_line(one, notes.get(one.id), viewer, today) for one in under)]))
    see = actions(button(say_plain("home.open"), "school.open", plan.school))
    return richest([*total, *full, see, *hidden], [*total, *short, see, *hidden])


def status_line(action: Action, last: CheckIn | None, viewer: Viewer, today: date) -> str:
    """How one action stands, with its owner and the last note where `viewer` may see them."""
    owners = viewer.sees_answer(action.updated_at)
    last = last if last and viewer.sees_answer(last.at) else None
    return say(
        "follow.status_action",
        late=action.overdue(today),
        text=action.step.text,
        due=action.step.due,
        status=stands(action),
        owner=action.step.owner if owners and not action.refused else "",
        outside=action.step.outside if owners else "",
        note=clipped(last.note, NOTE) if last else "",
        by=last.person if last and last.person != action.step.owner else "",
    )
