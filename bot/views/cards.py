"""The card of each phase of a session: what is asked of people now, safe to project on a wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.sentences import say, say_plain
from bot.views.parts import Message, actions, button, context, divider, header, section, select
from planning.ballot import Cut, Tally
from planning.phases import Phase
from planning.plan import Action, Plan, Priority, Status
from planning.session import Session, State
from planning.warnings import Caution, Warning
from rubric.ranking import Shortlist
from rubric.rubric import Indicator, IndicatorId
from rubric.strengths import Strengths

BAR = "▇"
LONGEST_BAR = 20
STRENGTHS_SHOWN = 4


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
    body = [*section(say("card.celebrate_ask"))]
    shown = [rating for rating in found.highest if rating.summary][:STRENGTHS_SHOWN]
    lines = [say("card.celebrate_highest", level=found.level)]
    lines += [say("card.celebrate_rating", **_named(one.indicator), summary=one.summary) for one in shown]
    if rest := [one.indicator.name for one in found.highest if one not in shown]:
        lines.append(say("card.celebrate_also", names=rest))
    body += section("\n".join(lines))
    if found.improved:
        lines = [say("card.celebrate_improved")]
        for step in found.improved:
            indicator, level = step.rating.indicator, step.rating.level
            lines.append(
                say("card.celebrate_step", indicator=indicator.name, previous=step.previous_level, level=level)
            )
        body += section("\n".join(lines))
    if found.goals_met:
        lines = [say("card.celebrate_goals"), *(say("card.celebrate_goal", goal=g.text) for g in found.goals_met)]
        body += section("\n".join(lines))
    session = heading.session
    choices = [(rating.indicator.name, f"{session.id}/{place}") for place, rating in enumerate(found.highest)][:100]
    pick = select("evidence.strength", choices, placeholder=say_plain("card.evidence_pick"))
    return whole(heading, body, [actions(pick, facilitate(session))])


def focus(heading: Heading, more: Shortlist, earlier: Plan | None) -> Message:
    """The shortlist, each entry with its level and why it stands where it stands."""
    session = heading.session
    body: list[Block] = []
    if earlier is not None:
        lines = [say("card.focus_earlier")]
        for priority in earlier.priorities:
            under = earlier.under(priority)
            done = sum(1 for action in under if action.status is Status.DONE)
            lines.append(
                say("card.focus_earlier_line", indicator=priority.indicator.name, done=done, actions=len(under))
            )
        body += section("\n".join(lines))
    body += section(say("card.focus_ask"))
    for place, entry in enumerate(session.shortlist, start=1):
        title = say("card.focus_entry", place=place, level=entry.level, **_named(entry.indicator))
        # The first reason is the level, which stands in the title already.
        why = say("card.focus_why", reasons=" ".join(entry.reasons[1:]))
        if entry.why_added:
            why = say("card.focus_added", why=entry.why_added)
        look = button(say_plain("card.evidence"), "evidence.open", f"{session.id}/{place - 1}")
        body += section(f"{title}\n{why}", look)
    if more.more_at_this_level:
        body += context(say("card.focus_more", more=more.more_at_this_level, level=more.shown[-1].rating.level))
    if session.removed:
        body += context(say("card.focus_removed", removed=session.removed))
    body += section(say("card.focus_word", advises=session.advises, off_table=session.off_table))
    row = actions(
        button(say_plain("card.add"), "shortlist.add", at(session)),
        button(say_plain("card.remove"), "shortlist.remove", at(session)),
        button(say_plain("card.word"), "word.open", at(session)),
        facilitate(session),
    )
    return whole(heading, body, [row])


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
        *context(say("card.focus_word", advises=session.advises, off_table=session.off_table)),
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
        most = max((dots for _, dots in result.totals), default=0)
        bars = [
            say("card.choose_bar", bar=_bar(dots, most), dots=dots, indicator=indicator.name)
            for indicator, dots in result.totals
        ]
        body += [*section(say("card.choose_ask")), *section("\n".join(bars))]
        body += context(say("card.choose_ballots", ballots=result.ballots, dots=result.dots))
        body += section(_by_dots(by_dots))
    body += context(say("card.choose_word", advises=session.advises, off_table=session.off_table))
    if priorities:
        lines = [say("card.chosen", names=[p.indicator.name for p in priorities])]
        if session.settled_by:
            lines.append(say("card.settled", reason=session.settled_by))
        body += [divider(), *section("\n".join(lines))]
        if session.deferred:
            body += section(say("card.deferred", deferred=session.deferred))
    decide = button(say_plain("card.choose"), "choice.open", at(session), style=None if priorities else "primary")
    return whole(heading, body, [actions(decide, facilitate(session))])


def plan(
    heading: Heading, priorities: Sequence[Priority], drafted: Sequence[Action], cautions: Sequence[Warning]
) -> Message:
    """The plan as it grows: each priority, its actions, and gentle warnings."""
    session = heading.session
    body: list[Block] = [*section(say("card.plan_ask"))]
    for priority in priorities:
        body += [divider(), *section(described(priority))]
        for action in drafted:
            if action.priority == priority.id:
                change = button(say_plain("card.edit"), "action.edit", action.id)
                body += section(action_line(action), change)
        label = "card.describe_again" if priority.described else "card.describe"
        body.append(
            actions(
                button(
                    say_plain(label),
                    "priority.describe",
                    priority.id,
                    style=None if priority.described else "primary",
                ),
                button(say_plain("card.action_add"), "action.add", priority.id),
            )
        )
    body.append(divider())
    if cautions:
        body += section("\n".join(_caution(one) for one in cautions))
    return whole(heading, body, [actions(facilitate(session))])


def commit(heading: Heading, priorities: Sequence[Priority], drafted: Sequence[Action]) -> Message:
    """The whole plan once more, before it is committed."""
    body: list[Block] = [*section(say("card.commit_ask")), *plan_body(priorities, drafted)]
    return whole(heading, body, [actions(facilitate(heading.session))])


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


def numbered(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    """Indicators as options, by their place."""
    return [(f"{one.id.name} ({one.id.domain})", str(place)) for place, one in enumerate(indicators)]


def _join(session: Session) -> ButtonElement:
    return button(say_plain("card.join"), "session.join", at(session), style="primary")


def _named(indicator: IndicatorId) -> dict[str, str]:
    return {"indicator": indicator.name, "domain": indicator.domain}


def _bar(dots: int, most: int) -> str:
    return BAR * (round(LONGEST_BAR * dots / most) if most else 0)


def _by_dots(by_dots: Cut) -> str:
    lines = []
    if by_dots.clear:
        lines.append(say("card.choose_clear", names=[i.name for i in by_dots.clear]))
    if by_dots.tied:
        lines.append(say("card.choose_tie", names=[i.name for i in by_dots.tied], places=by_dots.places))
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
    return say(name, text=step.text if step else "", due=step.due if step else "", detail=one.detail)
