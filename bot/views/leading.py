"""What leaders, teams and reviewers are told about plans: the digest, team checks, and word of what stands still."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block

from bot.sentences import Mrkdwn, mentions, say, say_plain
from bot.standing import counts
from bot.views.asking import Named
from bot.views.fitting import as_many, richest
from bot.views.parts import Message, actions, button, clipped, context, divider, section
from planning.digest import Move, Week
from planning.plan import Action, Plan

NOTE = 200
"""What a digest shows of a note."""
TEXT = 120
"""What a digest shows of an action."""
LINES = 8
"""How many lines of one kind a digest shows of a school; where many schools are in it, fewer."""
FEW = 2
Schooled = tuple[str, Week]
"""A school's name and its week."""


def digest(weeks: Sequence[Schooled], done: frozenset[str], *, owns: bool) -> Message:
    """A leader's week over all their schools; `done` are the actions about which they did the one thing already."""

    def laid_out(shown: Sequence[Schooled], lines: int) -> list[Block]:
        blocks: list[Block] = []
        for school, week in shown:
            blocks += [*section(say("lead.digest", school=school)), *_could(week, done), *_week(week, lines)]
            blocks += [_open(week), divider()]
        if len(weeks) > len(shown):
            blocks += context(say("lead.digest_more", more=len(weeks) - len(shown)))
        mine = [actions(button(say_plain("lead.own"), "check_in.own"))] if owns else []
        ends = [school for school, week in shown if week.endless][:LINES]
        ask = context(say("lead.digest_endless", schools=ends)) if ends else []
        return [*blocks, *mine, *ask, *context(say("lead.digest_note"))]

    whole, short = laid_out(weeks, LINES), as_many(weeks, lambda shown: laid_out(shown, FEW))
    return Message(say_plain("lead.digest_preview"), richest(whole, short))


def digest_over() -> Message:
    """What is left of a digest when its reader leads no school any more."""
    return Message(say_plain("lead.digest_preview"), section(say("lead.digest_over")))


def _week(week: Week, most: int) -> list[Block]:
    moved = [
        say(
            "lead.digest_moved_line",
            text=clipped(action.step.text, TEXT),
            status=said.status.value,
            owner=said.person,
            note=clipped(said.note, NOTE),
        )
        for action, said in week.moved
    ]
    stuck = [say("lead.digest_ownerless_line", text=clipped(one.step.text, TEXT)) for one in week.ownerless]
    stuck += [say("lead.digest_blocked_line", late=one in week.overdue, **_dated(one)) for one in week.blocked]
    stuck += [say("lead.digest_overdue_line", **_dated(one)) for one in week.overdue if one not in week.blocked]
    others = [person for person in week.silent if person != week.reader]
    more = [say("lead.digest_silent", names=mentions(others[:LINES]))] if others else []
    more += [say("lead.digest_you_silent")] if week.reader in week.silent else []
    late = [say("lead.digest_passed_over_line", text=clipped(one.step.text, TEXT)) for one in week.passed_over]
    away = [say("lead.digest_away_line", person=person, until=until) for person, until in week.away]
    soon = [say("lead.digest_soon_line", **_dated(one)) for one in week.due_soon]
    return [
        *_lines("lead.digest_moved", moved, (), most),
        *_lines("lead.digest_stuck", stuck, more, most),
        *_lines("lead.digest_soon", soon, (), most),
        *_lines("lead.digest_passed_over", late, (), most),
        *_lines("lead.digest_away", away, (), most),
    ]


def _dated(action: Action) -> dict[str, object]:
    return {"text": clipped(action.step.text, TEXT), "due": action.step.due, "owner": action.step.owner}


def _lines(heading: str, lines: Sequence[Mrkdwn], always: Iterable[Mrkdwn], most: int) -> list[Block]:
    shown = [*lines[:most], *always]
    if len(lines) > most:
        shown.append(say("lead.digest_more", more=len(lines) - most))
    return section("\n".join([say(heading), *shown])) if shown else []


def _open(week: Week) -> Block:
    buttons = [button(say_plain("home.open"), "school.open", week.plan.school)]
    if week.overdue:
        buttons.append(button(say_plain("home.ask_overdue"), "update.ask_overdue", week.plan.school))
    return actions(*buttons)


def _could(week: Week, done: frozenset[str]) -> list[Block]:
    if week.could is None:
        return []
    move, action = week.could
    facts = {"text": clipped(action.step.text, TEXT), "owner": action.step.owner}
    if action.id in done and move is not Move.REASSIGN:
        return section(say("lead.could_be_done", move=move.value, **facts))
    press = {
        Move.REASSIGN: button(say_plain("follow.find_owner"), "action.find_owner", action.id),
        Move.UNBLOCK: button(say_plain("rest.on_it"), "help.on_it", action.id),
        Move.ASK: button(say_plain("home.ask"), "update.ask", action.id),
        Move.THANK: button(say_plain("lead.thank"), "action.thank", action.id),
    }[move]
    return section(f"{say('lead.digest_could')}\n{say(f'lead.could_{move.value}', **facts)}", press)


def team_check(plan: Plan, school: str, days: int) -> Message:
    """Where a plan stands after `days` days, in the channel: counts by priority, and nobody's name."""
    blocks = [*section(say("lead.team_check", days=days, school=school)), *section(_by_priority(plan))]
    see = actions(button(say_plain("follow.plan_see"), "plan.see", plan.id))
    preview = say_plain("lead.team_check_preview", school=school)
    return Message(preview, [*blocks, see, *context(say("lead.team_check_next"))])


def _by_priority(plan: Plan, line: str = "lead.team_check_line") -> str:
    return "\n".join(
        say(line, indicator=plan.names[priority.id], counts=counts(plan.under(priority)))
        for priority in plan.priorities
    )


def still(plan: Plan, school: str, *, moved: bool) -> Message:
    """To the leader: two school weeks without an update, before anybody outside the school hears of it; with the way
    to the plan, where each owner can be asked, until it has moved."""
    preview = say_plain("lead.still_preview")
    if moved:
        return Message(preview, section(say("lead.still_moved", school=school)))
    see = actions(button(say_plain("home.open"), "school.open", plan.school))
    return Message(preview, [*section(say("lead.still", school=school, counts=counts(plan.actions))), see])


Reviewed = tuple[str, Plan, bool, bool]
"""A school's name, its plan, whether it stands still, and whether it has just become six months old."""


def monthly(reviewed: Sequence[Reviewed]) -> Message:
    """A reviewer's month over every school they reviewed: statuses, and no owner's name."""

    def laid_out(shown: Sequence[Reviewed]) -> list[Block]:
        blocks = section(say("lead.monthly"))
        lines = [
            say("lead.monthly_line", school=clipped(school, 75), counts=counts(plan.actions), still=is_still)
            for school, plan, is_still, _ in shown
        ]
        blocks += section("\n".join(lines))
        for school, plan, _, pulse in shown:
            if pulse:
                heading = say("lead.monthly_pulse", school=school)
                blocks += section("\n".join([heading, _by_priority(plan, "lead.monthly_pulse_line")]))
        if len(reviewed) > len(shown):
            blocks += context(say("lead.monthly_more", more=len(reviewed) - len(shown)))
        return [*blocks, *context(say("lead.monthly_note"))]

    return Message(say_plain("lead.monthly_preview"), as_many(reviewed, laid_out))


def owner_left(school: str, person: str, left: Sequence[Named]) -> Message:
    """To the leader: what somebody who left had owned, each with the button to find another owner."""
    preview = say_plain("lead.left_preview")
    if not left:
        return Message(preview, section(say("lead.left_settled", person=person, school=school)))

    def laid_out(shown: Sequence[Named]) -> list[Block]:
        blocks = section(say("lead.left", person=person, school=school))
        for action, indicator in shown:
            if action.offered_to:
                facts = {"text": action.step.text, "indicator": indicator, "to": action.offered_to}
                blocks += section(say("follow.handed_back_offered", **facts))
                continue
            blocks += section(say("lead.left_line", text=action.step.text, indicator=indicator, due=action.step.due))
            blocks.append(actions(button(say_plain("follow.find_owner"), "action.find_owner", action.id)))
        more = len(left) - len(shown)
        return [*blocks, *(context(say("lead.left_more", more=more)) if more else [])]

    return Message(preview, as_many(left, laid_out))


def help_coming(action: Action, helper: str, note: str) -> Message:
    """To an owner: somebody is on it."""
    text = say("rest.coming", helper=helper, text=action.step.text, note=note)
    return Message(say_plain("rest.coming_preview"), section(text))


def thanks(action: Action, leader: str) -> Message:
    """To an owner: a word of thanks."""
    text = say("rest.thanks", leader=leader, text=action.step.text)
    return Message(say_plain("rest.thanks_preview"), section(text))
