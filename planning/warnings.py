"""Gentle warnings about a plan: said once, on the card, and never in the way."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.action_verbs import says_what_is_done
from planning.calendar import SchoolCalendar
from planning.checkins import asked_on, first_check_in
from planning.plan import Action

MANY_ACTIONS = 3
"""From the fourth action on, one person owns too much."""


class Caution(StrEnum):
    """What a team may want to look at again."""

    DUE_WHEN_CLOSED = "due when closed"
    OWNS_MUCH = "owns much"
    DUE_BEFORE_CHECK_IN = "due before the first check-in"
    NOTHING_SHOWS_IT = "nothing shows it"
    NO_VERB = "no verb"


@dataclass(frozen=True, slots=True)
class Warning:
    """One caution about one action, or about one person's load; `detail` is the closure's name or the count."""

    caution: Caution
    action: Action | None = None
    person: str = ""
    detail: str = ""


def warnings(actions: tuple[Action, ...], calendar: SchoolCalendar, today: date) -> tuple[Warning, ...]:
    """All cautions about `actions`, by action first, then by person; `today` is the local date at the school."""
    found: list[Warning] = []
    for action in actions:
        if closed := calendar.closed_for(action.step.due):
            found.append(Warning(Caution.DUE_WHEN_CLOSED, action, detail=closed))
        elif action.step.due < asked_on(first_check_in(today, action.step.cadence), calendar):
            found.append(Warning(Caution.DUE_BEFORE_CHECK_IN, action))
        if not action.step.shown_by:
            found.append(Warning(Caution.NOTHING_SHOWS_IT, action))
        if not says_what_is_done(action.step.text):
            found.append(Warning(Caution.NO_VERB, action))
    loads = Counter(action.step.owner for action in actions if not action.step.outside)
    found += [Warning(Caution.OWNS_MUCH, None, owner, str(n)) for owner, n in loads.items() if n > MANY_ACTIONS]
    return tuple(found)
