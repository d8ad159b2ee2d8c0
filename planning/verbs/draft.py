"""Drafting the plan: what each priority is about, and the actions under it."""

from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.phases import Phase
from planning.plan import Action, Priority, Step, StepError, checked_step
from planning.session import Session
from planning.verbs.guard import entered, in_phase, show
from rubric.errors import LeversError


class DescriptionError(LeversError):
    """A priority's field is missing or wrong; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def describe(
    books: Books, who: str, priority_id: str, root_cause: str, goal: str, target_level: str, measure: str, now: datetime
) -> Priority:
    """Write down what a priority is about. Raises DescriptionError for an empty text or a target below its level."""
    for field, text in (("root_cause", root_cause), ("goal", goal), ("measure", measure)):
        if not text.strip():
            raise DescriptionError(field, "A sentence is enough, but it needs one.")
    with books.write() as ledger:
        priority = ledger.plans.priority(priority_id)
        session = _drafting(ledger, priority.session, who)
        rubric = ledger.reviews.load(session.review).rubric
        if target_level not in rubric.levels or rubric.rank_of(target_level) < rubric.rank_of(priority.level):
            raise DescriptionError("target_level", f"Choose {priority.level} or a higher level.")
        described = replace(
            priority,
            root_cause=root_cause.strip(),
            goal=goal.strip(),
            target_level=target_level,
            measure=measure.strip(),
        )
        ledger.plans.save_priority(described)
        show(ledger, session, now)
        return described


def add_action(books: Books, who: str, priority_id: str, step: Step, request: str, now: datetime) -> Action:
    """Add an action under a priority. `request` identifies the submission, so that a retried one adds nothing twice.

    Raises StepError for an empty text, a past date, or people outside the school.
    """
    with books.write() as ledger:
        priority = ledger.plans.priority(priority_id)
        session = _drafting(ledger, priority.session, who)
        kept = checked_step(step, ledger.schools.calendar(session.school).today(now))
        there = ledger.plans.actions(session.id)
        same = next((action for action in there if action.id == request), None)
        if same is not None:
            return same
        _not_twice(there, priority_id, kept)
        _within_school(ledger, session, kept)
        action = Action(request, priority.id, session.id, 1 + max((a.place for a in there), default=0), kept)
        ledger.plans.add_action(action)
        show(ledger, session, now)
        return action


def edit_action(books: Books, who: str, action_id: str, step: Step, now: datetime) -> Action:
    """Change a drafted action. Raises StepError as `add_action` does."""
    with books.write() as ledger:
        action = ledger.plans.action(action_id)
        session = _drafting(ledger, action.session, who)
        kept = checked_step(step, ledger.schools.calendar(session.school).today(now))
        _within_school(ledger, session, kept)
        changed = replace(action, step=kept)
        ledger.plans.save_action(changed)
        show(ledger, session, now)
        return changed


def remove_action(books: Books, who: str, action_id: str, now: datetime) -> Session:
    """Take a drafted action out of the plan."""
    with books.write() as ledger:
        session = _drafting(ledger, ledger.plans.action(action_id).session, who)
        ledger.plans.remove_action(action_id)
        show(ledger, session, now)
        return session


def _drafting(ledger: Ledger, session_id: str, who: str) -> Session:
    session, _ = entered(ledger, session_id, who)
    return in_phase(session, Phase.PLAN)


def _within_school(ledger: Ledger, session: Session, step: Step) -> None:
    for field, people in (("owner", (step.owner,)), ("supporters", step.supporters)):
        for person in people:
            if not ledger.people.viewer(person, session.school).knows_school:
                raise StepError(
                    field, "Choose people of the school's team or its leaders: others may not see the plan."
                )


def _not_twice(there: tuple[Action, ...], priority_id: str, step: Step) -> None:
    if any(a.priority == priority_id and a.step.text == step.text and a.step.owner == step.owner for a in there):
        raise StepError("text", "This action is there already, with the same owner.")
