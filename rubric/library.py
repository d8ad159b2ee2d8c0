"""The rubrics at hand: those that come with Levers, and how a name finds one."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rubric.errors import LeversError
from rubric.loading import read_rubric
from rubric.rubric import Rubric


class UnknownRubricError(LeversError):
    """A rubric name that nothing at hand answers to."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"“{name}” is not a known rubric; known are {', '.join(known)}.")


@cache
def bundled() -> Mapping[str, Rubric]:
    """The rubrics that come with Levers, by key (`id@version`), in the order of their keys."""
    folder = files("rubric").joinpath("data")
    texts = [(file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml")]
    return MappingProxyType(by_key(read_rubric(text, name) for name, text in texts))


def by_key(rubrics: Iterable[Rubric]) -> dict[str, Rubric]:
    """`rubrics` by their keys, each id's versions from the oldest to the newest."""
    return {rubric.key: rubric for rubric in sorted(rubrics, key=lambda r: (r.id, version_order(r.version)))}


def find_rubric(rubrics: Mapping[str, Rubric], name: str) -> Rubric:
    """The rubric that `name` means: `id@version`, or a bare id for its newest version. Raises `UnknownRubricError`."""
    name = name.strip()
    found = rubrics.get(name)
    if found is None:
        versions = [rubric for rubric in rubrics.values() if rubric.id == name]
        if not versions:
            raise UnknownRubricError(name, rubrics)
        found = max(versions, key=lambda rubric: version_order(rubric.version))
    return found


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key for versions: numbers in them count as numbers, so that 10 is newer than 9 and 1.10 than 1.9."""
    parts: list[tuple[int, int, str]] = []
    for part in version.replace("-", ".").split("."):
        parts.append((1, int(part), "") if part.isascii() and part.isdigit() else (0, 0, part))
    return tuple(parts)
