"""The card of Choose: how the dots fell, what they alone would choose, and what the team chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from bot.sentences import say, say_plain
from bot.views.cards import SHORT_SUMMARY, SUMMARY, concern_line, word_line
from bot.views.fitting import fits
from bot.views.frame import MANY, Heading, at, facilitate, some, whole
from bot.views.grid import drawn
from bot.views.parts import Message, actions, button, clipped, context, divider, section
from planning.ballot import Cut, Tally
from planning.grid import Grid
from planning.plan import Priority
from planning.session import Session, SetAside
from rubric.rubric import called

BAR = "▇"
LONGEST_BAR = 20


@dataclass(frozen=True, slots=True)
class Vote:
    """What a vote came to; `hidden` where so few voted that the dots would tell who chose what."""

    result: Tally
    hidden: bool


def choose(
    heading: Heading,
    vote: Vote,
    by_dots: Cut,
    priorities: Sequence[Priority],
    again: Vote | None,
    seen: Grid | None = None,
) -> Message:
    """The reveal, with a runoff (`again`) after the vote and the grid that the team has `seen` the leaders on.

    Once they are written down, the team's priorities stand under it.
    """
    session = heading.session
    decide = button(say_plain("card.choose"), "choice.open", at(session), style=None if priorities else "primary")
    place = [] if vote.hidden else [button(say_plain("card.place"), "grid.open", at(session))]
    buttons = [actions(decide, *place, facilitate(session))]
    said = [
        *drawn(seen or {}, [indicator for indicator, _ in vote.result.totals]),
        *context(word_line(session, talks=vote.hidden)),
        *_concerns(session),
    ]
    most = session.rules.priorities
    dots = _dots(vote, by_dots, again, len(session.shortlist), most)
    full = whole(heading, [*dots, *said, *_chosen(session, priorities, each=True)], buttons)
    if fits(full.blocks):
        return full
    dots = _dots(vote, by_dots, again, MANY, most)
    word = context(word_line(session, SHORT_SUMMARY, talks=vote.hidden))
    return whole(heading, [*dots, *word, *_chosen(session, priorities, each=False)], buttons)


def _dots(vote: Vote, by_dots: Cut, again: Vote | None, shown: int, most: int) -> list[Block]:
    if vote.hidden:
        return section(say("card.choose_hidden" if vote.result.ballots else "card.choose_discussed", most=most))
    blocks = [*section(say("card.choose_ask")), *_bars(vote.result, shown)]
    if again:
        blocks += section(say("card.choose_runoff_hidden" if again.hidden else "card.choose_runoff"))
        blocks += [] if again.hidden else _bars(again.result, shown)
    return [*blocks, *section(_alone(by_dots, runoff=again is None))]


def _bars(result: Tally, shown: int) -> list[Block]:
    """The `shown` indicators with the most dots, as bars or, where they are many, as numbers."""
    line = "card.choose_bar" if len(result.totals) <= MANY else "card.choose_number"
    names = called([indicator for indicator, _ in result.totals])
    most = max((dots for _, dots in result.totals), default=0)
    bars = [
        say(line, bar=_bar(dots, most), dots=dots, indicator=name)
        for name, (_, dots) in list(zip(names, result.totals, strict=True))[:shown]
    ]
    more = max(len(result.totals) - shown, 0)
    numbers = say("card.choose_ballots", ballots=result.ballots, dots=result.dots, more=more)
    return [*section("\n".join(bars)), *context(numbers)]


def _bar(dots: int, most: int) -> str:
    return BAR * (round(LONGEST_BAR * dots / most) if most else 0)


def _alone(by_dots: Cut, *, runoff: bool) -> str:
    lines = []
    if by_dots.clear:
        lines.append(say("card.choose_clear", names=some(called(by_dots.clear))))
    if by_dots.tied:
        lines.append(say("card.choose_tie", names=some(called(by_dots.tied)), places=by_dots.places))
        lines += [say("card.choose_tie_runoff")] if runoff else []
    return "\n".join(lines) or say("card.choose_none")


def _concerns(session: Session) -> list[Block]:
    listed = [entry.indicator for entry in session.shortlist]
    lines = [
        concern_line(one, about=name)
        for name, indicator in zip(called(listed), listed, strict=True)
        for one in session.weighed(indicator)
    ]
    return context("\n".join(lines[:MANY])) if lines else []


def _chosen(session: Session, priorities: Sequence[Priority], *, each: bool) -> list[Block]:
    """`each` deferred indicator with a sentence of its own, where they have different ones."""
    if not priorities:
        return []
    most = SUMMARY if each else SHORT_SUMMARY
    lines = [say("card.chosen", names=called([priority.indicator for priority in priorities]))]
    if session.settled_by:
        lines.append(say("card.settled", reason=clipped(session.settled_by, most)))
    names = called([entry.indicator for entry in session.deferred])
    return [divider(), *section("\n".join(lines)), *why_they_wait(names, session.deferred, most, each=each)]


def why_they_wait(names: Sequence[str], deferred: Sequence[SetAside], most: int, *, each: bool) -> list[Block]:
    """What was `deferred`, by the `names` of the indicators, and why, in `most` characters; nothing where nothing was.

    `each` has a sentence of its own, where they have different ones.
    """
    if not deferred:
        return []
    if not each or len({entry.reason for entry in deferred}) == 1:
        return section(say("card.deferred", names=some(names), reason=clipped(deferred[0].reason, most)))
    lines = (
        say("card.deferred_line", indicator=name, reason=clipped(entry.reason, most))
        for name, entry in zip(names, deferred, strict=True)
    )
    return section("\n".join([say("card.deferred_each"), *lines]))
