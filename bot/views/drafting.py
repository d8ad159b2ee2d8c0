"""The windows in which a team writes its plan: a priority's description, and an action."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.views.parts import (
    actions,
    button,
    confirm,
    context,
    date_input,
    field,
    modal,
    person,
    persons,
    section,
    select,
    text_input,
)
from planning.plan import Action, Cadence, Priority
from rubric.rubric import Rubric


def describe(priority: Priority, rubric: Rubric, question: str | None) -> View:
    """Root cause, goal, target level and measure of one priority."""
    reachable = rubric.levels[rubric.rank_of(priority.level) :]
    target = priority.target_level or reachable[min(1, len(reachable) - 1)]
    about = [*section(say("modal.describe_about", indicator=priority.indicator.name, level=priority.level))]
    if question:
        about += context(say("modal.evidence_question", question=question))
    blocks = [
        *about,
        _long("root_cause", priority.root_cause),
        _long("goal", priority.goal),
        field(
            "target_level",
            say_plain("modal.describe_target"),
            select("target_level", [(level, level) for level in reachable], target),
        ),
        _long("measure", priority.measure),
    ]
    title, submit = say_plain("modal.describe_title"), say_plain("modal.save")
    return modal("describe", title, blocks, submit=submit, about={"priority": priority.id})


def action(priority: Priority, request: str, there: Action | None = None) -> View:
    """Add an action under `priority`, or change the one that is `there`; `request` makes a retried one the same."""
    step = there.step if there else None
    blocks: list[Block] = [
        *section(say("modal.action_about", indicator=priority.indicator.name)),
        field(
            "text",
            say_plain("modal.action_text"),
            text_input("text", step.text if step else "", placeholder=say_plain("modal.action_text_placeholder")),
        ),
        field(
            "owner",
            say_plain("modal.action_owner"),
            person("owner", step.owner if step else None),
            hint=say_plain("modal.action_owner_hint"),
        ),
        field("due", say_plain("modal.action_due"), date_input("due", step.due if step else None)),
        field(
            "shown_by",
            say_plain("modal.action_shown_by"),
            text_input("shown_by", step.shown_by if step else ""),
            optional=True,
        ),
        field(
            "cadence",
            say_plain("modal.action_cadence"),
            select(
                "cadence",
                [(one.value.capitalize(), one.value) for one in Cadence],
                (step.cadence if step else Cadence.FORTNIGHTLY).value,
            ),
        ),
        field(
            "supporters",
            say_plain("modal.action_supporters"),
            persons("supporters", step.supporters if step else ()),
            optional=True,
        ),
        field(
            "resources",
            say_plain("modal.action_resources"),
            text_input("resources", step.resources if step else ""),
            optional=True,
        ),
    ]
    about = {"priority": priority.id, "request": request}
    if there is None:
        title, submit = say_plain("modal.action_title"), say_plain("modal.action_submit")
        return modal("action", title, blocks, submit=submit, about=about)
    sure = confirm(
        say_plain("modal.action_remove_sure"),
        say_plain("modal.action_remove_text"),
        say_plain("card.take_out"),
        say_plain("steer.sure_no"),
    )
    blocks.append(actions(button(say_plain("card.take_out"), "action.remove", there.id, style="danger", confirm=sure)))
    about = {"action": there.id}
    title, submit = say_plain("modal.action_title_edit"), say_plain("modal.save")
    return modal("action", title, blocks, submit=submit, about=about)


def _long(name: str, value: str) -> Block:
    label, hint = say_plain(f"modal.describe_{name}"), say_plain(f"modal.describe_{name}_hint")
    return field(name, label, text_input(name, value, long=True), hint=hint)
