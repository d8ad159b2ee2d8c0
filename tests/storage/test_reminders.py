"""Why people are asked, row by row: one row an occasion, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from planning.messages import Reminder
from planning.verbs.commit import commit
from storage.database import Database
from storage.tables.messages import reminders
from tests.planning.school import NOW, REVIEWER, a_school

DAY = date(2027, 1, 13)


def test_an_occasion_is_one_row_whether_it_is_given_twice_at_once_or_one_after_the_other(database: Database) -> None:
    school = a_school(database)
    session = school.drafted()
    action = commit(school.books, REVIEWER, session.id, session.step, NOW).actions[0].id
    one = Reminder("one", "UANA", action, DAY, DAY, "America/Chicago", NOW + timedelta(weeks=6))
    for _ in range(2):
        with school.books.write() as ledger:
            added = ledger.reminders.add(one, replace(one, id="the same"), replace(one, id="other", planned=date.max))
            assert [new.id for new in added] in (["one", "other"], [])
    with database.read() as conn:
        assert conn.scalar(select(func.count()).select_from(reminders).where(reminders.c.action_id == action)) == 2
