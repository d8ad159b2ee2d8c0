"""Transactions that meet wait their turn: nobody is told of a deadlock, and what was decided first counts."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from planning.messages import Kind
from planning.plan import ActionNotFoundError, PriorityNotFoundError, Status
from planning.verbs import draft, follow
from planning.verbs.commit import commit
from planning.verbs.replan import replan_in_its_zone
from planning.verbs.turns import after_check_in, hold_before
from storage.claim import begin, claim, sent
from storage.database import Database
from storage.plans import Plans
from storage.tables.messages import deliveries, reminders
from tests.planning.school import NOW, REVIEWER, School, a_school, step

BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.fixture
def school(database: Database) -> School:
    """The small school, on each database."""
    return a_school(database)


def in_turn(school: School, first: Callable[[Any], None], second: Callable[[], Any]) -> Any:
    """Start `first`, let `second` run into it, finish `first`; what came of `second`, an error as itself."""
    came: list[Any] = []

    def meet() -> None:
        try:
            came.append(second())
        except Exception as error:
            came.append(error)

    other = threading.Thread(target=meet)
    with school.books.write() as ledger:
        ledger.sessions.load(school.read(lambda one: one.sessions.open_at(school.id)).id)
        other.start()
        if not school.books.database.embedded:
            _until_blocked(school.books.database)
        first(ledger)
    other.join()
    return came[0]


def _until_blocked(database: Database) -> None:
    over = time.monotonic() + 10
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        while not conn.scalar(text(BLOCKED)):
            assert time.monotonic() < over, "nobody came to wait"
            time.sleep(0.01)


def drafting(school: School) -> tuple[Any, Any]:
    """The two priorities of a session; the second has the action "r"."""
    session = school.planning()
    first, second = school.read(lambda ledger: ledger.plans.priorities(session.id))
    draft.add_action(school.books, "UANA", second.id, step("UANA"), "r", NOW)
    return first, second


@pytest.mark.parametrize("late", ["edit", "remove"])
def test_a_change_to_an_action_that_is_chosen_away_meanwhile_finds_it_gone(school: School, late: str) -> None:
    first, _ = drafting(school)
    deeds = {
        "edit": lambda: draft.edit_action(school.books, "UANA", "r", step("UBEN"), NOW),
        "remove": lambda: draft.remove_action(school.books, "UANA", "r", NOW),
    }
    came = in_turn(school, lambda ledger: ledger.plans.choose(first.session, [first]), deeds[late])
    assert isinstance(came, ActionNotFoundError)
    assert school.read(lambda ledger: ledger.plans.actions(first.session)) == ()


@pytest.mark.parametrize("late", ["describe", "add"])
def test_words_about_a_priority_that_is_chosen_away_meanwhile_do_not_bring_it_back(school: School, late: str) -> None:
    first, second = drafting(school)
    deeds = {
        "describe": lambda: draft.describe(school.books, "UANA", second.id, "Why", "What for", "Mastering", "How", NOW),
        "add": lambda: draft.add_action(school.books, "UANA", second.id, step("UBEN"), "r2", NOW),
    }
    came = in_turn(school, lambda ledger: ledger.plans.choose(first.session, [first]), deeds[late])
    assert isinstance(came, PriorityNotFoundError)
    assert [one.id for one in school.read(lambda ledger: ledger.plans.priorities(first.session))] == [first.id]


def test_an_owner_who_answers_while_their_message_is_marked_as_sent_is_heard_and_it_is_marked(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    mine = next(action for action in plan.actions if action.step.owner == "UANA")
    follow.accept(school.books, "UANA", mine.id, NOW)
    asked, holding = datetime(2026, 12, 9, 21, 15, tzinfo=UTC), Plans.hold_open_of
    answering = threading.Thread(
        target=lambda: follow.check_in(school.books, "UANA", mine.id, Status.AT_RISK, "Soon", asked)
    )

    def meeting(plans: Plans, *people: str) -> None:
        """Whoever marks it is about to hold the session: the owner answers, and goes as far as they can."""
        if people == ("UANA",) and threading.current_thread() is threading.main_thread() and not answering.ident:
            answering.start()
            answering.join(0 if school.books.database.embedded else 1)
        holding(plans, *people)

    with school.books.write() as ledger:
        due = claim(ledger.view, asked, time.time(), 20)
        (one,) = (one for one in due if one.delivery.wanted.kind is Kind.CHECK_IN)
        begin(ledger.view, one, time.time(), channel="D1")
    monkeypatch.setattr(Plans, "hold_open_of", meeting)
    with school.books.write() as ledger:
        hold_before(ledger, one.delivery)
        assert sent(ledger.view, one, "D1", "1.1", None)
        after_check_in(ledger, one.delivery, asked)
    answering.join()
    kept = school.read(lambda ledger: ledger.plans.load(plan.id)).action(mine.id)
    assert kept.status is Status.AT_RISK


def test_who_takes_an_action_on_while_the_calendar_is_read_anew_has_taken_it_on(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening, session = NOW + timedelta(hours=6), school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, evening)
    mine = next(action for action in plan.actions if action.step.owner == "UANA")
    holding = Plans.hold_open_of
    answering = threading.Thread(target=lambda: follow.accept(school.books, "UANA", mine.id, evening))

    def meeting(plans: Plans, *people: str) -> None:
        """The calendar is about to be gone by: the owner answers, and goes as far as they can."""
        if threading.current_thread() is threading.main_thread() and not answering.ident:
            answering.start()
            answering.join(0 if school.books.database.embedded else 5)
        holding(plans, *people)

    monkeypatch.setattr(Plans, "hold_open_of", meeting)
    with school.books.write() as ledger:
        replan_in_its_zone(ledger, school.id, evening)
    answering.join()
    kept = school.read(lambda ledger: ledger.plans.action(mine.id))
    assert kept.taken_on and kept.status is Status.NOT_STARTED


def test_owners_who_answer_at_once_are_all_heard(school: School) -> None:
    session = school.planning()
    first, second = school.read(lambda ledger: ledger.plans.priorities(session.id))
    owners = ("UANA", "UBEN", "UCLEO", "UDAN")
    for priority in (first, second):
        draft.describe(school.books, REVIEWER, priority.id, "Why", "What for", "Mastering", "How", NOW)
        for owner in owners:
            draft.add_action(school.books, owner, priority.id, step(owner), f"{priority.place}{owner}", NOW)
    session = school.go_on()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)

    def answers(action: Any) -> Any:
        follow.accept(school.books, action.step.owner, action.id, NOW)
        return follow.check_in(school.books, action.step.owner, action.id, Status.AT_RISK, "Soon", NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(answers, plan.actions))
    kept = school.read(lambda ledger: ledger.plans.load(plan.id))
    assert [action.status for action in kept.actions] == [Status.AT_RISK] * 8
    assert len(school.read(lambda ledger: ledger.plans.check_ins(session.id))) == 16
    with school.books.database.read() as conn:
        assert len(conn.execute(select(reminders).where(reminders.c.reason == "check-in")).all()) == 8
        asked = conn.execute(select(deliveries).where(deliveries.c.occasion == "2026-12-09")).all()
    assert sorted(row.recipient for row in asked) == sorted(owners), "both actions of one owner ride in one message"
