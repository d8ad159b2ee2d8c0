"""The card of each phase of a session: what is asked of people now, safe to project on a wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.sentences import say, say_plain
from bot.standing import counts
from bot.views.parts import (
    Message,
    actions,
    button,
    clipped,
    context,
    divider,
    fits,
    header,
    pages,
    section,
)
from planning.ballot import Cut, Tally
from planning.phases import Phase
from planning.plan import Action, Plan, Priority, Status
from planning.session import Listed, Session, State
from planning.warnings import Caution, Warning
from rubric.ranking import Shortlist
from rubric.rubric import IndicatorId
from rubric.strengths import Strengths

CAUTIONS = 5
"""How many warnings a card gives at once; more would be noise."""
MANY = 12
"""How many names one sentence lists."""
SHORT = 75
"""How much of an action's text a warning quotes."""
BAR = "▇"
LONGEST_BAR = 20
STRENGTHS_SHOWN = 4
SUMMARY = 300
"""What a card shows of a summary; all of it is a click away."""
GOAL, FEW = 200, 6
"""How much of a goal shows beside up to so many priorities, where a plan is told in short."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over every card."""

    session: Session
    school: str
    reviewed: date


def whole(heading: Heading, body: Sequence[Block], buttons: Sequence[Block] = ()) -> Message:
    """A card: heading, body, buttons. A paused session shows that instead of its body."""
    session = heading.session
    phase = session.phase.value.capitalize()
    if session.state is State.PAUSED:
        body, buttons = section(say("card.paused")), [actions(facilitate(session))]
    return Message(
        say_plain("card.preview", school=heading.school, phase=phase),
        [
            header(say_plain("card.heading", number=session.phase.number, phase=phase)),
            *context(say("card.about", school=heading.school, date=heading.reviewed, facilitator=session.facilitator)),
            *body,
            *buttons,
        ],
    )


def behind(session: Session, phase: Phase, link: str | None) -> Message:
    """What an old card shrinks to."""
    name = phase.value.capitalize()
    if session.state is State.COMMITTED:
        text = say("card.committed", phase=name)
    elif session.state is State.CANCELLED:
        text = say("card.cancelled")
    else:
        text = say("card.moved_on", phase=name, link=link or "")
    return Message(say_plain("card.heading", number=phase.number, phase=name), context(text))


def facilitate(session: Session) -> ButtonElement:
    """The button that opens the facilitator's private controls."""
    return button(say_plain("card.facilitate"), "steer.open", at(session))


def at(session: Session) -> str:
    """Where a button stands: the session and its step, so that a late click is known."""
    return f"{session.id}/{session.step}"


def gather(heading: Heading) -> Message:
    """Who is here."""
    session = heading.session
    body = [*section(say("card.gather_ask")), *section(say("card.gather_here", here=session.here))]
    if session.guests:
        body += section(say("card.gather_guests", guests=session.guests))
    body += context(say("card.gather_note"))
    return whole(heading, body, [actions(_join(session), facilitate(session))])


def celebrate(heading: Heading, found: Strengths) -> Message:
    """What the review found strong."""
    session = heading.session
    read = button(say_plain("card.evidence_read"), "evidence.strengths", session.id)
    buttons = [actions(read, facilitate(session))]
    ask = section(say("card.celebrate_ask"))
    with_words = whole(heading, [*ask, *_highest(found, STRENGTHS_SHOWN), *_improved(found), *_goals(found)], buttons)
    return with_words if fits(with_words.blocks) else whole(heading, [*ask, *_highest(found, 0)], buttons)


def _highest(found: Strengths, shown: int) -> list[Block]:
    worded = [rating for rating in found.highest if rating.summary][:shown]
    lines = [say("card.celebrate_highest", level=found.level)]
    lines += [
        say("card.celebrate_rating", **_named(one.indicator), summary=clipped(one.summary, SUMMARY)) for one in worded
    ]
    if rest := [one.indicator.name for one in found.highest if one not in worded]:
        lines.append(say("card.celebrate_also", names=some(rest)))
    return section("\n".join(lines))


def _improved(found: Strengths) -> list[Block]:
    if not found.improved:
        return []
    lines = [say("card.celebrate_improved")]
    for step in found.improved:
        name, level = step.rating.indicator.name, step.rating.level
        lines.append(say("card.celebrate_step", indicator=name, previous=step.previous_level, level=level))
    return section("\n".join(lines))


def _goals(found: Strengths) -> list[Block]:
    if not found.goals_met:
        return []
    goals = [say("card.celebrate_goal", goal=clipped(goal.text, SUMMARY)) for goal in found.goals_met]
    return section("\n".join([say("card.celebrate_goals"), *goals]))


def focus(heading: Heading, more: Shortlist, earlier: Plan | None) -> Message:
    """The shortlist, each entry with its level and why it stands where it stands."""
    session = heading.session
    ask = section(say("card.focus_ask"))
    after: list[Block] = []
    if more.more_at_this_level:
        after += context(say("card.focus_more", more=more.more_at_this_level, level=more.shown[-1].rating.level))
    if session.removed:
        after += context(say("card.focus_removed", removed=session.removed))
    row = actions(
        button(say_plain("card.add"), "shortlist.add", at(session)),
        button(say_plain("card.remove"), "shortlist.remove", at(session)),
        button(say_plain("card.word"), "word.open", at(session)),
        facilitate(session),
    )
    word = section(_word(session))
    full = whole(heading, [*_earlier(earlier), *ask, *_entries(session), *after, *word], [row])
    return full if fits(full.blocks) else whole(heading, [*ask, *_short_entries(session), *word], [row])


def _earlier(earlier: Plan | None) -> list[Block]:
    if earlier is None:
        return []
    lines = [say("card.focus_earlier")]
    for priority in earlier.priorities:
        under = earlier.under(priority)
        done = sum(1 for action in under if action.status is Status.DONE)
        name = priority.indicator.name
        lines.append(say("card.focus_earlier_line", indicator=name, done=done, actions=len(under)))
    return section("\n".join(lines))


def some(names: Sequence[str]) -> list[str]:
    """The first names of many, and how many more there are."""
    if len(names) <= MANY:
        return list(names)
    return [*names[:MANY], say_plain("card.more_names", more=len(names) - MANY)]


def _word(session: Session) -> str:
    return say("card.focus_word", advises=session.advises, off_table=clipped(session.off_table, SUMMARY))


def _entries(session: Session) -> list[Block]:
    blocks: list[Block] = []
    for place, entry in enumerate(session.shortlist):
        look = button(say_plain("card.evidence"), "evidence.open", f"{session.id}/{place}")
        blocks += section(f"{_title(place, entry)}\n{_why(entry)}", look)
    return blocks


def _short_entries(session: Session) -> list[Block]:
    """A long shortlist: its names, and one button for all the evidence."""
    names = "\n".join(_title(place, entry).partition("\n")[0] for place, entry in enumerate(session.shortlist))
    return [*section(names), actions(button(say_plain("card.evidence_read"), "evidence.list", session.id))]


def _title(place: int, entry: Listed) -> str:
    return say("card.focus_entry", place=place + 1, level=entry.level, **_named(entry.indicator))


def _why(entry: Listed) -> str:
    if entry.why_added:
        return say("card.focus_added", why=entry.why_added)
    # The first reason is the level, which stands in the title already.
    return say("card.focus_why", reasons=" ".join(entry.reasons[1:]))


def vote(heading: Heading, voters: int, voted: int, paper: int, by_discussion: bool) -> Message:
    """The question, and how many have answered it: nothing of what they answered."""
    session = heading.session
    names = "\n".join(
        say("card.vote_list", place=place, indicator=entry.indicator.name)
        for place, entry in enumerate(session.shortlist, start=1)
    )
    if by_discussion:
        body = [*section(say("card.vote_discuss")), *section(names)]
        return whole(heading, body, [actions(_join(session), facilitate(session))])
    body = [
        *section(say("card.vote_ask")),
        *section(names),
        *context(say("card.vote_rules", dots=session.rules.dots, cap=session.rules.cap)),
        *context(_word(session)),
    ]
    progress = say("card.vote_progress", voted=voted, voters=voters)
    body += section(f"{progress} {say('card.vote_paper', ballots=paper)}" if paper else progress)
    ballot = button(say_plain("card.vote"), "ballot.open", at(session), style="primary")
    return whole(heading, body, [actions(ballot, facilitate(session))])


def choose(
    heading: Heading, result: Tally, by_dots: Cut, priorities: Sequence[Priority], by_discussion: bool
) -> Message:
    """The reveal: the dots as bars, what they alone would choose, and what the team chose."""
    session = heading.session
    body: list[Block] = []
    if by_discussion:
        body += section(say("card.choose_discussed"))
    else:
        line = "card.choose_bar" if len(result.totals) <= MANY else "card.choose_number"
        most = max((dots for _, dots in result.totals), default=0)
        bars = [
            say(line, bar=_bar(dots, most), dots=dots, indicator=indicator.name) for indicator, dots in result.totals
        ]
        body += [*section(say("card.choose_ask")), *section("\n".join(bars))]
        body += context(say("card.choose_ballots", ballots=result.ballots, dots=result.dots))
        body += section(_by_dots(by_dots))
    off_table = clipped(session.off_table, SUMMARY)
    body += context(say("card.choose_word", advises=session.advises, off_table=off_table))
    if priorities:
        lines = [say("card.chosen", names=[p.indicator.name for p in priorities])]
        if session.settled_by:
            lines.append(say("card.settled", reason=session.settled_by))
        body += [divider(), *section("\n".join(lines))]
        if session.deferred:
            names = some([entry.indicator.name for entry in session.deferred])
            body += section(say("card.deferred", names=names, reason=session.deferred[0].reason))
    decide = button(say_plain("card.choose"), "choice.open", at(session), style=None if priorities else "primary")
    return whole(heading, body, [actions(decide, facilitate(session))])


def plan(
    heading: Heading, priorities: Sequence[Priority], drafted: Sequence[Action], cautions: Sequence[Warning]
) -> Message:
    """The plan as it grows: each priority, its actions, and gentle warnings."""
    session = heading.session
    ask = section(say("card.plan_ask"))
    warned = section("\n".join(_caution(one) for one in cautions[:CAUTIONS])) if cautions else []
    controls = actions(facilitate(session))
    drafts: list[Block] = []
    short: list[Block] = []
    for priority in priorities:
        under = [action for action in drafted if action.priority == priority.id]
        drafts += [divider(), *_draft(priority, under), _draft_buttons(priority)]
        see = button(say_plain("card.plan_see"), "priority.see", priority.id)
        line = short_line(priority, under, GOAL if len(priorities) <= FEW else 0)
        short += [*section(line, see if under else None), _draft_buttons(priority)]
    full = whole(heading, [*ask, *drafts, divider(), *warned], [controls])
    return full if fits(full.blocks) else whole(heading, short, [controls])


def _draft(priority: Priority, under: Sequence[Action]) -> list[Block]:
    blocks = section(described(priority))
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


def draft_of(priority: Priority, under: Sequence[Action], page: int = 1) -> View:
    """One priority and its actions in a window, where the card is too small for all of them."""
    title = say_plain("card.plan_see")
    return pages("priority", title, _draft(priority, under), page, ("priority.see", priority.id))


def commit(heading: Heading, priorities: Sequence[Priority], drafted: Sequence[Action]) -> Message:
    """The whole plan once more, before it is committed."""
    session = heading.session
    ask = section(say("card.commit_ask"))
    full = whole(heading, [*ask, *plan_body(priorities, drafted)], [actions(facilitate(session))])
    if fits(full.blocks):
        return full
    see = button(say_plain("follow.plan_see"), "draft.see", session.id)
    short = in_short(priorities, [[a for a in drafted if a.priority == p.id] for p in priorities])
    return whole(heading, [*ask, *short], [actions(see, facilitate(session))])


def in_short(priorities: Sequence[Priority], under: Sequence[Sequence[Action]]) -> list[Block]:
    """Priorities in few words; their goals too, where there are few."""
    goal = GOAL if len(priorities) <= FEW else 0
    return [
        block
        for priority, drafted in zip(priorities, under, strict=True)
        for block in section(short_line(priority, drafted, goal))
    ]


def plan_body(priorities: Sequence[Priority], drafted: Sequence[Action]) -> list[Block]:
    """Priorities with their actions, to be read."""
    body: list[Block] = []
    for priority in priorities:
        body += [divider(), *section(described(priority))]
        lines = [action_line(action) for action in drafted if action.priority == priority.id]
        body += section("\n".join(lines)) if lines else []
    return body


def described(priority: Priority) -> str:
    """A priority with what the team wrote about it."""
    title = say(
        "card.plan_priority",
        place=priority.place,
        indicator=priority.indicator.name,
        level=priority.level,
        target=priority.target_level,
    )
    if not priority.described:
        return f"{title}\n{say('card.plan_undescribed')}"
    about = say("card.plan_described", root_cause=priority.root_cause, goal=priority.goal, measure=priority.measure)
    return f"{title}\n{about}"


def action_line(action: Action) -> str:
    """One action with its owner, date and what will show it."""
    step = action.step
    return say(
        "card.plan_action",
        text=step.text,
        owner=step.owner,
        due=step.due,
        cadence=step.cadence.value,
        supporters=step.supporters,
        shown_by=step.shown_by,
        resources=step.resources,
    )


def short_line(priority: Priority, under: Sequence[Action], goal: int) -> str:
    """A priority in few words, for where the whole does not fit, with so many letters of its goal."""
    return say(
        "follow.plan_short",
        place=priority.place,
        indicator=priority.indicator.name,
        level=priority.level,
        target=priority.target_level,
        goal=clipped(priority.goal, goal) if goal else "",
        actions=len(under),
        counts=counts(under),
    )


def _join(session: Session) -> ButtonElement:
    return button(say_plain("card.join"), "session.join", at(session), style="primary")


def _named(indicator: IndicatorId) -> dict[str, str]:
    return {"indicator": indicator.name, "domain": indicator.domain}


def _bar(dots: int, most: int) -> str:
    return BAR * (round(LONGEST_BAR * dots / most) if most else 0)


def _by_dots(by_dots: Cut) -> str:
    lines = []
    if by_dots.clear:
        lines.append(say("card.choose_clear", names=some([i.name for i in by_dots.clear])))
    if by_dots.tied:
        lines.append(say("card.choose_tie", names=some([i.name for i in by_dots.tied]), places=by_dots.places))
    return "\n".join(lines) or say("card.choose_none")


def _caution(one: Warning) -> str:
    if one.caution is Caution.OWNS_MUCH:
        return say("card.plan_warning_much", person=one.person, detail=one.detail)
    name = {
        Caution.DUE_WHEN_CLOSED: "card.plan_warning_closed",
        Caution.NOTHING_SHOWS_IT: "card.plan_warning_shown",
        Caution.NO_VERB: "card.plan_warning_verb",
    }[one.caution]
    step = one.action.step if one.action else None
    return say(name, text=clipped(step.text, SHORT) if step else "", due=step.due if step else "", detail=one.detail)
