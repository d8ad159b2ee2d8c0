"""One school in a window: where its plan stands action by action, and what the one who looks can do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import Block, ButtonElement, InteractiveElement
from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, say, say_plain
from bot.standing import counts
from bot.views.asking import comment_line
from bot.views.fitting import pages
from bot.views.parts import actions, button, confirm, context, divider, field, menu, modal, section, text_input
from bot.views.plan import Notes, as_a_file, status_line
from bot.views.updates import reply_line
from planning.comments import Comment, Reply
from planning.people import Viewer
from planning.plan import Action, Plan


@dataclass(frozen=True, slots=True)
class SchoolOf:
    """What the window shows. `session` is the sentence about an open one; dates are local at the school."""

    name: str
    viewer: Viewer
    today: date
    session: Mrkdwn | None = None
    plan: Plan | None = None
    committed: date | None = None
    notes: Notes | None = None
    comments: Mapping[str, Comment] | None = None
    names_since: datetime | None = None
    replied: Reply | None = None


def window(of: SchoolOf, page: int = 1) -> View:
    """One school as `of.viewer` may see it, over as many pages as it needs."""
    top = [*section(say("follow.mine_school", school=of.name)), *(section(of.session) if of.session else [])]
    body: list[Block] = []
    if of.plan is not None:
        assert of.committed is not None
        top += section(say("follow.status_plan", date=of.committed, counts=counts(of.plan.actions)))
        if buttons := _buttons(of, of.plan):
            top.append(actions(*buttons))
        if of.replied and (of.viewer.sees_answers or of.viewer.may_ask_leader):
            top += context(reply_line(of.replied))
        top += _who_sees(of)
        body = [block for priority in of.plan.priorities for block in _priority(of, of.plan, priority.id)]
    elif of.session is None:
        top += section(say("follow.status_none"))
    return pages("school", say_plain("home.school_title"), body, page, ("school.page", of.viewer.school), top)


def _buttons(of: SchoolOf, plan: Plan) -> list[ButtonElement]:
    viewer, found = of.viewer, []
    if viewer.may_ask_owners and any(action.overdue(of.today) for action in plan.actions):
        found.append(button(say_plain("home.ask_overdue"), "update.ask_overdue", viewer.school, style="primary"))
    if viewer.may_ask_leader:
        found.append(button(say_plain("home.ask_leader"), "update.ask_leader", viewer.school))
    if viewer.sees_owners:
        found.append(button(say_plain("follow.plan_see"), "plan.see", plan.id))
    else:
        found.append(as_a_file(plan))
    if viewer.may_show_names:
        found.append(_names(of))
    return found


def _names(of: SchoolOf) -> ButtonElement:
    what = "show" if of.names_since is None else "hide"
    title, text, yes = (say_plain(f"home.names_{what}_{part}") for part in ("sure", "text", "yes"))
    sure = confirm(title, text, yes, say_plain("home.names_leave"))
    return button(say_plain(f"home.names_{what}"), f"names.{what}", of.viewer.school, confirm=sure)


def _who_sees(of: SchoolOf) -> list[Block]:
    if of.names_since is not None and (of.viewer.sees_answers or of.viewer.may_ask_leader):
        return context(say("home.names_shown", day=of.names_since.date()))
    return [] if of.viewer.sees_answers else context(say("follow.status_hidden"))


def _priority(of: SchoolOf, plan: Plan, priority_id: str) -> list[Block]:
    priority = next(one for one in plan.priorities if one.id == priority_id)
    under = plan.under(priority)
    line = say("follow.status_priority", indicator=plan.names[priority.id], counts=counts(under))
    blocks: list[Block] = [divider(), *section(line)]
    for action in under:
        said = [status_line(action, (of.notes or {}).get(action.id), of.viewer, of.today)]
        if comment := (of.comments or {}).get(action.id):
            said.append(comment_line(comment))
        blocks += section("\n".join(said), _can_do(action, of.viewer))
    return blocks


def _can_do(action: Action, viewer: Viewer) -> InteractiveElement | None:
    options: list[tuple[str, str]] = []
    if viewer.may_ask_owners and action.status.open and action.taken_on:
        options.append((say_plain("home.ask"), f"ask/{action.id}"))
    if viewer.may_comment and action.status.open:
        options.append((say_plain("home.comment"), f"comment/{action.id}"))
    if viewer.sees_answers and action.status.open:
        options.append((say_plain("follow.find_owner"), f"find_owner/{action.id}"))
    if viewer.sees_answers:
        options.append((say_plain("follow.more_history"), f"history/{action.id}"))
    if len(options) == 1:
        ((label, value),) = options
        return button(label, "school.more", value)
    return menu("school.more", options) if options else None


def comment_window(action: Action, request: str) -> View:
    """A word about one action; `request` makes a submission that is sent twice the same."""
    hint = say_plain("home.comment_hint")
    typed = field("comment", say_plain("home.comment_text"), text_input("comment", long=True), hint=hint)
    blocks = [*section(say("modal.answer_about", text=action.step.text)), typed]
    about = {"action": action.id, "request": request}
    title, submit = say_plain("home.comment_title"), say_plain("modal.send")
    return modal("comment", title, blocks, submit=submit, about=about)
