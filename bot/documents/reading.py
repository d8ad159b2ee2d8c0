"""Reading a plan's document out of the books, as far as its reader may see."""

from datetime import date

from bot.documents.content import PlanDocument, plan_document
from planning.ledger import Ledger
from planning.plan import Plan


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
        last={check_in.action: check_in for check_in in ledger.plans.check_ins(plan.session) if check_in.note},
        owners=owners,
        standing=standing,
    )


def about(ledger: Ledger, committed: Plan) -> tuple[str, date, date]:
    """What stands over a plan: the school's name, the local date of its commit, and the date of its review."""
    calendar = ledger.schools.calendar(committed.school)
    reviewed = ledger.reviews.load(committed.review).review.date
    return ledger.schools.load(committed.school).name, calendar.today(committed.committed_at), reviewed
