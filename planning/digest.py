"""What a leader reads about one school's week: what moved, what and who is stuck, and one thing they could do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from planning.plan import Action, CheckIn, Plan, Status

SOON = timedelta(days=7)


class Move(StrEnum):
    """What a leader could do about an action, the most pressing first."""

    REASSIGN = "reassign"
    UNBLOCK = "unblock"
    ASK = "ask"
    THANK = "thank"


@dataclass(frozen=True, slots=True)
class Week:
    """One school's, for its `reader`. `silent` are owners who left two messages unanswered; `passed_over` are open
    actions that nobody was asked about because Levers had stopped; `away` are owners with the local date they are back
    on. It is `endless` where nobody has said when the school year ends."""

    plan: Plan
    moved: tuple[tuple[Action, CheckIn], ...] = ()
    blocked: tuple[Action, ...] = ()
    overdue: tuple[Action, ...] = ()
    ownerless: tuple[Action, ...] = ()
    due_soon: tuple[Action, ...] = ()
    silent: tuple[str, ...] = ()
    newly_stuck: bool = False
    passed_over: tuple[Action, ...] = ()
    away: tuple[tuple[str, date], ...] = ()
    endless: bool = False
    reader: str = ""

    @property
    def worth_telling(self) -> bool:
        """False where nothing moved and nothing is due: nobody needs a message that says so."""
        return bool(self.moved or self.due_soon or self.newly_stuck or self.passed_over)

    @property
    def could(self) -> tuple[Move, Action] | None:
        """The one thing that would help most, with the action that it is about: never one of the reader's own."""
        done = [action for action, said in self.moved if said.status is Status.DONE]
        on_track = [action for action, said in self.moved if said.status is Status.ON_TRACK]
        about = (
            (Move.REASSIGN, self.ownerless),
            (Move.UNBLOCK, self.blocked),
            (Move.ASK, self.overdue),
            (Move.THANK, (*done, *on_track)),
        )
        for move, actions in about:
            for action in actions:
                if move is Move.REASSIGN or action.step.owner != self.reader:
                    return move, action
        return None


def week_of(
    plan: Plan,
    check_ins: Iterable[CheckIn],
    today: date,
    since: datetime,
    until: datetime,
    silent: Sequence[tuple[str, datetime]] = (),
    passed_over: frozenset[str] = frozenset(),
    away: Sequence[tuple[str, date]] = (),
    reader: str = "",
) -> Week:
    """Sum up what happened between two moments, and how `plan` stands on the local date `today`.

    `silent` are owners with the moment they were last asked at, `passed_over` ids of actions, `away` owners with the
    local date they are back on.
    """
    actions = {action.id: action for action in plan.actions}
    said: dict[str, CheckIn] = {}
    for one in check_ins:
        if since < one.at <= until and one.action in actions:
            said.pop(one.action, None)
            said[one.action] = one
    going = [action for action in plan.actions if action.status.open]
    ownerless = tuple(action for action in going if action.refused and not action.offered_to)
    theirs = [action for action in going if action.taken_on]
    newly_overdue = any(today - SOON <= action.step.due < today for action in theirs)
    return Week(
        plan,
        moved=tuple((actions[name], one) for name, one in said.items()),
        blocked=tuple(action for action in theirs if action.status is Status.BLOCKED),
        overdue=_soonest_due(action for action in theirs if action.overdue(today)),
        ownerless=ownerless,
        due_soon=_soonest_due(action for action in theirs if today <= action.step.due <= today + SOON),
        silent=tuple(person for person, _ in silent),
        newly_stuck=bool(ownerless) or newly_overdue or any(at > since for _, at in silent),
        passed_over=tuple(action for action in theirs if action.id in passed_over),
        away=tuple(away),
        reader=reader,
    )


def _soonest_due(actions: Iterable[Action]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: action.step.due))
