"""Changing an action of the committed plan, and reading what was changed about it."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sentences import Mrkdwn, mentions, say, say_plain, short_day
from bot.views.drafting import Filled, inputs, under_which
from bot.views.fitting import pages
from bot.views.parts import clipped, context, divider, field, modal, section, text_input
from planning.history import Change, Changed
from planning.plan import Action, Priority

LEADERS_FIELDS = ("text", "due", "due_words", "shown_by", "cadence", "supporters", "resources", "why_if")
OWNERS_FIELDS = ("due", "due_words", "cadence", "supporters", "why")
QUOTED = 300
"""How much of a text the history quotes."""
PEOPLE = frozenset({"owner", "offered_to", "supporters"})


def change(
    there: Action, priorities: Sequence[Priority], *, by_owner: bool, filled: Filled | None = None, seen: str = ""
) -> View:
    """Change an action: all of it, or where `by_owner` what its owner may, with the reason.

    A leader may move it under another of the plan's `priorities`.
    """
    fields = OWNERS_FIELDS if by_owner else LEADERS_FIELDS
    blocks = [
        *section(say("modal.answer_about", text=there.step.text)),
        *([] if by_owner else under_which(priorities, there.priority)),
        *inputs(filled or Filled.of(there.step), fields, say_plain("modal.save")),
        *context(say("modal.amend_note", by_owner=by_owner)),
    ]
    about = {"action": there.id, "seen": seen or there.step.mark, "by_owner": by_owner, "under": there.priority}
    return modal("amend", say_plain("modal.amend_title"), blocks, submit=say_plain("modal.save"), about=about)


def drop(there: Action) -> View:
    """Why a leader drops an action."""
    blocks = [
        *section(say("modal.answer_about", text=there.step.text)),
        field("why", say_plain("modal.dropped_note"), text_input("why")),
        *context(say("modal.drop_note")),
    ]
    title, submit = say_plain("modal.dropped_title"), say_plain("modal.drop_submit")
    return modal("drop", title, blocks, submit=submit, about={"action": there.id})


def history(
    action: Action, committed: date, changes: Sequence[tuple[date, Change]], names: Mapping[str, str], page: int = 1
) -> View:
    """Everything that was changed about `action`, newest first, over as many pages as it needs. Dates are local.

    `names` are the priorities', by their ids.
    """
    body: list[Block] = [block for day, one in changes for block in section(told(day, one, names))]
    body += [divider(), *context(say("modal.history_committed", day=committed))]
    top = section(say("modal.answer_about", text=action.step.text))
    return pages("history", say_plain("modal.history_title"), body, page, ("history.page", action.id), top)


def told(day: date, change: Change, names: Mapping[str, str]) -> str:
    """What somebody changed on the local date `day`, in lines; `names` are the priorities', by their ids."""
    lines = [say("modal.history_line", day=short_day(day), person=change.person, why=clipped(change.why, QUOTED))]
    return "\n".join([*lines, *(_field(one, names) for one in change.fields)])


def _field(one: Changed, names: Mapping[str, str]) -> str:
    label = say_plain(f"modal.history_{one.field}")
    old, new = (_shown(one.field, value, names) for value in (one.old, one.new))
    return say("modal.history_field", label=label, old=old, new=new)


def _shown(field: str, value: str, names: Mapping[str, str]) -> str | Mrkdwn:
    if field == "priority":
        return names.get(value, "")
    if field in PEOPLE and value:
        return mentions(value.split())
    if field == "due" and value:
        return short_day(date.fromisoformat(value))
    return clipped(value, QUOTED)
