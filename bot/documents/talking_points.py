"""What a reviewer can read aloud in three minutes: strengths, growth, evidence and goals, in plain words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.documents.letters import showable
from bot.sentences import say_plain
from rubric.confidence import named_person
from rubric.ranking import Ranked, Trend, rank
from rubric.review import Audience, Goal, GoalResult, Rating, Review, Source
from rubric.rubric import IndicatorId, Rubric
from rubric.strengths import strengths

WORDS = 390
"""What fits in three minutes at an unhurried 130 words a minute."""

NAMED = 3
"""How many strengths and how many areas to grow in are spoken about; the others are counted."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…。！？])\s+")
_LETTERS_A_WORD = 6
"""For scripts that put no space between words."""

_TOLD = {
    Source.OBSERVATION: "talking.seen",
    Source.DOCUMENT: "talking.read",
    Source.INTERVIEW: "talking.heard",
}


@dataclass
class _Point:
    """One paragraph: what is said in any case, and sentences that are said while there is time."""

    head: str
    more: Sequence[str] = ()
    said: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join((self.head, *self.said))


def talking_points(school: str, review: Review, rubric: Rubric, earlier: Mapping[IndicatorId, str]) -> tuple[str, ...]:
    """The paragraphs, in the order they are read; no more than `WORDS` words where the names allow it.

    `earlier` is as for ranking. Only what the team may read is said, no statement that names a person, and a sentence
    is said whole or not at all. Without a rating there is nothing to say: no paragraph.
    """
    if not review.ratings:
        return ()
    points = [*_opening(school, review, rubric), *_strong(review, rubric, earlier), *_goals(review.goals)]
    points += [*_growth(review, rubric, earlier), _Point(say_plain("talking.closing"))]
    left = WORDS - sum(word_count(point.head) for point in points)
    # Every point gets its first sentence before any gets its second; where time is short, growth needs it most.
    last_first = points[::-1]
    for round_ in zip_longest(*(point.more for point in last_first)):
        for point, sentence in zip(last_first, round_, strict=True):
            if sentence and word_count(sentence) <= left:
                point.said.append(sentence)
                left -= word_count(sentence)
    return tuple(point.text for point in points)


def word_count(text: str) -> int:
    """How many words it takes to say `text`."""
    return max(len(text.split()), len(text) // (2 * _LETTERS_A_WORD))


def _opening(school: str, review: Review, rubric: Rubric) -> Iterator[_Point]:
    rated, of = len(review.ratings), len(rubric.indicators)
    name = showable(school)
    yield _Point(say_plain("talking.opening", school=name, date=review.date, rated=rated, of=of, missing=of - rated))


def _strong(review: Review, rubric: Rubric, earlier: Mapping[IndicatorId, str]) -> Iterator[_Point]:
    found = strengths(rubric, review, earlier)
    # What can be told about comes first; among the others the rubric's order stays.
    spoken = sorted(found.highest, key=lambda rating: not _details(rating))[:NAMED]
    names, others = [_called(rating, rubric) for rating in spoken], len(found.highest) - len(spoken)
    yield _Point(say_plain("talking.strong", level=found.level, names=names, others=others))
    for rating in spoken:
        if told := _details(rating):
            yield _Point(say_plain("talking.about", indicator=_called(rating, rubric), first=told[0]), told[1:])
    if found.improved:
        steps = [
            say_plain("talking.step", indicator=_called(one.rating, rubric), level=one.rating.level)
            for one in found.improved[:NAMED]
        ]
        yield _Point(say_plain("talking.improved", steps=steps, others=len(found.improved) - len(steps)))


def _goals(goals: Sequence[Goal]) -> Iterator[_Point]:
    if goals:
        met = [goal for goal in goals if goal.result is GoalResult.MET]
        partly = sum(1 for goal in goals if goal.result is GoalResult.PARTLY_MET)
        head = say_plain("talking.goals", set=len(goals), met=len(met), partly=partly)
        yield _Point(head, [say_plain("talking.goal", goal=_ended(showable(goal.text))) for goal in met])


def _growth(review: Review, rubric: Rubric, earlier: Mapping[IndicatorId, str]) -> Iterator[_Point]:
    ranked = rank(rubric, review, earlier)
    level, highest = ranked[0].rating.level, max(rubric.rank_of(one.rating.level) for one in ranked)
    if rubric.rank_of(level) == highest:
        yield _Point(say_plain("talking.level_with", level=level))
        return
    lowest = [one for one in ranked if one.rating.level == level]
    spoken = lowest[:NAMED]
    names = [_called(one.rating, rubric) for one in spoken]
    yield _Point(say_plain("talking.grow", level=level, names=names, others=len(lowest) - len(spoken)))
    for one in spoken:
        if told := [*_fell(one), *_details(one.rating)]:
            yield _Point(say_plain("talking.about", indicator=_called(one.rating, rubric), first=told[0]), told[1:])


def _fell(one: Ranked) -> list[str]:
    return [say_plain("talking.fell", then=one.previous_level)] if one.trend is Trend.FELL else []


def _details(rating: Rating) -> list[str]:
    """Whole sentences about one rating: its summary first, then a statement of each kind of evidence."""
    summary = [_ended(one) for one in _SENTENCE_ENDS.split(showable(rating.summary).strip()) if one.strip()]
    heard = [
        say_plain(_TOLD[one.source], statement=_ended(showable(one.statement)))
        for one in rating.evidence
        if one.audience is Audience.TEAM and named_person(one.statement) is None
    ]
    return [*summary[:1], *heard[:1], *summary[1:], *heard[1:]]


def _called(rating: Rating, rubric: Rubric) -> str:
    one = rating.indicator
    if not any(letter.isalpha() for letter in one.name):
        return say_plain("talking.numbered", indicator=one.name)
    shared = sum(1 for other in rubric.indicators if other.id.name == one.name) > 1
    return say_plain("talking.of_domain", indicator=one.name, domain=one.domain) if shared else one.name


def _ended(text: str) -> str:
    """One line, with a full stop where it ends without one."""
    line = " ".join(text.split())
    return line if not line or line[-1] in ".!?…。！？”\"'" else f"{line}."
