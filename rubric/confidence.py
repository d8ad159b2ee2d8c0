"""What evidence promises the people it comes from: who reads a statement by default, and whether it names somebody."""

import re

from rubric.review import Audience, Source

# A title and a capitalised name. It finds the plain cases and no more: a name without a title goes unseen.
_NAMED = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof)\b\.?\s+[^\W\d_a-z][\w'’-]*")


def default_audience(source: Source) -> Audience:
    """Who reads a statement whose row does not say: what was said in confidence stays with the reviewers."""
    return Audience.REVIEWER if source is Source.INTERVIEW else Audience.TEAM


def named_person(text: str) -> str | None:
    """The first title with a name in `text`, such as “Ms. Rivera”, or None."""
    found = _NAMED.search(text)
    return found.group() if found else None
