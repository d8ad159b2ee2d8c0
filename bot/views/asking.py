"""What owners are asked in private: to take an action on, and how it goes; and the list of what is theirs."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.sentences import Mrkdwn, say, say_plain
from bot.standing import stands
from bot.views import year_end
from bot.views.fitting import as_many
from bot.views.parts import Message, actions, button, clipped, context, menu, section
from bot.views.resting import resting
from planning.comments import Comment
from planning.plan import Action, CheckIn, Status

GOES = (Status.ON_TRACK, Status.AT_RISK, Status.BLOCKED, Status.DONE)
"""How an action may be said to go, in the order of the buttons."""
NOTE = 300
"""What a message shows of a note."""
COMMENT = 300
"""What a list shows of a comment."""
Named = tuple[Action, str]
"""An action with the name of its priority's indicator."""


MANY = 3
"""So many actions that wait for one person have a button for all of them."""


def acceptance(
    person_asked: str,
    school: str,
    asked: Sequence[Named],
    *,
    plan: str = "",
    past: frozenset[str] = frozenset(),
    shown: bool = False,
    explained: bool = False,
) -> Message:
    """Every action that `person_asked` is or was asked to take on, each with its two buttons until it is answered.

    Where many wait, one button takes on all that wait in the plan with the id `plan`. The due dates of those in `past`
    have passed; `shown` says that the school shows names outside. Who sees what is said unless it was `explained`.
    """
    waiting = [action for action, _ in asked if action.asked == person_asked]
    top = [
        *section(say("follow.acceptance", school=school, actions=len(waiting) or len(asked))),
        *([] if explained else context(say("follow.acceptance_sees", shown=shown))),
    ]
    if plan and len(waiting) >= MANY:
        every = button(
            say_plain("follow.accept_all", waiting=len(waiting)), "acceptance.accept_all", f"{plan}/{len(waiting)}"
        )
        top.append(actions(every))

    def laid_out(some: Sequence[Named]) -> list[Block]:
        each = (block for action, indicator in some for block in _asked(person_asked, action, indicator, past))
        return [*top, *each, *_more(len(asked) - len(some))]

    return Message(say_plain("follow.acceptance_preview"), as_many(asked, laid_out))


def _asked(person_asked: str, action: Action, indicator: str, past: frozenset[str]) -> list[Block]:
    step = action.step
    if action.asked != person_asked:
        facts = {"text": step.text, "owner": step.owner, "cadence": step.cadence.value, "due": step.due}
        return section(say(_became(person_asked, action), **facts))
    text: str = say(
        "follow.acceptance_action",
        text=step.text,
        link=action.link,
        outside=step.outside,
        indicator=indicator,
        past=action.id in past,
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


def _became(person_asked: str, action: Action) -> str:
    """The name of the sentence that says what became of an action that does not wait for them any more."""
    if action.status is Status.DROPPED:
        return "follow.acceptance_dropped"
    if action.step.owner != person_asked:
        return "follow.acceptance_passed_on" if action.taken_on else "follow.acceptance_returned"
    if action.refused:
        return "follow.acceptance_returned"
    return "follow.acceptance_elsewhere" if action.waiting else "follow.acceptance_accepted"


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
    past: frozenset[str] = frozenset(),
    settled: Mapping[str, Mrkdwn] | None = None,
    session: bool = False,
    wanted_by: Mapping[str, str] | None = None,
    comments: Mapping[str, Comment] | None = None,
    helpers: Mapping[str, str] | None = None,
    shown: bool = False,
) -> Message:
    """How is it going? `answers` are those given since the question, by action; an answered one loses its buttons.

    `soon` and `overdue` are the actions about whose due date it is said once, `past` all whose due date has passed;
    `settled` says of an action why it is not asked about any more; `session` that the team meets soon. Those in
    `settle` are asked whether they go on next year. `wanted_by` is the leader who wants to know, by action, and
    `comments` what was said last about it, `helpers` whom the answer asks for help; `shown` says that their school
    shows names outside.
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
                past=action.id in past,
                settle=action.id in settle,
                wanted_by=(wanted_by or {}).get(action.id),
                comment=(comments or {}).get(action.id),
            )
        answer = answers[action.id]
        if action.carried_at == answer.at:
            return section(say("year_end.carried", text=action.step.text))
        note = clipped(answer.note, NOTE)
        said = {"status": answer.status.value, "note": note, "helper": (helpers or {}).get(action.id)}
        text = say("follow.check_in_answered", text=action.step.text, **said)
        change = button(say_plain("follow.change_answer"), "check_in.change", action.id)
        return section(text, change)

    def laid_out(some: Sequence[Named]) -> list[Block]:
        each = (block for action, indicator in some for block in one(action, indicator))
        ending = [*_more(len(due) - len(some)), *context(say("follow.who_sees", shown=shown))]
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
    past: bool = False,
    settle: bool = False,
    wanted_by: str | None = None,
    comment: Comment | None = None,
) -> list[Block]:
    """One action with the buttons that answer how it goes; its due date is spoken of where `overdue` or `soon`.

    Where its date has `past`, another one is a press away. Where it is to `settle`, it asks as well whether it
    goes on next year. `wanted_by` is a leader who wants to know, `comment` what was said last about it.
    """
    name = "follow.check_in_overdue" if overdue else "rest.check_in_soon" if soon else "follow.check_in_action"
    step = action.step
    facts = {"text": step.text, "outside": step.outside, "indicator": indicator, "due": step.due}
    text: str = say(name, status=stands(action), past=past, **facts)
    if wanted_by:
        text = f"{text}\n{say('home.wanted_by', person=wanted_by)}"
    if comment:
        text = f"{text}\n{comment_line(comment)}"
    if action.offered_to:
        text = f"{text}\n{say('follow.offered_on', to=action.offered_to)}"
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
    another_date = [button(say_plain("follow.another_date"), "check_in.another_date", action.id)]
    return [
        *section(text),
        actions(
            button(say_plain("follow.on_track"), "check_in.on_track", action.id),
            button(say_plain("follow.at_risk"), "check_in.at_risk", action.id),
            button(say_plain("follow.blocked"), "check_in.blocked", action.id),
            button(say_plain("follow.done"), "check_in.done", action.id),
            *(another_date if past else ()),
            button(say_plain("rest.help"), "check_in.help", action.id),
            button(say_plain("rest.snooze"), "check_in.snooze", action.id),
            more,
        ),
        *([*context(say("year_end.ask")), year_end.answers(action)] if settle else []),
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
    past: frozenset[str] = frozenset(),
    first: int | None = None,
    shown: bool = False,
    comments: Mapping[str, Comment] | None = None,
) -> list[Block]:
    """A person's own open actions, each with its school, with the answers in place; the soonest due where many.

    Where `first` is a number, only so many stand here, with a button to all of them. `comments` are the last ones by
    action. It says who sees the answers: `shown` that their school shows names outside. `away` is the local date until
    which the person is asked about nothing. Those in `settle` are asked whether they go on next year; the due dates of
    those in `past` have passed.
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
                    blocks += _asked(person_asked, action, indicator, past)
                else:
                    said = (comments or {}).get(action.id)
                    late, ends = action.id in past, action.id in settle
                    blocks += question(action, indicator, past=late, settle=ends, comment=said)
        return [*blocks, *more(len(some)), *context(say("follow.who_sees", shown=shown)), *resting(away)]

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
