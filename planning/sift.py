"""Which of a person's schools are listed, and in which order: what they lead and what wants a look comes first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2s

from planning.calendar import SchoolCalendar
from planning.people import OUTSIDE, Viewer
from planning.scope import Scope, Together
from planning.standing import STALE_SCHOOL_DAYS, Standing

PAGE = 10
"""Schools on one page."""


class Only(StrEnum):
    """Which schools are listed."""

    ALL = "all"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    WAITING = "waiting"
    STALLED = "stalled"
    NO_PLAN = "no plan"


class Part(StrEnum):
    """What a person is to a school, as far as a list of schools goes; the first comes first."""

    LEADS = "leads"
    FOLLOWS = "follows"
    BELONGS = "belongs"

    @classmethod
    def of(cls, viewer: Viewer) -> "Part":
        """A leader's before a reviewer's or the district's, and a team member's last."""
        if viewer.sees_answers:
            return cls.LEADS
        return cls.FOLLOWS if viewer.roles & OUTSIDE else cls.BELONGS


@dataclass(frozen=True, slots=True)
class Sift:
    """What a list shows: `network` is the mark of one, or empty for all of them; pages count from 1."""

    only: Only = Only.ALL
    network: str = ""
    page: int = 1

    @classmethod
    def read(cls, text: str) -> "Sift":
        """The sift that `str` wrote; whatever else is there means the first page of everything."""
        only, _, rest = text.partition("/")
        network, _, page = rest.partition("/")
        if only not in list(Only) or not page.isdigit():
            return cls()
        return cls(Only(only), network, int(page))

    def __str__(self) -> str:
        return f"{self.only.value}/{self.network}/{self.page}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One school of the list; `stalled` is the local date since when its plan stands still, None where it moves, and
    `new` that it began to after the person looked last."""

    standing: Standing
    part: Part
    stalled: date | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: `sift` is what it shows, `found` how many schools that is, of `every` one the person sees.

    `counts` says for each kind how many there are in the chosen network; `networks` are the names to choose from, and
    `together` is what the person may open about all of their schools.
    """

    sift: Sift
    shown: tuple[Listed, ...]
    found: int
    every: int
    counts: Mapping[Only, int]
    networks: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.found // PAGE))


_FITS: dict[Only, Callable[[Listed], bool]] = {
    Only.ALL: lambda one: bool(one.standing.school),
    Only.OVERDUE: lambda one: one.standing.overdue > 0,
    Only.BLOCKED: lambda one: one.standing.blocked > 0,
    Only.WAITING: lambda one: one.standing.waiting + one.standing.ownerless > 0,
    Only.STALLED: lambda one: one.stalled is not None,
    Only.NO_PLAN: lambda one: one.standing.committed_at is None,
}


def mark(network: str) -> str:
    """A few letters that stand for a network's name in a menu, whose values are short."""
    return blake2s(network.encode(), digest_size=4).hexdigest() if network else ""


def listed(
    standings: Iterable[Standing],
    scope: Scope,
    calendars: Mapping[str, SchoolCalendar],
    looked: date | None,
    now: datetime,
) -> list[Listed]:
    """Every school in order; `looked` is the day (UTC) on which the person looked before, None where they never did.

    `calendars` has those of the schools whose plans may stand still: the others are taken to move.
    """
    found = []
    for one in standings:
        since = _stalled(one, calendars.get(one.school), now)
        new = since is not None and looked is not None and since > looked
        found.append(Listed(one, Part.of(scope.viewer(one.school)), since, new))
    order = list(Part)
    return sorted(found, key=lambda one: (order.index(one.part), not one.new, one.stalled is None, -one.standing.needs))


def may_stall(standings: Iterable[Standing], now: datetime) -> list[str]:
    """The ids of the schools that have gone so many days without a word that their plans may stand still."""
    return [
        one.school
        for one in standings
        if one.open and one.last is not None and (now - one.last).days >= STALE_SCHOOL_DAYS
    ]


def page(schools: Sequence[Listed], sift: Sift, together: tuple[Together, ...] = ()) -> Page:
    """The part of `schools` that `sift` shows; a page that is not there any more is the last one that is."""
    networks = tuple(sorted({one.standing.network for one in schools if one.standing.network}))
    here = [one for one in schools if sift.network in ("", mark(one.standing.network))]
    counts = {only: sum(map(fits, here)) for only, fits in _FITS.items()}
    found = [one for one in here if _FITS[sift.only](one)]
    last = max(1, -(-len(found) // PAGE))
    number = min(max(1, sift.page), last)
    shown = tuple(found[(number - 1) * PAGE : number * PAGE])
    return Page(replace(sift, page=number), shown, len(found), len(schools), counts, networks, together)


def _stalled(one: Standing, calendar: SchoolCalendar | None, now: datetime) -> date | None:
    if calendar is None or one.last is None:
        return None
    since = calendar.today(calendar.later(one.last, STALE_SCHOOL_DAYS))
    return since if since <= calendar.today(now) else None
