"""Drafting the plan: what each priority is about, and the actions under it, by many people at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.phases import Phase
from planning.plan import (
    Action,
    ActionNotFoundError,
    ChangedMeanwhileError,
    Priority,
    Step,
    StepError,
    checked_step,
)
from planning.remarks import Deed
from planning.session import Session
from planning.verbs.guard import entered, in_phase, show, tell
from planning.verbs.leadership import own_leader_of
from rubric.errors import LeversError


class DescriptionError(LeversError):
    """A priority's field is missing or wrong; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class DescribedMeanwhileError(LeversError):
    """Somebody else described the priority while this person had it open; `priority` is as it stands now."""

    def __init__(self, priority: Priority) -> None:
        self.priority = priority
        super().__init__("Somebody described this priority meanwhile. Close this and open it again to see how.")


def describe(
    books: Books,
    who: str,
    priority_id: str,
    root_cause: str,
    goal: str,
    target_level: str,
    measure: str,
    now: datetime,
    *,
    seen: str = "",
) -> Priority:
    """Write down what a priority is about; `seen` is the mark of what the person had before them.

    Raises DescriptionError for an empty text or a target below its level, DescribedMeanwhileError where it is another
    by now.
    """
    for field, text in (("root_cause", root_cause), ("goal", goal), ("measure", measure)):
        if not text.strip():
            raise DescriptionError(field, "A sentence is enough, but it needs one.")
    with books.write() as ledger:
        priority = ledger.plans.priority(priority_id)
        session = _drafting(ledger, priority.session, who)
        rubric = ledger.reviews.rubric(session.review)
        if target_level not in rubric.levels or rubric.rank_of(target_level) < rubric.rank_of(priority.level):
            raise DescriptionError("target_level", f"Choose {priority.level} or a higher level.")
        described = replace(
            priority,
            root_cause=root_cause.strip(),
            goal=goal.strip(),
            target_level=target_level,
            measure=measure.strip(),
        )
        if seen and seen != priority.mark and described != priority:
            raise DescribedMeanwhileError(priority)
        ledger.plans.save_priority(described)
        tell(ledger, session, Deed.DESCRIBED, who, session.called(priority.indicator), now)
        show(ledger, session, now)
        return described


def add_action(
    books: Books, who: str, priority_id: str, step: Step, request: str, now: datetime, link: str = ""
) -> Action:
    """Add an action under a priority. `request` identifies the submission, so that a retried one adds nothing twice.

    `link` leads to the message it was made from. Raises StepError for an empty text, a past date, or people outside
    the school.
    """
    with books.write() as ledger:
        priority = ledger.plans.priority(priority_id)
        session = _drafting(ledger, priority.session, who)
        there = ledger.plans.actions(session.id, taken_out=True)
        same = next((action for action in there if action.id == request), None)
        if same is not None:
            return same
        kept = filled_in(ledger, session.school, session.facilitator, step, now)
        not_twice(there, priority_id, kept)
        action = Action(request, priority.id, session.id, next_place(there), kept, link=link)
        ledger.plans.save_action(action)
        tell(ledger, session, Deed.ADDED, who, kept.text, now)
        show(ledger, session, now)
        return action


def edit_action(
    books: Books, who: str, action_id: str, step: Step, now: datetime, *, seen: str = "", priority: str = ""
) -> Action:
    """Change a drafted action, and move it under `priority` where that is another one.

    `seen` is the mark of what the person had before them. Raises ChangedMeanwhileError where it is not that any more,
    StepError as `add_action` does.
    """
    with books.write() as ledger:
        action, session = _drafted(ledger, action_id, who)
        kept = filled_in(ledger, session.school, session.facilitator, step, now)
        if seen and seen != action.step.mark and kept != action.step:
            raise ChangedMeanwhileError
        changed = replace(action, step=kept)
        if priority and priority != action.priority:
            there = ledger.plans.actions(session.id, taken_out=True)
            changed = put_under(changed, priority, ledger.plans.priorities(session.id), there)
        if changed != action:
            tell(ledger, session, Deed.CHANGED, who, kept.text, now)
        ledger.plans.save_action(changed)
        show(ledger, session, now)
        return changed


def place_action(books: Books, who: str, action_id: str, position: int, now: datetime) -> tuple[Action, ...]:
    """Set where an action stands under its priority (1 is first); returns all of that priority's, in their new order.

    Setting it twice is setting it once: a double click moves nothing twice.
    """
    with books.write() as ledger:
        action, session = _drafted(ledger, action_id, who)
        under = [one for one in ledger.plans.actions(session.id) if one.priority == action.priority]
        others = [one for one in under if one.id != action.id]
        at = min(max(position, 1), len(under)) - 1
        ordered = [*others[:at], action, *others[at:]]
        places = [one.place for one in under]
        moved = tuple(replace(one, place=place) for one, place in zip(ordered, places, strict=True))
        for one in moved:
            ledger.plans.save_action(one)
        show(ledger, session, now)
        return moved


def remove_action(books: Books, who: str, action_id: str, now: datetime) -> Action:
    """Take a drafted action out of the plan; until the commit it can be put back."""
    return _set_out(books, who, action_id, True, now)


def restore_action(books: Books, who: str, action_id: str, now: datetime) -> Action:
    """Put back, where it stood, an action that was taken out; one that is there stays."""
    return _set_out(books, who, action_id, False, now)


def filled_in(ledger: Ledger, school: str, facilitator: str, step: Step, now: datetime) -> Step:
    """A step that may be kept: checked, and its people of the school.

    The leader owns what somebody outside does; where the school has none, `facilitator`. Raises StepError.
    """
    kept = checked_step(step, ledger.schools.calendar(school).today(now))
    if kept.outside:
        owner = own_leader_of(ledger, school) or facilitator
        kept = replace(kept, owner=owner, supporters=tuple(one for one in kept.supporters if one != owner))
    of_school(ledger, school, "owner", (kept.owner,))
    of_school(ledger, school, "supporters", kept.supporters)
    return kept


def of_school(ledger: Ledger, school: str, field: str, people: Iterable[str]) -> None:
    """Raise StepError at `field` where one of `people` does not belong to the school."""
    for person in people:
        if not ledger.people.viewer(person, school).knows_school:
            raise StepError(field, "Choose people of the school's team or its leaders: others may not see the plan.")


def not_twice(there: Sequence[Action], priority_id: str, step: Step) -> None:
    """Raise StepError where the same action stands under the priority already, with the same owner."""
    same = (step.text, step.owner, step.outside)
    for one in there:
        there_already = one.priority == priority_id and not one.taken_out and one.status.open
        if there_already and (one.step.text, one.step.owner, one.step.outside) == same:
            raise StepError("text", "This action is there already, with the same owner.")


def put_under(action: Action, priority_id: str, priorities: Sequence[Priority], there: Sequence[Action]) -> Action:
    """The action as the last one under another of the plan's `priorities`. Raises StepError for none of them."""
    if priority_id not in {one.id for one in priorities}:
        raise StepError("priority", "Choose one of the priorities of this plan.")
    return replace(action, priority=priority_id, place=next_place(there))


def next_place(there: Sequence[Action]) -> int:
    """The place after all of these."""
    return 1 + max((action.place for action in there), default=0)


def _set_out(books: Books, who: str, action_id: str, out: bool, now: datetime) -> Action:
    with books.write() as ledger:
        action = ledger.plans.action(action_id)
        session = _drafting(ledger, action.session, who)
        changed = replace(action, taken_out=out)
        if changed != action:
            tell(ledger, session, Deed.REMOVED if out else Deed.RESTORED, who, action.step.text, now)
        ledger.plans.save_action(changed)
        show(ledger, session, now)
        return changed


def _drafted(ledger: Ledger, action_id: str, who: str) -> tuple[Action, Session]:
    action = ledger.plans.action(action_id)
    session = _drafting(ledger, action.session, who)
    if action.taken_out:
        raise ActionNotFoundError
    return action, session


def _drafting(ledger: Ledger, session_id: str, who: str) -> Session:
    session, _ = entered(ledger, session_id, who)
    return in_phase(session, Phase.PLAN)
