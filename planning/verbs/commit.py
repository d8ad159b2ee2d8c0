"""Committing the plan: published at once, its owners asked to accept, its ballots reduced to totals."""

from dataclasses import replace
from datetime import datetime

from planning.ledger import Books, Ledger
from planning.messages import Kind, Wanted
from planning.phases import Phase
from planning.plan import Plan
from planning.session import EndedError, Session, State
from planning.verbs.ask import ask
from planning.verbs.guard import current, entered, facilitated, in_phase
from planning.verbs.vote import AFTER_THE_CARD
from planning.verbs.year_end import want_year_end


def commit(books: Books, who: str, session_id: str, step: int, now: datetime) -> Plan:
    """End the session with a plan: the plan is the school's live one from now on, and each owner is asked in private.

    Pressed again, it returns the plan that is there. Raises MovedOnError for an old card, NotReadyError never:
    the phase before made sure that nothing is missing.
    """
    with books.write() as ledger:
        session, _ = entered(ledger, session_id, who)
        facilitated(session, who)
        committed = ledger.plans.of_session(session.id)
        if committed is not None:
            return committed
        if session.ended:
            raise EndedError(session)
        in_phase(current(session, step), Phase.COMMIT)
        return _commit(ledger, session, who, now)


def _commit(ledger: Ledger, session: Session, who: str, now: datetime) -> Plan:
    plan = Plan(ledger.new_id(), session.school, session.id, session.review, session.channel, who, now)
    before = ledger.plans.live(session.school)
    if before is not None:
        for action in before.actions:
            ledger.reminders.withdraw(action.id, now)
    ledger.plans.forget_taken_out(session.id)
    ledger.plans.commit(plan)
    ledger.ballots.forget(session)
    ledger.sessions.save(replace(session, state=State.COMMITTED))
    ledger.deliveries.refresh(Kind.CARD, session.id, now)
    ledger.deliveries.refresh(Kind.CONNECTED, session.school, now)
    ledger.deliveries.want(Wanted(Kind.PLAN, session.channel, plan.id, plan.id, now))
    ledger.deliveries.want(Wanted(Kind.DOCUMENTS, session.channel, plan.id, plan.id, now + AFTER_THE_CARD))
    kept = ledger.plans.load(plan.id)
    ask(ledger, kept, kept.actions, plan.id, now)
    want_year_end(ledger, session.school, now)
    return ledger.plans.load(plan.id)
