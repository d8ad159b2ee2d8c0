"""The lowest-rated indicators of a school's latest review, as rows for JSON and as text."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection

from rubric.errors import LeversError
from rubric.ranking import Ranked, Shortlist, cut, rank
from rubric.review import Review
from rubric.rubric import IndicatorId, Rubric
from storage.reviews import earlier_levels, latest_review, latest_reviews
from storage.rubrics import known_rubrics
from storage.schools import School, UnknownSchoolError, find_school, list_schools


class NoReviewError(LeversError):
    """A school without a review."""

    def __init__(self, school: School) -> None:
        super().__init__(f"{school.title} has no review yet; `levers import` brings one in.")


@dataclass(frozen=True, slots=True)
class Lowest:
    """One school's shortlist; `rubric` is the rubric's key."""

    school: School
    date: datetime.date
    rubric: str
    shortlist: Shortlist

    def rows(self) -> list[dict[str, Any]]:
        """One flat object an indicator, dates in ISO form; the last one says how many more share its level."""
        rows = [self._row(one) for one in self.shortlist.shown]
        if rows:
            rows[-1]["more_at_this_level"] = self.shortlist.more_at_this_level
        return rows

    def _row(self, one: Ranked) -> dict[str, Any]:
        return {
            "school": self.school.code,
            "review_date": self.date.isoformat(),
            "rubric": self.rubric,
            "rank": one.rank,
            "domain": one.rating.indicator.domain,
            "indicator": one.rating.indicator.name,
            "level": one.rating.level,
            "previous_level": one.previous_level,
            "trend": one.trend.value,
            "evidence_kinds": len(one.evidence_kinds),
            "domain_lowest_share": one.domain_lowest_share,
            "reasons": list(one.reasons),
        }


def lowest_of_one(conn: Connection, workspace: str, code: str, top: int) -> Lowest:
    """The `top` lowest of the school's latest review, held or not: the command is the administrator's.

    Raises `UnknownSchoolError` with codes that look alike, `NoReviewError` for a school without a review.
    """
    school = find_school(conn, workspace, code)
    if school is None:
        raise UnknownSchoolError(code, _alike(conn, workspace, code))
    stored = latest_review(conn, workspace, school.id)
    if stored is None:
        raise NoReviewError(school)
    earlier = earlier_levels(conn, workspace, stored.id, released_only=False)
    return _lowest(school, stored.review, earlier, known_rubrics(conn, workspace), top)


def lowest_of_all(conn: Connection, workspace: str, top: int) -> list[Lowest]:
    """The same for every school that has a review, by school code."""
    rubrics = known_rubrics(conn, workspace)
    return [
        _lowest(one.school, one.stored.review, one.earlier, rubrics, top) for one in latest_reviews(conn, workspace)
    ]


def said(lowest: Lowest) -> str:
    """The shortlist as text for a terminal."""
    named = f"{lowest.school.name} ({lowest.school.code})" if lowest.school.name else lowest.school.code
    lines = [f"{named}, reviewed {lowest.date.isoformat()} under {lowest.rubric}"]
    for one in lowest.shortlist.shown:
        lines.append(f"{one.rank:>3}. {one.rating.indicator.name} ({one.rating.indicator.domain}): {one.rating.level}")
        lines.append(f"     {' '.join(one.reasons)}")
    more = lowest.shortlist.more_at_this_level
    if more:
        shown = len(lowest.shortlist.shown)
        level = lowest.shortlist.shown[-1].rating.level
        stand = "stands" if more == 1 else "stand"
        lines.append(f"     {more} more {stand} at {level}; --top {shown + more} shows them too.")
    return "\n".join(lines)


def _lowest(
    school: School, review: Review, earlier: Mapping[IndicatorId, str], rubrics: Mapping[str, Rubric], top: int
) -> Lowest:
    ranked = rank(rubrics[review.rubric], review, earlier)
    return Lowest(school, review.date, review.rubric, cut(ranked, top))


def _alike(conn: Connection, workspace: str, text: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for school in list_schools(conn, workspace):
        names[school.code.casefold()] = school.code
        names.setdefault(school.name.casefold(), school.code)
    close = get_close_matches(text.casefold(), [name for name in names if name], n=3)
    return tuple(dict.fromkeys(names[name] for name in close))
