"""A rubric: a published, versioned set of domains and indicators with an ordered scale of levels."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2s

from rubric.errors import LeversError


class UnknownLevelError(LeversError):
    """A level that the rubric's scale does not have."""

    def __init__(self, level: str, rubric: "Rubric") -> None:
        super().__init__(f"“{level}” is not a level of {rubric.key}; its levels are {', '.join(rubric.levels)}.")


class UnknownIndicatorError(LeversError):
    """An indicator that the rubric does not have."""

    def __init__(self, indicator: "IndicatorId", rubric: "Rubric") -> None:
        super().__init__(f"“{indicator}” is not an indicator of {rubric.key}.")


@dataclass(frozen=True, slots=True)
class IndicatorId:
    """What identifies an indicator within a rubric: the same name in two domains is two indicators."""

    domain: str
    name: str

    def __str__(self) -> str:
        return f"{self.domain}/{self.name}"

    @property
    def in_full(self) -> str:
        """Its name and its domain, as people read them."""
        return f"{self.name} ({self.domain})"

    @property
    def mark(self) -> str:
        """Twelve letters that stand for it where its names are too long, the same ones every time."""
        return blake2s(str(self).encode(), digest_size=6).hexdigest()

    def is_meant_by(self, named: "IndicatorId | str") -> bool:
        """Whether `named` is this one, or its mark."""
        return named in (self, self.mark)


def called(indicators: Sequence[IndicatorId], among: Sequence[IndicatorId] = ()) -> list[str]:
    """Their names, with the domain where two of them share one, or two `among` whom they stand."""
    often = Counter(one.name for one in {*indicators, *among})
    return [one.in_full if often[one.name] > 1 else one.name for one in indicators]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing a review looks at; `question` is a guiding question, or None."""

    id: IndicatorId
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """A named group of indicators, in rubric order."""

    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Equivalents:
    """What this version declares to mean the same in an earlier `version`, as pairs (ours, the earlier one's)."""

    version: str
    indicators: tuple[tuple[IndicatorId, IndicatorId], ...] = ()
    levels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """One published version. `levels` run from the lowest to the highest; domains and indicators in rubric order."""

    id: str
    version: str
    name: str
    levels: tuple[str, ...]
    domains: tuple[Domain, ...]
    equivalents: tuple[Equivalents, ...] = ()
    note: str = ""
    indicators: tuple[Indicator, ...] = field(init=False, repr=False, compare=False)
    _orders: dict[IndicatorId, int] = field(init=False, repr=False, compare=False)
    _known: dict[str, IndicatorId] = field(init=False, repr=False, compare=False)
    _ranks: dict[str, int] = field(init=False, repr=False, compare=False)
    _levels: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        indicators = tuple(indicator for domain in self.domains for indicator in domain.indicators)
        put = object.__setattr__
        put(self, "indicators", indicators)
        put(self, "_orders", {indicator.id: order for order, indicator in enumerate(indicators)})
        put(self, "_known", {plain(str(indicator.id)): indicator.id for indicator in indicators})
        put(self, "_ranks", {level: rank for rank, level in enumerate(self.levels)})
        put(self, "_levels", {plain(level): level for level in self.levels})

    @property
    def key(self) -> str:
        """`id@version`, as files and commands name a rubric."""
        return f"{self.id}@{self.version}"

    def rank_of(self, level: str) -> int:
        """The step of `level` on the scale, 0 for the lowest; raises `UnknownLevelError`."""
        try:
            return self._ranks[level]
        except KeyError:
            raise UnknownLevelError(level, self) from None

    def order_of(self, indicator: IndicatorId) -> int:
        """The place of `indicator` in rubric order, from 0; raises `UnknownIndicatorError`."""
        try:
            return self._orders[indicator]
        except KeyError:
            raise UnknownIndicatorError(indicator, self) from None

    def find(self, text: str) -> IndicatorId | None:
        """The indicator that people mean by `domain/indicator`, whatever the case and spacing, or None.

        The whole text is compared with the known names, because a name may hold a slash of its own.
        """
        return self._known.get(plain(text))

    def level_named(self, text: str) -> str | None:
        """The level that people mean by `text`, whatever the case and spacing, or None."""
        return self._levels.get(plain(text))

    def equivalent_indicator(self, indicator: IndicatorId, version: str) -> IndicatorId | None:
        """What `indicator` was called in an earlier `version`; None where nothing is declared: not comparable."""
        return next((dict(e.indicators).get(indicator) for e in self.equivalents if e.version == version), None)

    def equivalent_level(self, level: str, version: str) -> str | None:
        """What `level` was called in an earlier `version`; None where nothing is declared: not comparable."""
        return next((dict(e.levels).get(level) for e in self.equivalents if e.version == version), None)


def plain(text: str) -> str:
    """`text` as names are compared: case ignored, runs of white space as one space, none around a slash."""
    return "/".join(" ".join(part.split()) for part in text.casefold().split("/"))
