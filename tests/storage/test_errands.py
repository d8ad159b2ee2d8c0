"""What a change leaves to be done after it is kept with it, and run once by whoever comes to it, as of its moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest

from planning.errands import What
from planning.messages import Kind
from planning.plan import Action, NotOwnerError, Status
from planning.school_days import DayKind, Days
from planning.verbs import amend, commit, follow, rest, school_time
from storage.books import WorkspaceBooks
from storage.database import Database
from tests.planning.school import NOW, PRINCIPAL, REVIEWER, School, a_school
from tests.storage.at_once import at_once

ANA, BEN = "UANA", "UBEN"
LATER = NOW + timedelta(minutes=5)
BREAK = Days(date(2026, 12, 7), date(2026, 12, 18), DayKind.CLOSED, "Storm")

Deed = Callable[[WorkspaceBooks, Action, str], Any]
DEEDS: dict[str, Deed] = {
    "asks for help": lambda at, its, _: follow.check_in(at, ANA, its.id, Status.BLOCKED, "", LATER, helper=BEN),
    "snoozes": lambda at, its, _: rest.snooze(at, ANA, its.id, date(2027, 1, 20), LATER),
    "goes away": lambda at, _its, _: rest.go_away(at, ANA, date(2027, 1, 20), NOW.date(), LATER),
    "hands over": lambda at, its, _: follow.offer(at, ANA, its.id, BEN, LATER),
    "sets another date": lambda at, its, _: amend.change(
        at, ANA, its.id, replace(its.step, due=date(2027, 3, 1)), "Snow", LATER, owned_only=True
    ),
    "closes the school": lambda at, _, school: school_time.add_days(at, PRINCIPAL, school, BREAK, LATER),
}


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


def owned(school: School) -> Action:
    """What Ana owns in a committed plan; she and Ben have taken theirs on."""
    session = school.drafted()
    commit.commit(school.books, REVIEWER, session.id, session.step, NOW)
    plan = school.read(lambda ledger: ledger.plans.live(school.id))
    for action in plan.actions:
        follow.accept(school.books, action.step.owner, action.id, NOW)
    return next(one for one in plan.actions if one.step.owner == ANA)  # type: ignore[no-any-return]


def dying(school: School) -> WorkspaceBooks:
    """The books of a process that dies as soon as a change is kept."""
    return replace(school.books, after=lambda _run_errands: None)


def left(school: School) -> list[What]:
    """Which errands are still to be run."""
    return [errand.what for errand in school.read(lambda ledger: ledger.errands.left())]


def to_come(school: School) -> set[tuple[Any, ...]]:
    """Everything that people are to be asked and told, and when."""

    def found(ledger: Any) -> set[tuple[Any, ...]]:
        asked = {(row.person, row.reason, row.planned, row.due_at) for row in ledger.reminders.to_come(NOW)}
        return asked | {(one.wanted.kind, one.wanted.recipient, one.wanted.due) for one in ledger.deliveries.held(NOW)}

    return school.read(found)  # type: ignore[no-any-return]


@pytest.mark.parametrize("does", DEEDS)
def test_what_a_process_left_that_died_is_done_days_later_as_if_it_had_lived(database: Database, does: str) -> None:
    lives, dies = a_school(database), a_school(database, "T2")
    for school, books in ((lives, lives.books), (dies, dying(dies))):
        DEEDS[does](books, owned(school), school.id)
    assert left(dies) and not left(lives)
    assert to_come(dies) != to_come(lives), "there is something to be done"
    dies.books.run_errands()
    assert to_come(dies) == to_come(lives) and not left(dies)


def test_what_several_processes_come_to_at_once_is_done_once(school: School) -> None:
    action = owned(school)
    follow.offer(dying(school), ANA, action.id, BEN, LATER)
    follow.check_in(dying(school), ANA, action.id, Status.BLOCKED, "", LATER, helper=PRINCIPAL)
    assert at_once([school.books.run_errands] * 4) == [None] * 4
    assert not left(school)
    asked = school.read(lambda ledger: ledger.deliveries.about(Kind.HELP_WANTED, action.id))
    assert [one.wanted.recipient for one in asked] == [PRINCIPAL]


def test_a_change_that_is_refused_leaves_nothing_to_be_done(school: School) -> None:
    action = owned(school)
    with pytest.raises(NotOwnerError):
        follow.check_in(dying(school), BEN, action.id, Status.DONE, "It is", LATER)
    assert not left(school)


def test_an_errand_that_fails_stays_and_holds_up_none_of_the_others(school: School) -> None:
    action = owned(school)
    with dying(school).write() as ledger:
        ledger.errands.leave(What.ASK, "an action that nobody knows", BEN, "1", at=LATER)
    follow.check_in(dying(school), ANA, action.id, Status.BLOCKED, "", LATER, helper=PRINCIPAL)
    with pytest.raises(ExceptionGroup):
        school.books.run_errands()
    assert left(school) == [What.ASK]
    assert school.read(lambda ledger: ledger.deliveries.about(Kind.HELP_WANTED, action.id))


def test_whoever_is_offered_an_action_that_somebody_else_has_by_then_is_not_asked(school: School) -> None:
    action = owned(school)
    follow.offer(dying(school), ANA, action.id, BEN, LATER)
    follow.offer(dying(school), PRINCIPAL, action.id, "UCLEO", LATER)
    school.books.run_errands()
    plan = school.read(lambda ledger: ledger.plans.live(school.id))
    asked = school.read(lambda ledger: ledger.deliveries.about(Kind.ACCEPTANCE, f"{plan.id}/{action.id}"))
    assert {one.wanted.recipient for one in asked} == {"UCLEO"}


def test_one_errand_of_a_workspace_is_run_at_a_time(school: School) -> None:
    action = owned(school)
    for helper in (PRINCIPAL, BEN):
        follow.check_in(dying(school), ANA, action.id, Status.BLOCKED, "", LATER, helper=helper)
    first, *_, last = school.read(lambda ledger: ledger.errands.left())
    taken = Event()

    def another() -> None:
        with school.books.write() as ledger:
            assert ledger.errands.take(last)
        taken.set()

    with ThreadPoolExecutor(1) as pool:
        with school.books.write() as ledger:
            assert ledger.errands.take(first)
            waits = pool.submit(another)
            assert not taken.wait(0.3)
        waits.result(30)
    assert taken.is_set()
