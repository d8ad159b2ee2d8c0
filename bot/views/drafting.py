"""The windows in which a team writes its plan: a priority's description, and an action."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import day, say, say_plain
from bot.views.parts import (
    actions,
    button,
    clipped,
    context,
    date_input,
    divider,
    field,
    modal,
    person,
    persons,
    section,
    select,
    text_input,
)
from planning.plan import Action, Cadence, Priority, Step, names
from rubric.rubric import Rubric

EVERY_FIELD = ("text", "owner", "outside", "due", "due_words", "shown_by", "cadence", "supporters", "resources")
LABEL = 75
"""How much of an indicator's name a menu shows."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the window of an action.

    `said` is the words that `due` was read from, until it is confirmed; `fresh` then tells this showing from others.
    """

    text: str = ""
    owner: str = ""
    outside: str = ""
    due: date | None = None
    said: str = ""
    cadence: Cadence = Cadence.FORTNIGHTLY
    supporters: tuple[str, ...] = ()
    resources: str = ""
    shown_by: str = ""
    why: str = ""
    fresh: str = ""

    @classmethod
    def of(cls, step: Step) -> "Filled":
        """What is filled in for an action that is there: somebody in words has no owner beside them."""
        owner = "" if step.outside else step.owner
        texts = {"text": step.text, "resources": step.resources, "shown_by": step.shown_by, "outside": step.outside}
        return cls(owner=owner, due=step.due, cadence=step.cadence, supporters=step.supporters, **texts)

    def step(self, due: date) -> Step:
        """The action as it is filled in, due on `due`."""
        return Step(
            self.text, self.owner, due, self.cadence, self.supporters, self.resources, self.shown_by, self.outside
        )


def describe(priority: Priority, rubric: Rubric, question: str | None, typed: Priority | None = None) -> View:
    """Root cause, goal, target level and measure of one priority.

    Where somebody was faster, `typed` is what this person wrote: both stand in the window, and nothing is lost.
    """
    reachable = rubric.levels[rubric.rank_of(priority.level) :]
    target = (typed or priority).target_level or reachable[min(1, len(reachable) - 1)]
    about = [*section(say("modal.describe_about", indicator=priority.indicator.in_full, level=priority.level))]
    if question:
        about += context(say("modal.evidence_question", question=question))
    if typed:
        theirs = say(
            "card.plan_described", root_cause=priority.root_cause, goal=priority.goal, measure=priority.measure
        )
        meanwhile = say("modal.describe_meanwhile", target=priority.target_level)
        about += [*section(meanwhile), *section(theirs), divider(), *section(say("modal.describe_yours"))]
    filled = typed or priority
    blocks = [
        *about,
        _long("root_cause", filled.root_cause),
        _long("goal", filled.goal),
        field(
            "target_level",
            say_plain("modal.describe_target"),
            select("target_level", [(level, level) for level in reachable], target),
        ),
        _long("measure", filled.measure),
    ]
    title, submit = say_plain("modal.describe_title"), say_plain("modal.save")
    return modal("describe", title, blocks, submit=submit, about={"priority": priority.id, "seen": priority.mark})


def new_action(
    callback_id: str,
    priorities: Sequence[Priority],
    chosen: str,
    request: str,
    filled: Filled | None = None,
    link: str = "",
) -> View:
    """Add an action under one of `priorities`; `request` makes a retried one the same, `link` leads to its message."""
    filled = filled or Filled()
    only = priorities[0] if len(priorities) == 1 else None
    blocks: list[Block] = [
        *section(say("modal.action_about", indicator=only.indicator.in_full if only else "")),
        *under_which(priorities, chosen),
        *inputs(filled, EVERY_FIELD, say_plain("modal.action_submit")),
    ]
    about = {"request": request, "link": link, "session": priorities[0].session, "priority": only.id if only else ""}
    return modal(
        callback_id, say_plain("modal.action_title"), blocks, submit=say_plain("modal.action_submit"), about=about
    )


def edit_action(
    there: Action, priorities: Sequence[Priority], position: int, of: int, filled: Filled | None = None, seen: str = ""
) -> View:
    """Change a drafted action, which stands at `position` (1 is first) of the `of` under its priority.

    `seen` is the mark of what the window was opened on, where that was before `there`.
    """
    name = names(priorities)[there.priority]
    blocks: list[Block] = [
        *section(say("modal.action_about", indicator=name)),
        *inputs(filled or Filled.of(there.step), EVERY_FIELD, say_plain("modal.save")),
        *under_which(priorities, there.priority),
        *context(say("modal.action_position", position=position, of=of)),
    ]
    buttons = [button(say_plain("card.take_out"), "action.remove", there.id, style="danger")]
    if position < of:
        buttons.insert(0, button(say_plain("modal.action_down"), "action.down", f"{there.id}/{position + 1}"))
    if position > 1:
        buttons.insert(0, button(say_plain("modal.action_up"), "action.up", f"{there.id}/{position - 1}"))
    blocks.append(actions(*buttons))
    about = {"action": there.id, "seen": seen or there.step.mark, "under": there.priority}
    return modal("action", say_plain("modal.action_title_edit"), blocks, submit=say_plain("modal.save"), about=about)


def taken_out(gone: Action) -> View:
    """An action left the plan being written; one press puts it back."""
    undo = actions(button(say_plain("modal.undo"), "action.restore", gone.id))
    text = section(say("modal.action_removed", text=clipped(gone.step.text, LABEL)))
    return modal("told", say_plain("modal.done_so_title"), [*text, undo], close=say_plain("modal.close"))


def inputs(filled: Filled, names: Sequence[str], submit: str) -> list[Block]:
    """The inputs of an action by their names; a date read from words is said, and confirmed by pressing `submit`."""
    blocks: list[Block] = []
    for name in names:
        blocks.append(_INPUTS[name](filled))
        if name == "due_words" and filled.said and filled.due:
            blocks += section(say("modal.action_due_said", said=filled.said, day=day(filled.due), submit=submit))
    return blocks


def under_which(priorities: Sequence[Priority], chosen: str) -> list[Block]:
    """The menu of the priorities that an action can stand under; nothing where there is only one."""
    if len(priorities) == 1:
        return []
    called_so = names(priorities)
    options = [(clipped(f"{one.place}. {called_so[one.id]}", LABEL), one.id) for one in priorities]
    return [field("priority", say_plain("modal.action_priority"), select("priority", options, chosen))]


def _fresh(name: str, filled: Filled) -> str:
    # Slack keeps what a person chose where an input keeps its name: one that is filled in anew needs another.
    return f"{name}/{filled.fresh}" if filled.fresh else name


def _outside(filled: Filled) -> Block:
    label, hint = say_plain("modal.action_outside"), say_plain("modal.action_outside_hint")
    return field("outside", label, text_input("outside", filled.outside), hint=hint, optional=True)


def _owner(filled: Filled) -> Block:
    label, hint = say_plain("modal.action_owner"), say_plain("modal.action_owner_hint")
    return field("owner", label, person("owner", filled.owner or None), hint=hint, optional=True)


def _due(filled: Filled) -> Block:
    label = say_plain("modal.action_due")
    return field(_fresh("due", filled), label, date_input("due", filled.due), optional=True)


def _due_words(filled: Filled) -> Block:
    label, hint = say_plain("modal.action_due_words"), say_plain("modal.action_due_words_hint")
    return field(_fresh("due_words", filled), label, text_input("due_words"), hint=hint, optional=True)


def _cadence(filled: Filled) -> Block:
    options = [(one.value.capitalize(), one.value) for one in Cadence]
    return field("cadence", say_plain("modal.action_cadence"), select("cadence", options, filled.cadence.value))


def _supporters(filled: Filled) -> Block:
    label = say_plain("modal.action_supporters")
    return field("supporters", label, persons("supporters", filled.supporters), optional=True)


def _text(filled: Filled) -> Block:
    placeholder = say_plain("modal.action_text_placeholder")
    return field("text", say_plain("modal.action_text"), text_input("text", filled.text, placeholder=placeholder))


def _shown_by(filled: Filled) -> Block:
    return field("shown_by", say_plain("modal.action_shown_by"), text_input("shown_by", filled.shown_by), optional=True)


def _resources(filled: Filled) -> Block:
    label = say_plain("modal.action_resources")
    return field("resources", label, text_input("resources", filled.resources), optional=True)


def _why(filled: Filled) -> Block:
    return field("why", say_plain("modal.amend_why"), text_input("why", filled.why))


def _why_if(filled: Filled) -> Block:
    return field("why", say_plain("modal.amend_why"), text_input("why", filled.why), optional=True)


_INPUTS: Mapping[str, Callable[[Filled], Block]] = {
    "text": _text,
    "owner": _owner,
    "outside": _outside,
    "due": _due,
    "due_words": _due_words,
    "shown_by": _shown_by,
    "cadence": _cadence,
    "supporters": _supporters,
    "resources": _resources,
    "why": _why,
    "why_if": _why_if,
}


def _long(name: str, value: str) -> Block:
    label, hint = say_plain(f"modal.describe_{name}"), say_plain(f"modal.describe_{name}_hint")
    return field(name, label, text_input(name, value, long=True), hint=hint)
