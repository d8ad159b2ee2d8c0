"""What was changed about a committed action: field by field, by whom, when and why, and who may read it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planning.people import Viewer
from planning.plan import Action, Status


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after, as text: priorities and people as ids with spaces between, dates as ISO 8601."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one person did to an action at a UTC moment, and why, where they said so."""

    action: str
    person: str
    at: datetime
    fields: tuple[Changed, ...]
    why: str = ""


_FIELDS: dict[str, Callable[[Action], str]] = {
    "text": lambda action: action.step.text,
    "priority": lambda action: action.priority,
    "outside": lambda action: action.step.outside,
    "owner": lambda action: action.step.owner,
    "offered_to": lambda action: action.offered_to or "",
    "handed_back": lambda action: "yes" if action.refused else "",
    "status": lambda action: action.status.value,
    "due": lambda action: action.step.due.isoformat(),
    "cadence": lambda action: action.step.cadence.value,
    "supporters": lambda action: " ".join(action.step.supporters),
    "shown_by": lambda action: action.step.shown_by,
    "resources": lambda action: action.step.resources,
    "carried": lambda action: action.carried_at.date().isoformat() if action.carried_at else "",
}
ANSWERS = frozenset({"status", "handed_back"})
"""How somebody says that it goes: for the principal and the coaches, and for whoever said it."""


_TOLD = frozenset({"text", "priority", "due", "cadence", "status"})
"""What an owner is told of where somebody else changes it."""


def told_to(owner: str, action: Action, changes: Iterable[Change]) -> Iterator[Change]:
    """Of all `changes` of `action` up to now, newest first: what others did about it while `owner` owned it, as far as
    the owner is told. Of an action that somebody took over it is only that.
    """
    owned_after = action.step.owner
    for change in changes:
        of = {one.field: one for one in change.fields}
        owned = of["owner"].old if "owner" in of else owned_after
        if owned == owner and change.person != owner and (told := _told(of)):
            yield replace(change, fields=told)
        owned_after = owned


def tells(change: Change, owner: str) -> bool:
    """Whether `owner` is told of a change just now of an action that was theirs before."""
    return change.person != owner and bool(_told({one.field: one for one in change.fields}))


def _told(of: Mapping[str, Changed]) -> tuple[Changed, ...]:
    if "owner" in of:
        return (of["owner"],)
    # Who is asked anew has a message of its own.
    asked_anew = "status" in of and of["status"].new == Status.PROPOSED.value
    return () if asked_anew else tuple(one for field, one in of.items() if field in _TOLD)


def concerns(viewer: Viewer, action: Action) -> bool:
    """Whether `viewer` may change something about a committed action, and read its history: its owner and leaders."""
    owns = viewer.person == action.step.owner and not action.refused
    return viewer.sees_answers or (owns and viewer.knows_school)


def differences(before: Action | None, after: Action) -> tuple[Changed, ...]:
    """Every field in which `after` is not what `before` was; of a new action every field that says something."""
    found = (Changed(field, said(before) if before else "", said(after)) for field, said in _FIELDS.items())
    return tuple(one for one in found if one.old != one.new)


def readable(changes: Iterable[Change], viewer: Viewer) -> tuple[Change, ...]:
    """The changes as `viewer` may read them: other people's answers and notes are for the principal and coaches."""
    if viewer.sees_answers:
        return tuple(changes)
    shown = (one if one.person == viewer.person else _without_answers(one) for one in changes)
    return tuple(one for one in shown if one.fields or one.why)


def _without_answers(change: Change) -> Change:
    return replace(change, fields=tuple(one for one in change.fields if one.field not in ANSWERS), why="")
