"""The card of each phase up to the vote: what is asked of people now, safe to project on a wall."""

from collections import Counter
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.sentences import say, say_plain
from bot.views.fitting import fits
from bot.views.frame import Heading, at, facilitate, some, whole
from bot.views.parts import Message, actions, button, clipped, context, section
from planning.ballot import Way
from planning.phases import Phase
from planning.plan import Plan, Status
from planning.session import Concern, Listed, Session, SetAside
from rubric.ranking import Shortlist
from rubric.rubric import IndicatorId, called
from rubric.strengths import Strengths

STRENGTHS_SHOWN = 4
SUMMARY = 300
"""What a card shows of a summary; all of it is a click away."""
SHORT_SUMMARY = 80
"""The same on a card that would be too large: one `&` takes five characters."""


def gather(heading: Heading) -> Message:
    """Who is here."""
    session = heading.session
    body = [*section(say("card.gather_ask")), *section(say("card.gather_here", here=session.present))]
    if session.guests:
        body += section(say("card.gather_guests", guests=Counter(session.guests).items()))
    body += context(say("card.gather_note"))
    return whole(heading, body, [actions(_join(session), facilitate(session))])


def celebrate(heading: Heading, found: Strengths) -> Message:
    """What the review found strong."""
    session = heading.session
    read = button(say_plain("card.evidence_read"), "evidence.strengths", session.id)
    last = [*_here(session), actions(_join(session), read, facilitate(session))]
    ask = section(say("card.celebrate_ask"))
    with_words = whole(heading, [*ask, *_highest(found, STRENGTHS_SHOWN), *_improved(found), *_goals(found)], last)
    return with_words if fits(with_words.blocks) else whole(heading, [*ask, *_highest(found, 0)], last)


def _highest(found: Strengths, shown: int) -> list[Block]:
    worded = [rating for rating in found.highest if rating.summary][:shown]
    lines = [say("card.celebrate_highest", level=found.level)]
    lines += [
        say("card.celebrate_rating", **_named(one.indicator), summary=clipped(one.summary, SUMMARY)) for one in worded
    ]
    if rest := [one.indicator for one in found.highest if one not in worded]:
        lines.append(say("card.celebrate_also", names=some(called(rest, found.rated))))
    return section("\n".join(lines))


def _improved(found: Strengths) -> list[Block]:
    if not found.improved:
        return []
    lines = [say("card.celebrate_improved")]
    names = called([step.rating.indicator for step in found.improved], found.rated)
    for name, step in zip(names, found.improved, strict=True):
        level = step.rating.level
        lines.append(say("card.celebrate_step", indicator=name, previous=step.previous_level, level=level))
    return section("\n".join(lines))


def _goals(found: Strengths) -> list[Block]:
    if not found.goals_met:
        return []
    goals = [say("card.celebrate_goal", goal=clipped(goal.text, SUMMARY)) for goal in found.goals_met]
    return section("\n".join([say("card.celebrate_goals"), *goals]))


def focus(heading: Heading, more: Shortlist, earlier: Plan | None, waited: Sequence[SetAside] = ()) -> Message:
    """The shortlist, each entry with its level and why it stands where it stands.

    `earlier` is the plan before, `waited` what was deferred when it was made.
    """
    session = heading.session
    ask = section(say("card.focus_ask"))
    after: list[Block] = []
    if more.more_at_this_level:
        after += context(say("card.focus_more", more=more.more_at_this_level, level=more.shown[-1].rating.level))
    if session.removed:
        gone = [
            say_plain("card.focus_removed_line", indicator=session.called(one.indicator), reason=one.reason)
            for one in session.removed
        ]
        after += context(say("card.focus_removed", removed=gone))
    if waited:
        after += context(say("card.focus_deferred", names=some(called([entry.indicator for entry in waited]))))
    row = actions(
        _join(session),
        button(say_plain("card.add"), "shortlist.add", at(session)),
        button(say_plain("card.remove"), "shortlist.remove", at(session)),
        facilitate(session),
    )
    last = [*_here(session), row]
    word = section(word_line(session), button(say_plain("card.word"), "word.open", at(session)))
    see = context(say("card.focus_see"))
    ways = (
        [*_earlier(earlier), *ask, *_entries(session), *after, *word],
        [*_earlier(earlier), *ask, *_named_entries(session), *see, *after, *word],
        [*ask, *_short_entries(session), *see, *word],
    )
    cards = [whole(heading, body, last) for body in ways]
    return next((card for card in cards if fits(card.blocks)), cards[-1])


def _earlier(earlier: Plan | None) -> list[Block]:
    if earlier is None:
        return []
    lines = [say("card.focus_earlier")]
    names = called([priority.indicator for priority in earlier.priorities])
    for name, priority in zip(names, earlier.priorities, strict=True):
        under = [action for action in earlier.under(priority) if action.status is not Status.DROPPED]
        done = sum(1 for action in under if action.status is Status.DONE)
        lines.append(say("card.focus_earlier_line", indicator=name, done=done, actions=len(under)))
    return section("\n".join(lines))


def word_line(session: Session, most: int = SUMMARY, *, talks: bool = False) -> str:
    """What the principal said before the vote, `most` characters of it at the most; where the team `talks` there is no
    vote that could decide.
    """
    over, off_table = session.phase is not Phase.FOCUS, clipped(session.off_table, most)
    return say("card.focus_word", advises=session.advises, off_table=off_table, over=over, talks=talks)


def _entries(session: Session) -> list[Block]:
    blocks: list[Block] = []
    for place, entry in enumerate(session.shortlist):
        look = button(say_plain("card.evidence"), "evidence.open", f"{session.id}/{place}")
        weighed = [concern_line(one) for one in session.weighed(entry.indicator)]
        blocks += section("\n".join([_title(place, entry), why(entry), *weighed]), look)
    return blocks


def _named_entries(session: Session) -> list[Block]:
    """What each entry is called and how many concerns it has, where the words about them are long."""
    blocks: list[Block] = []
    for place, entry in enumerate(session.shortlist):
        look = button(say_plain("card.evidence"), "evidence.open", f"{session.id}/{place}")
        concerns = len(session.weighed(entry.indicator))
        noted = [say("card.focus_concerns", concerns=concerns)] if concerns else []
        blocks += section("\n".join([_title(place, entry), *noted]), look)
    return blocks


def concern_line(concern: Concern, most: int = SUMMARY, about: str = "") -> str:
    """What somebody wants weighed, `most` characters of it at the most; `about` where it stands on its own."""
    return say("card.focus_concern", text=clipped(concern.text, most), person=concern.person, about=about)


def _short_entries(session: Session) -> list[Block]:
    """A long shortlist: its names and concerns in few letters, and one button for all the evidence."""
    lines = []
    for place, entry in enumerate(session.shortlist, start=1):
        name = session.called(entry.indicator)
        lines.append(say("card.focus_short_entry", place=place, indicator=name, level=entry.level))
        if count := len(session.weighed(entry.indicator)):
            lines.append(say("card.focus_concerns", concerns=count))
    names = "\n".join(lines)
    return [*section(names), actions(button(say_plain("card.evidence_read"), "evidence.list", session.id))]


def _title(place: int, entry: Listed) -> str:
    return say("card.focus_entry", place=place + 1, level=entry.level, **_named(entry.indicator))


def why(entry: Listed) -> str:
    """Why an entry stands where it stands."""
    if entry.why_added:
        return say("card.focus_added", why=entry.why_added)
    # The first reason is the level, which stands in the title already.
    return say("card.focus_why", reasons=" ".join(entry.reasons[1:]))


def vote(heading: Heading, voters: int, voted: int, paper: int, way: Way) -> Message:
    """The question, and how many of `voters` have answered it, some on `paper`: nothing of what they answered."""
    session = heading.session
    names = "\n".join(
        say("card.vote_list", place=place, indicator=name)
        for place, name in enumerate(called([entry.indicator for entry in session.contest]), start=1)
    )
    read = button(say_plain("card.evidence_read"), "evidence.list", session.id)
    if way is Way.TALK:
        said = [*section(say("card.vote_discuss")), *section(names), *context(word_line(session, talks=True))]
        body = [*said, *context(say("card.vote_discuss_more"))]
        return whole(heading, body, [actions(read, _join(session), facilitate(session))])
    rules = session.ballot_rules
    first: list[Block] = []
    if session.runoff:
        first = section(say("card.vote_runoff"))
    elif session.round > 1 and voted == 0:
        first = section(say("card.vote_again"))
    on_paper = way is Way.PAPER
    body = [
        *first,
        *section(say("card.vote_ask")),
        *section(names),
        *(section(say("card.vote_on_paper")) if on_paper else []),
        *context(say("card.vote_paper_rules" if on_paper else "card.vote_rules", dots=rules.dots, cap=rules.cap)),
        *context(word_line(session)),
    ]
    progress = say("card.vote_progress", voted=voted, voters=voters)
    body += section(f"{progress} {say('card.vote_paper', ballots=paper)}" if paper and not on_paper else progress)
    ballot = button(say_plain("card.vote"), "ballot.open", at(session), style="primary")
    return whole(heading, body, [actions(_join(session) if on_paper else ballot, read, facilitate(session))])


def _here(session: Session) -> list[Block]:
    return context(say("card.here", here=session.attendance))


def _join(session: Session) -> ButtonElement:
    return button(say_plain("card.join"), "session.join", at(session), style="primary")


def _named(indicator: IndicatorId) -> dict[str, str]:
    return {"indicator": indicator.name, "domain": indicator.domain}
