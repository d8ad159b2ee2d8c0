"""Small rubrics and reviews for the tests of this room, and strategies that make more of them."""

import datetime

from hypothesis import strategies as st

from rubric.review import Audience, Evidence, Rating, Review, Source
from rubric.rubric import Domain, Indicator, IndicatorId, Rubric

LEVELS = ("Low", "Middle", "High")


def rubric_of(*sizes: int) -> Rubric:
    """A rubric with a domain for each size: domains A, B, ... with indicators 1, 2, ..."""
    names = [chr(ord("A") + place) for place in range(len(sizes))]
    domains = tuple(
        Domain(name, tuple(Indicator(IndicatorId(name, str(number))) for number in range(1, size + 1)))
        for name, size in zip(names, sizes, strict=True)
    )
    return Rubric("small", "1", "Small", LEVELS, domains)


SMALL = rubric_of(3, 4, 2)


def evidence_of(kinds: int) -> tuple[Evidence, ...]:
    """Two statements from each of the first `kinds` sources."""
    return tuple(Evidence(source, f"{source} {n}", Audience.TEAM) for source in list(Source)[:kinds] for n in range(2))


def rating(indicator: str, level: str, kinds: int = 0) -> Rating:
    """A rating of `domain/name`."""
    domain, name = indicator.split("/")
    return Rating(IndicatorId(domain, name), level, evidence=evidence_of(kinds))


def review_of(*ratings: Rating) -> Review:
    """A review under the small rubric."""
    return Review("JUNIPER", datetime.date(2026, 10, 13), SMALL.key, ratings=ratings)


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Review, dict[IndicatorId, str]]:
    """A review under the small rubric that rates at least one indicator, and earlier levels of some."""
    chosen = draw(st.lists(st.sampled_from([one.id for one in SMALL.indicators]), min_size=1, unique=True))
    ratings = tuple(
        Rating(one, draw(st.sampled_from(LEVELS)), evidence=evidence_of(draw(st.integers(0, 3)))) for one in chosen
    )
    earlier = draw(st.dictionaries(st.sampled_from([one.id for one in SMALL.indicators]), st.sampled_from(LEVELS)))
    return review_of(*ratings), earlier
