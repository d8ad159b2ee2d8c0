"""Reading a plan's document out of the books, as far as its reader may see."""

from datetime import date

from bot.documents.content import PlanDocument, plan_document
from planning.ledger import Ledger
from planning.plan import CheckIn, Plan


def read_document(ledger: Ledger, plan: Plan, *, owners: bool, standing: bool = False) -> PlanDocument:
    """The content of `plan`, with people under their ids; `owners` and `standing` as in `plan_document`.

    A channel may get no more than the plan as it was agreed: however late that is posted, no name is beside a status.
    """
    school, committed, reviewed = about(ledger, plan)
    return plan_document(
        plan,
        school=school,
        code=ledger.schools.load(plan.school).code,
        reviewed=reviewed,
        committed=committed,
        deferred=ledger.sessions.load(plan.session).deferred,
        last=last_notes(ledger, plan),
        owners=owners,
        standing=standing,
    )


def last_notes(ledger: Ledger, plan: Plan) -> dict[str, CheckIn]:
    """By action, the last note that its owner wrote: what somebody else wrote is not said beside the owner's name."""
    owners = {action.id: action.step.owner for action in plan.actions}
    return {
        one.action: one for one in ledger.plans.check_ins(plan.session) if one.note and owners[one.action] == one.person
    }


def about(ledger: Ledger, committed: Plan) -> tuple[str, date, date]:
    """What stands over a plan: the school's name, the local date of its commit, and the date of its review."""
    calendar = ledger.schools.calendar(committed.school)
    reviewed = ledger.reviews.load(committed.review).review.date
    return ledger.schools.load(committed.school).name, calendar.today(committed.committed_at), reviewed
