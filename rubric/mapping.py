"""Mapping files: how the columns of a wide review file (one row a review) are to be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from rubric.dates import check_date_format
from rubric.errors import LeversError
from rubric.library import UnknownRubricError, find_rubric
from rubric.rubric import IndicatorId, Rubric
from rubric.yaml_reader import InvalidFileError, YamlReader, line_of, listed
from rubric.yaml_text import Items, Keyed, Node, Text, read_yaml

_KEYS = ("rubric", "only", "school", "date", "date_format", "label", "levels", "not_rated", "indicators")


@dataclass(frozen=True, slots=True)
class MappingEntry:
    """One entry: the rows it speaks for (`only`: column and the values that match), and what their columns mean.

    `levels` has the codes in small letters and the rubric's level for each; `not_rated` is in small letters too.
    """

    line: int
    rubric: Rubric
    only: tuple[tuple[str, frozenset[str]], ...]
    school: str
    date: str
    date_format: str
    label: str | None
    levels: Mapping[str, str]
    not_rated: frozenset[str]
    indicators: tuple[tuple[str, IndicatorId], ...]
    codes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the entry needs."""
        label = (self.label,) if self.label else ()
        only = tuple(column for column, _ in self.only)
        return (*only, self.school, self.date, *label, *(column for column, _ in self.indicators))


def read_mapping(text: str, source_name: str, rubrics: Mapping[str, Rubric]) -> tuple[MappingEntry, ...]:
    """The entries in `text` (YAML: a list, or one entry alone); `rubrics` are the known ones by key.

    Raises `InvalidFileError` with every error found, or `UnreadableYamlError` when the text is not YAML.
    """
    reader = _MappingReader(source_name, rubrics)
    node = read_yaml(text, source_name)
    nodes = node.items if isinstance(node, Items) else (node,)
    if not nodes:
        reader.wrong(node.line, "a mapping file holds at least one entry; this one holds none.")
    entries = [reader.entry(item) for item in nodes]
    if reader.errors:
        raise InvalidFileError(reader.errors)
    return tuple(entry for entry in entries if entry is not None)


class _MappingReader(YamlReader):
    def __init__(self, source_name: str, rubrics: Mapping[str, Rubric]) -> None:
        super().__init__(source_name)
        self.rubrics = rubrics

    def entry(self, node: Node) -> MappingEntry | None:
        if not isinstance(node, Keyed):
            self.wrong(node.line, f"a mapping entry holds the keys {listed(_KEYS)}; found {node.shape}.")
            return None
        self.only_keys(node, _KEYS, "a mapping entry")
        what = "a mapping entry"
        rubric = self.rubric(node)
        school, date = self.text(node, "school", what), self.text(node, "date", what)
        date_format = self.text(node, "date_format", what, needed=False) or "iso"
        try:
            check_date_format(date_format)
        except LeversError as error:
            self.wrong(line_of(node, "date_format"), str(error))
        unrated = node.get("not_rated")
        not_rated = frozenset(text.casefold() for text in self.listed_texts(unrated)) if unrated else frozenset()
        only = tuple(
            (column.value, frozenset(self.listed_texts(value)))
            for column, value in self.pairs(node, "only", needed=False)
        )
        levels, codes = self.levels(node, rubric, not_rated)
        indicators = self.indicators(node, rubric)
        if rubric is None:
            return None
        label = self.text(node, "label", what, needed=False) or None
        return MappingEntry(
            node.line, rubric, only, school, date, date_format, label, levels, not_rated, indicators, codes
        )

    def rubric(self, node: Keyed) -> Rubric | None:
        name = self.text(node, "rubric", "a mapping entry")
        try:
            return find_rubric(self.rubrics, name) if name else None
        except UnknownRubricError as error:
            self.wrong(line_of(node, "rubric"), str(error))
            return None

    def levels(
        self, node: Keyed, rubric: Rubric | None, not_rated: frozenset[str]
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        found: dict[str, str] = {}
        codes: list[str] = []
        for code, value in self.pairs(node, "levels"):
            name, key = self.scalar(value, f"the level for {code.value}"), code.value.strip().casefold()
            level = rubric.level_named(name.value) if rubric and name else None
            if rubric and name and level is None:
                scale = listed(rubric.levels)
                self.wrong(name.line, f"“{name.value}” is not a level of {rubric.key}; its levels are {scale}.")
            if key in not_rated:
                self.wrong(code.line, f"the code “{code.value}” stands under not_rated too; keep one.")
            elif key in found and found[key] != level:
                self.wrong(code.line, f"the code “{code.value}” has two levels; codes match without regard to case.")
            found[key] = level or ""
            codes.append(code.value)
        return found, tuple(codes)

    def indicators(self, node: Keyed, rubric: Rubric | None) -> tuple[tuple[str, IndicatorId], ...]:
        found: dict[IndicatorId, Text] = {}
        for column, value in self.pairs(node, "indicators"):
            name = self.scalar(value, f"the indicator of {column.value}")
            indicator = rubric.find(name.value) if rubric and name else None
            if rubric and name and indicator is None:
                self.wrong(
                    name.line,
                    f"“{name.value}” is not an indicator of {rubric.key}; "
                    f"write one as domain/indicator, like “{rubric.indicators[0].id}”.",
                )
            if indicator is not None:
                other = found.setdefault(indicator, column)
                if other is not column:
                    self.wrong(column.line, f"“{indicator}” has a column already on line {other.line}: {other.value}.")
        return tuple((column.value, indicator) for indicator, column in found.items())

    def pairs(self, node: Keyed, key: str, *, needed: bool = True) -> tuple[tuple[Text, Node], ...]:
        found = node.get(key)
        if found is None and not needed:
            return ()
        if not isinstance(found, Keyed) or not found.pairs:
            self.wrong(line_of(node, key), f"{key} must hold keys with values, at least one.")
            return ()
        seen: dict[str, Text] = {}
        for name, _ in found.pairs:
            other = seen.setdefault(name.value, name)
            if other is not name:
                self.wrong(name.line, f"“{name.value}” stands on line {other.line} already.")
        return found.pairs

    def listed_texts(self, node: Node) -> tuple[str, ...]:
        """The texts of a list, or the one text that stands there instead of a list; empty ones count."""
        items = node.items if isinstance(node, Items) else (node,)
        for item in items:
            if not isinstance(item, Text):
                self.wrong(item.line, f"a value here must be plain text; found {item.shape}.")
        return tuple(item.value.strip() for item in items if isinstance(item, Text))
