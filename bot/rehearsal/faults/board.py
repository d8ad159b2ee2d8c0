"""The faults that stand now, and how often each is still to happen. They end with the workspace's process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.faults.kinds import ANY, KINDS, FaultError, read_fields
from bot.rehearsal.wire import Json, new_id


@dataclass
class Fault:
    """One standing fault. ``left`` counts down to its end; None lasts until it is undone."""

    id: str
    kind: str
    fields: Json
    left: int | None
    made: float

    def described(self) -> Json:
        """What the control address says of it."""
        return {"id": self.id, "kind": self.kind, **self.fields, "left": self.left}

    def concerns(self, **where: str) -> bool:
        """Whether the fault is meant for this method, channel or person; what it does not name is any."""
        return all(self.fields.get(name, ANY) in ("", ANY, value) for name, value in where.items())


class Faults:
    """Standing faults. ``on_change`` is told of each made or undone fault, before and after: (fault, stands)."""

    def __init__(self) -> None:
        self._standing: dict[str, Fault] = {}
        self.on_change: Callable[[Fault, bool], None] = lambda _fault, _stands: None

    def make(self, kind_name: Any, given: Json) -> Fault:
        """A new fault. Raises FaultError."""
        kind = KINDS.get(kind_name) if isinstance(kind_name, str) else None
        if kind is None:
            raise FaultError(f"There is no kind of fault called {kind_name!r}. There are: {', '.join(KINDS)}.")
        fields = read_fields(kind, given)
        fault = Fault(new_id("Ft"), kind.name, fields, fields.get("times") or None, time.monotonic())
        if not kind.at_once:
            self._standing[fault.id] = fault
        self.on_change(fault, True)
        return fault

    def undo(self, fault_id: str | None = None) -> bool:
        """End one fault, or all; whether there was one."""
        gone = [fault for fault in self.standing() if fault_id in (None, fault.id)]
        for fault in gone:
            del self._standing[fault.id]
            self.on_change(fault, False)
        return bool(gone)

    def standing(self) -> list[Fault]:
        """Every standing fault, the oldest first; those whose seconds are over have ended."""
        for fault in list(self._standing.values()):
            if fault.kind == "late" and time.monotonic() - fault.made >= fault.fields["seconds"]:
                del self._standing[fault.id]
        return list(self._standing.values())

    def stands(self, kind: str, **where: str) -> bool:
        """Whether a fault of ``kind`` stands for this method, channel or person."""
        return any(fault.kind == kind and fault.concerns(**where) for fault in self.standing())

    def take(self, kind: str, **where: str) -> Fault | None:
        """The oldest fault of ``kind`` for this place, counted as having happened once more."""
        found = next((fault for fault in self.standing() if fault.kind == kind and fault.concerns(**where)), None)
        if found and found.left is not None:
            found.left -= 1
            if found.left <= 0:
                del self._standing[found.id]
        return found
