"""How actions stand, in words."""

from collections import Counter
from collections.abc import Sequence

from bot.sentences import listing, say_plain, short_day
from planning.plan import Action, Status


def stands(action: Action) -> str:
    """How one action stands."""
    if _ownerless(action):
        return say_plain("follow.status_handed_back")
    if _status(action) is Status.PROPOSED:
        return say_plain("follow.status_waiting")
    if action.snoozed_until is not None and action.status.open:
        return say_plain("rest.stands_snoozed", status=action.status.value, until=short_day(action.snoozed_until))
    return action.status.value


def counts(under: Sequence[Action]) -> str:
    """How many actions stand how, in the order of the statuses; those that nobody owns any more come last."""
    found = Counter("" if _ownerless(action) else _status(action) for action in under)
    parts = [
        say_plain("follow.status_count", number=found[status], status=status.value)
        for status in Status
        if found[status]
    ]
    return listing([*parts, *([say_plain("follow.ownerless_count", number=found[""])] if found[""] else [])])


def _ownerless(action: Action) -> bool:
    return action.refused and not action.offered_to


def _status(action: Action) -> Status:
    """What was handed back or left behind, and somebody is asked to take on, is proposed again."""
    return Status.PROPOSED if action.waiting else action.status
