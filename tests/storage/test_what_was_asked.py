"""A question that was answered, or asked anew, is not open any more in any message that asked it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from planning.plan import Cadence, Status
from planning.verbs import follow
from planning.verbs.commit import commit
from planning.verbs.kept import RECENT
from storage.database import Database
from storage.tables.messages import deliveries, reminders
from tests.planning.school import NOW, REVIEWER, School, a_school
from tests.storage.test_school_time import CHICAGO, live


def test_a_monthly_question_is_closed_wherever_it_stood_however_many_messages_came_since(database: Database) -> None:
    school = a_school(database)
    session = school.drafted(("UANA", "UANA"))
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    weekly, monthly = plan.actions
    with school.books.write() as ledger:
        ledger.plans.save_action(replace(monthly, step=replace(monthly.step, cadence=Cadence.MONTHLY)))
    for action in plan.actions:
        follow.accept(school.books, "UANA", action.id, NOW)
    now = NOW
    while now < datetime(2027, 3, 1, tzinfo=CHICAGO):
        live(school, now + timedelta(days=7), now)
        now += timedelta(days=7)
        follow.check_in(school.books, "UANA", weekly.id, Status.ON_TRACK, "", now)
    asked = carrying(school, monthly.id)
    assert len(carrying(school, weekly.id)) > len(asked) + RECENT
    before = wanted(school)
    follow.check_in(school.books, "UANA", monthly.id, Status.ON_TRACK, "", now)
    after = wanted(school)
    # The oldest of the four says already that it was asked again.
    assert sum(after[one] > before[one] for one in asked) == RECENT == len(asked) - 1
    others = set(carrying(school, weekly.id)) - set(asked)
    assert all(after[one] == before[one] for one in others)


def carrying(school: School, action: str) -> list[str]:
    """The messages that asked about an action."""
    query = select(reminders.c.carried_by).where(reminders.c.action_id == action, reminders.c.carried_by.is_not(None))
    with school.books.database.read() as conn:
        return list(conn.scalars(query.distinct()))


def wanted(school: School) -> dict[str, int]:
    """How often each message was wanted."""
    with school.books.database.read() as conn:
        return {row.id: row.wanted for row in conn.execute(select(deliveries.c.id, deliveries.c.wanted))}
