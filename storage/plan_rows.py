"""Priorities and actions as the rows that they are kept in."""

from collections.abc import Mapping
from typing import Any

from planning.plan import Action, Cadence, Priority, Status, Step
from rubric.rubric import IndicatorId

Row = Mapping[str, Any]


def priority_row(priority: Priority) -> Row:
    """What a priority's row holds."""
    return {
        "id": priority.id,
        "session_id": priority.session,
        "place": priority.place,
        "domain": priority.indicator.domain,
        "indicator": priority.indicator.name,
        "level": priority.level,
        "root_cause": priority.root_cause,
        "goal": priority.goal,
        "target_level": priority.target_level,
        "measure": priority.measure,
        "in_place_at": priority.in_place_at,
        "sustained": priority.sustained,
    }


def action_row(action: Action) -> Row:
    """What an action's row holds."""
    step = action.step
    return {
        "id": action.id,
        "priority_id": action.priority,
        "session_id": action.session,
        "place": action.place,
        "text": step.text,
        "owner": step.owner,
        "supporters": list(step.supporters),
        "due": step.due,
        "cadence": step.cadence.value,
        "resources": step.resources,
        "shown_by": step.shown_by,
        "status": action.status.value,
        "refused": action.refused,
        "offered_to": action.offered_to,
        "updated_at": action.updated_at,
        "outside": step.outside,
        "link": action.link,
        "asked_at": action.asked_at,
        "taken_out": action.taken_out,
        "carried_at": action.carried_at,
        "snoozed_until": action.snoozed_until,
    }


def priority_of(row: Any) -> Priority:
    """The priority that a row holds."""
    return Priority(
        row.id,
        row.session_id,
        row.place,
        IndicatorId(row.domain, row.indicator),
        row.level,
        row.root_cause,
        row.goal,
        row.target_level,
        row.measure,
        row.in_place_at,
        row.sustained,
    )


def action_of(row: Any) -> Action:
    """The action that a row holds."""
    supporters, cadence = tuple(row.supporters), Cadence(row.cadence)
    step = Step(row.text, row.owner, row.due, cadence, supporters, row.resources, row.shown_by, row.outside)
    return Action(
        row.id,
        row.priority_id,
        row.session_id,
        row.place,
        step,
        Status(row.status),
        row.refused,
        row.offered_to,
        row.updated_at,
        row.link,
        row.asked_at,
        row.taken_out,
        row.carried_at,
        row.snoozed_until,
    )
