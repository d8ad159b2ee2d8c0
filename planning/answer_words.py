"""An answer in plain words: only what stands in a small table is understood, and nothing is guessed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planning.plan import Action, Status

WORDS: dict[str, Status] = {
    "on track": Status.ON_TRACK,
    "going well": Status.ON_TRACK,
    "going fine": Status.ON_TRACK,
    "all good": Status.ON_TRACK,
    "at risk": Status.AT_RISK,
    "behind": Status.AT_RISK,
    "running late": Status.AT_RISK,
    "blocked": Status.BLOCKED,
    "stuck": Status.BLOCKED,
    "done": Status.DONE,
    "finished": Status.DONE,
    "complete": Status.DONE,
    "completed": Status.DONE,
}
_OPENING = re.compile(r"^(?:(?:it|that)(?:'s| is)|i(?:'m| am)|we(?:'re| are)|all)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    {"a", "an", "and", "at", "by", "for", "in", "is", "it", "my", "of", "on", "our", "the", "to", "with"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood: the status, the words that follow it and may name the action, and the note."""

    status: Status
    about: str
    note: str


def understood(text: str) -> Said | None:
    """What `text` says, or None where it does not begin with one of the words above."""
    said = " ".join(text.split())
    if said.casefold() not in WORDS:
        said = _OPENING.sub("", said)
    for words in sorted(WORDS, key=len, reverse=True):
        found = re.match(rf"{words}\b[.,]?\s*", said, re.IGNORECASE)
        if found:
            about, _, note = _apart(said[found.end() :])
            return Said(WORDS[words], about.strip(" .,;-–—"), note.strip())
    return None


def meant(said: Said, owned: Iterable[Action]) -> tuple[Said, Sequence[Action]]:
    """Which of a person's actions it may be about: those that share the most words with it, else all of them.

    Words that say more than the name of an action are part of the note: none that was written is let go of.
    """
    wanted = _words(said.about)
    ranked = [(len(wanted & _words(action.step.text)), action) for action in owned]
    most = max((shared for shared, _ in ranked), default=0)
    found = [action for shared, action in ranked if shared == most]
    if most < len(wanted):
        said = replace(said, note=": ".join(part for part in (said.about, said.note) if part))
    return said, found


def _apart(rest: str) -> tuple[str, str, str]:
    """The words before the first colon that is not an address's, and the note after it."""
    found = re.search(r":(?!//)", rest)
    return (rest, "", "") if found is None else (rest[: found.start()], ":", rest[found.end() :])


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)} - _SMALL
