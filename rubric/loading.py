"""Rubric files: from text to a rubric, or to every reason why it is not one, each with its line."""

from rubric.rubric import Domain, Equivalents, Indicator, IndicatorId, Rubric, plain
from rubric.yaml_reader import InvalidFileError, YamlReader, line_of, listed
from rubric.yaml_text import Keyed, Node, Text, read_yaml

_KEYS = ("id", "version", "name", "note", "levels", "domains", "equivalents")


def read_rubric(text: str, source_name: str) -> Rubric:
    """The rubric in `text` (YAML); `source_name` is how errors call the file.

    Raises `InvalidFileError` with every error found, or `UnreadableYamlError` when the text is not YAML.
    """
    reader = _RubricReader(source_name)
    rubric = reader.rubric(read_yaml(text, source_name))
    if reader.errors or rubric is None:
        raise InvalidFileError(reader.errors)
    return rubric


class _RubricReader(YamlReader):
    def rubric(self, node: Node) -> Rubric | None:
        if not isinstance(node, Keyed):
            self.wrong(node.line, f"a rubric file holds the keys {listed(_KEYS)}; this one holds {node.shape}.")
            return None
        self.only_keys(node, _KEYS, "a rubric")
        rubric_id = self.word(node, "id", "a rubric")
        version = self.word(node, "version", "a rubric")
        rubric = Rubric(
            id=rubric_id,
            version=version,
            name=self.text(node, "name", "a rubric"),
            levels=self.levels(node),
            domains=self.domains(node),
            note=" ".join(self.text(node, "note", "a rubric", needed=False).split()),
        )
        equivalents = self.each(node, "equivalents", lambda item: self.equivalent(item, rubric), needed=False)
        return Rubric(
            rubric.id, rubric.version, rubric.name, rubric.levels, rubric.domains, tuple(equivalents), rubric.note
        )

    def levels(self, node: Keyed) -> tuple[str, ...]:
        levels = self.each(node, "levels", lambda item: self.scalar(item, "a level"))
        self.unlike(levels, "level")
        if len(levels) == 1:
            self.wrong(line_of(node, "levels"), "a scale needs at least two levels, lowest first; this one has 1.")
        return tuple(level.value for level in levels)

    def domains(self, node: Keyed) -> tuple[Domain, ...]:
        named = self.each(node, "domains", self.domain)
        self.unlike([name for name, _ in named], "domain")
        domains = tuple(domain for _, domain in named)
        known: dict[str, IndicatorId] = {}
        for indicator in (indicator.id for domain in domains for indicator in domain.indicators):
            other = known.setdefault(plain(str(indicator)), indicator)
            if other.domain != indicator.domain and plain(other.domain) != plain(indicator.domain):
                # "A/B" + "C" and "A" + "B/C" would be one and the same in a review file.
                self.wrong(
                    line_of(node, "domains"), f"“{indicator}” can be read in two ways; rename one of the domains."
                )
        return domains

    def domain(self, node: Node) -> tuple[Text, Domain] | None:
        if not isinstance(node, Keyed):
            self.wrong(node.line, f"a domain holds the keys name and indicators; found {node.shape}.")
            return None
        self.only_keys(node, ("name", "indicators"), "a domain")
        name = Text(line_of(node, "name"), self.text(node, "name", "a domain"))
        found = self.each(node, "indicators", lambda item: self.indicator(item, name.value))
        self.unlike([text for text, _ in found], f"indicator in {name.value}")
        return name, Domain(name.value, tuple(indicator for _, indicator in found))

    def indicator(self, node: Node, domain: str) -> tuple[Text, Indicator] | None:
        if not isinstance(node, Keyed):
            self.wrong(node.line, f"an indicator holds the key name and perhaps a question; found {node.shape}.")
            return None
        self.only_keys(node, ("name", "question"), "an indicator")
        name = Text(line_of(node, "name"), self.text(node, "name", "an indicator"))
        question = self.text(node, "question", "an indicator", needed=False)
        return name, Indicator(IndicatorId(domain, name.value), question or None)

    def equivalent(self, node: Node, rubric: Rubric) -> Equivalents | None:
        if not isinstance(node, Keyed):
            self.wrong(node.line, f"an equivalent holds the keys version, indicators and levels; found {node.shape}.")
            return None
        self.only_keys(node, ("version", "indicators", "levels"), "an equivalent")
        version = self.word(node, "version", "an equivalent")
        if version and version == rubric.version:
            self.wrong(line_of(node, "version"), f"version {version} is this file's own; name an earlier one.")

        def indicator(item: Node) -> tuple[IndicatorId, IndicatorId] | None:
            ours, theirs = self.pair(item, "indicator")
            found = rubric.find(ours) if ours else None
            if ours and found is None:
                self.wrong(item.line, f"“{ours}” is not an indicator of this rubric; write it as domain/indicator.")
            domain, slash, name = theirs.partition("/")
            if theirs and not (slash and domain and name):
                self.wrong(item.line, f"was: “{theirs}” must be written as domain/indicator.")
            return (found, IndicatorId(domain, name)) if found else None

        def level(item: Node) -> tuple[str, str] | None:
            ours, theirs = self.pair(item, "level")
            found = rubric.level_named(ours) if ours else None
            if ours and found is None:
                self.wrong(item.line, f"“{ours}” is not a level of this rubric: {listed(rubric.levels)}.")
            return (found, theirs) if found else None

        return Equivalents(
            version,
            tuple(self.each(node, "indicators", indicator, needed=False)),
            tuple(self.each(node, "levels", level, needed=False)),
        )

    def pair(self, node: Node, kind: str) -> tuple[str, str]:
        if not isinstance(node, Keyed):
            self.wrong(node.line, f"an equivalent {kind} holds the keys {kind} and was; found {node.shape}.")
            return "", ""
        what = f"an equivalent {kind}"
        self.only_keys(node, (kind, "was"), what)
        return self.text(node, kind, what), self.text(node, "was", what)
