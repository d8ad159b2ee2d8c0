"""The team's last word about a priority: it is in place and how it is sustained, or it is taken up again."""

from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.messages import Kind
from planning.people import NotAllowedError, OutsiderError
from planning.plan import Closing, Plan, Priority
from planning.verbs.kept import NotCommittedError, PlanEndedError
from rubric.errors import LeversError


class NotTeamError(NotAllowedError):
    """The team closes its priorities: reviewers and the district do not."""

    def __init__(self) -> None:
        super().__init__("Whether a priority is in place is the school team's word. Nothing was changed.")


class ClosingError(LeversError):
    """What was filled in cannot be kept; `field` names the input at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def close(books: Books, who: str, priority_id: str, how: str, now: datetime) -> Priority:
    """Say that a priority is in place and `how` it is sustained. Said again with the same words, it changes nothing.

    Its actions stay as they are. Raises OutsiderError, NotTeamError, PlanEndedError, NotCommittedError or ClosingError.
    """
    how = how.strip()
    if not how:
        raise ClosingError("how", "Say in a sentence how it is sustained: who keeps it up, and what would show a slip.")
    with books.write() as ledger:
        plan, priority = of_team(ledger, who, priority_id)
        if priority.in_place_at is not None and priority.sustained == how:
            return priority
        since = priority.in_place_at or now
        return _keep(
            ledger, plan, replace(priority, in_place_at=since, sustained=how), Closing(priority.id, who, now, True, how)
        )


def reopen(books: Books, who: str, priority_id: str, why: str, now: datetime) -> Priority:
    """Take a priority up again, with `why`. One that is not in place stays as it is. Raises what `close` raises."""
    why = why.strip()
    if not why:
        raise ClosingError("why", "Say in a sentence what made the team take it up again.")
    with books.write() as ledger:
        plan, priority = of_team(ledger, who, priority_id)
        if priority.in_place_at is None:
            return priority
        again = replace(priority, in_place_at=None, sustained="")
        return _keep(ledger, plan, again, Closing(priority.id, who, now, False, why))


def of_team(ledger: Ledger, who: str, priority_id: str) -> tuple[Plan, Priority]:
    """The live plan and its priority, for one of the school's own. Raises what `close` raises, save ClosingError."""
    priority = ledger.plans.priority(priority_id)
    school = ledger.sessions.load(priority.session).school
    viewer = ledger.people.viewer(who, school)
    if not viewer.knows_school:
        raise OutsiderError
    if not viewer.in_school:
        raise NotTeamError
    plan = ledger.plans.of_session(priority.session)
    if plan is None:
        raise NotCommittedError
    if plan.ended:
        raise PlanEndedError
    return plan, priority


def _keep(ledger: Ledger, plan: Plan, priority: Priority, said: Closing) -> Priority:
    ledger.plans.save_priority(priority)
    ledger.plans.close(said)
    for kind in (Kind.PLAN, Kind.RE_REVIEW):
        ledger.deliveries.refresh(kind, plan.id, said.at)
    return priority
