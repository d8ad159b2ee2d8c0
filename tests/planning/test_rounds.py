"""The rounds go from school to school: where one fails the others go on, and nobody waits for them long."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, update

from planning.messages import Kind
from planning.people import Leadership
from planning.plan import Plan
from planning.verbs import connect, follow, rounds, turns
from planning.verbs.commit import commit
from storage.tables.messages import deliveries
from storage.tables.reviews import schools
from tests.planning.school import NOW, REVIEWER, TEACHERS, School, a_school


@pytest.mark.usefixtures("plan")
def test_a_school_where_the_round_fails_holds_up_none_after_it(school: School) -> None:
    database = school.books.database
    later = a_school(database, code="ZOO", channel="CZOO")
    session = later.drafted()
    commit(later.books, REVIEWER, session.id, session.step, NOW)
    connect.connect(later.books, REVIEWER, "CZOO", later.id, Leadership("UZOO", None, (), (), ()), TEACHERS, NOW)
    with database.write() as conn:
        conn.execute(delete(deliveries))
        conn.execute(update(schools).where(schools.c.id == school.id).values(time_zone="Middle/Earth"))
    with pytest.raises(ExceptionGroup) as failed:
        rounds.make(school.books, NOW)
    # The school's own, and that of its reviewer, who has no month without it.
    assert len(failed.value.exceptions) == 2
    assert later.read(lambda ledger: ledger.deliveries.waiting(Kind.TEAM_CHECK, "CZOO"))
    assert later.read(lambda ledger: ledger.deliveries.waiting(Kind.DIGEST, "UZOO"))


def test_what_is_too_late_is_passed_over_in_batches_of_a_transaction_each(
    school: School, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow.accept(school.books, "UBEN", plan.actions[1].id, NOW)
    monkeypatch.setattr(turns, "LATE_AT_ONCE", 1)
    passed, engine = [0], school.books.database.engine

    def heard(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        passed[-1] += statement.startswith("UPDATE reminders SET passed_over")

    def ended(_conn: Any) -> None:
        passed.append(0)

    event.listen(engine, "before_cursor_execute", heard)
    event.listen(engine, "commit", ended)
    rounds.make(school.books, NOW + timedelta(days=30))
    event.remove(engine, "before_cursor_execute", heard)
    event.remove(engine, "commit", ended)
    assert sum(passed) > 1 and max(passed) == 1
