"""A review: what one visit to one school, on one date and under one rubric version, found."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rubric.rubric import IndicatorId


class Source(StrEnum):
    """The kinds of evidence a review gathers."""

    OBSERVATION = "classroom observation"
    DOCUMENT = "document review"
    INTERVIEW = "interview or focus group"


class Audience(StrEnum):
    """Who may read a statement. Each wider audience is included: what the team may read, a leader may too."""

    TEAM = "team"
    LEADER = "leader"
    REVIEWER = "reviewer"


class GoalResult(StrEnum):
    """How a goal that the school had set itself stood when it was reviewed."""

    MET = "met"
    PARTLY_MET = "partly met"
    NOT_MET = "not met"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement under a rating."""

    source: Source
    statement: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Rating:
    """The level that a review gave an indicator. An indicator without a rating is not rated, which is never low."""

    indicator: IndicatorId
    level: str
    summary: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the school's and its result."""

    text: str
    result: GoalResult


@dataclass(frozen=True)
class Review:
    """`school` is the school's code, `rubric` the rubric's key (`id@version`); ratings stand in rubric order."""

    school: str
    date: datetime.date
    rubric: str
    label: str = ""
    ratings: tuple[Rating, ...] = ()
    goals: tuple[Goal, ...] = ()

    @property
    def rubric_id(self) -> str:
        """The rubric without its version: school, date and this identify a review."""
        return self.rubric.rpartition("@")[0]

    @property
    def rubric_version(self) -> str:
        """The version part of the rubric's key."""
        return self.rubric.rpartition("@")[2]

    @cached_property
    def digest(self) -> str:
        """A fingerprint of what the review says (school and date apart), whatever the order it was written in."""
        content = [
            self.rubric,
            self.label,
            sorted(_rating_content(rating) for rating in self.ratings),
            sorted((goal.text, goal.result) for goal in self.goals),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def _rating_content(rating: Rating) -> tuple[object, ...]:
    said = sorted((one.source, one.statement, one.audience) for one in rating.evidence) if rating.evidence else ()
    return (rating.indicator.domain, rating.indicator.name, rating.level, rating.summary, said)
