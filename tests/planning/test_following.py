"""What commit leaves behind, and what later answers change: one effect each, and nobody asked in vain."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from planning.calendar import Closure, SchoolCalendar
from planning.messages import Kind
from planning.phases import Phase
from planning.plan import Action, NotOwnerError, Plan, Status
from planning.session import NotReadyError
from planning.verbs import choose, draft, follow, gather, steer, turns, vote
from planning.verbs.commit import commit
from planning.verbs.follow import AnswerError
from planning.verbs.kept import PlanEndedError
from storage.tables.messages import deliveries
from storage.tables.sessions import ballots, tallies, totals
from tests.planning.school import CHANNEL, COACH, NOW, PRINCIPAL, REVIEWER, School, step


@pytest.fixture
def plan(school: School) -> Plan:
    """A committed plan with an action of Ana's and one of Ben's."""
    session = school.drafted()
    return commit(school.books, REVIEWER, session.id, session.step, NOW)


def rows(school: School, kind: Kind) -> list[Any]:
    """The messages of one kind that are or were wanted."""
    with school.books.database.read() as conn:
        return list(conn.execute(select(deliveries).where(deliveries.c.kind == kind.value)))


def to_come(school: School, action: Action) -> list[Any]:
    """The reminders about `action` that are still to be asked."""
    return [
        row
        for row in school.read(lambda ledger: ledger.reminders.to_come(NOW))
        if row.action_id == action.id and row.reason == "check-in"
    ]


def test_an_owner_of_many_actions_gets_one_acceptance_message(school: School) -> None:
    session = school.drafted(("UANA", "UANA"))
    commit(school.books, REVIEWER, session.id, session.step, NOW)
    assert [row.recipient for row in rows(school, Kind.ACCEPTANCE)] == ["UANA"]


def test_acceptance_waits_for_staff_hours_and_the_plan_does_not(school: School) -> None:
    session = school.drafted()
    friday_night = datetime(2026, 12, 5, 3, 0, tzinfo=UTC)
    commit(school.books, REVIEWER, session.id, session.step, friday_night)
    monday_morning = datetime(2026, 12, 7, 13, 30, tzinfo=UTC)
    with school.books.read() as ledger:
        due = {row.due_at for row in rows(school, Kind.ACCEPTANCE)}
        assert due == {monday_morning}
        found = ledger.plans.of_session(session.id)
        assert found is not None
        published = ledger.deliveries.find(Kind.PLAN, CHANNEL, found.id)
    assert published is not None and published.wanted.due == friday_night


def test_commit_deletes_every_ballot_of_every_round_and_keeps_only_totals(school: School) -> None:
    session = school.voting()
    gather.name_guests(school.books, REVIEWER, session.id, ["Ms. Elm"], NOW)
    school.voted({5: 3})
    vote.add_paper(school.books, REVIEWER, session.id, {session.shortlist[5].indicator: 3}, 1, NOW)
    chosen = school.go_on()
    steer.go_back(school.books, REVIEWER, chosen.id, chosen.step, NOW)
    school.voted({0: 2, 1: 2})
    last = school.go_on()
    listed = [last.shortlist[0].indicator, last.shortlist[1].indicator]
    choose.choose(school.books, REVIEWER, last.id, listed, "", "", NOW)
    school.go_on()
    for priority in school.read(lambda one: one.plans.priorities(session.id)):
        draft.describe(school.books, "UANA", priority.id, "Why", "What for", "Mastering", "How", NOW)
        draft.add_action(school.books, "UANA", priority.id, step("UANA"), f"r{priority.place}", NOW)
    committing = school.go_on()
    commit(school.books, REVIEWER, committing.id, committing.step, NOW)
    with school.books.database.read() as conn:
        assert conn.execute(select(ballots)).all() == []
        assert {row.of for row in conn.execute(select(totals))} == {"all"}
        assert {(row.of, row.ballots, row.round) for row in conn.execute(select(tallies))} == {("all", 5, 2)}
        assert {row.indicator: row.dots for row in conn.execute(select(totals))} == {one.name: 10 for one in listed}


def test_a_fresh_ballot_asks_for_a_fresh_choice(school: School) -> None:
    school.planning((0, 1))
    for _ in range(2):
        session = school.session()
        steer.go_back(school.books, REVIEWER, session.id, session.step, NOW)
    assert school.session().phase is Phase.VOTE
    school.voted({4: 3})
    assert school.go_on().phase is Phase.CHOOSE
    with pytest.raises(NotReadyError, match="Choose priorities"):
        school.go_on()
    session = school.session()
    choose.choose(school.books, REVIEWER, session.id, [session.shortlist[4].indicator], "", "", NOW)
    assert school.go_on().phase is Phase.PLAN


def test_stepping_back_to_choose_keeps_the_choice_and_what_was_written_about_it(school: School) -> None:
    session = school.drafted()
    for _ in range(2):
        now_at = school.session()
        steer.go_back(school.books, REVIEWER, session.id, now_at.step, NOW)
    assert school.session().phase is Phase.CHOOSE
    assert school.go_on().phase is Phase.PLAN
    assert len(school.read(lambda ledger: ledger.plans.actions(session.id))) == 2
    assert all(one.described for one in school.read(lambda ledger: ledger.plans.priorities(session.id)))


def test_whoever_takes_the_session_over_has_no_dots_any_more(school: School) -> None:
    session = school.voting()
    school.voted({0: 1}, ("UANA", PRINCIPAL))
    steer.take_over(school.books, PRINCIPAL, session.id, NOW)
    with pytest.raises(vote.NoVoteError):
        school.voted({1: 1}, (PRINCIPAL,))


def test_help_is_asked_for_although_the_action_was_blocked_already(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No time", NOW)
    assert rows(school, Kind.HELP_WANTED) == []
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "", NOW + timedelta(minutes=1), COACH)
    assert [row.recipient for row in rows(school, Kind.HELP_WANTED)] == [COACH]


def test_nobody_helps_themselves(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    with pytest.raises(AnswerError) as error:
        follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No time", NOW, "UANA")
    assert error.value.field == "helper"


def test_an_action_that_is_done_is_not_waiting_for_anybody_to_take_it_over(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.offer(school.books, "UANA", mine.id, "UCLEO", NOW)
    done = follow.check_in(school.books, "UANA", mine.id, Status.DONE, "In the shared folder", NOW)
    assert done.asked is None
    with pytest.raises(NotOwnerError):
        follow.accept(school.books, "UCLEO", mine.id, NOW)
    assert to_come(school, mine) == []


def test_an_action_that_is_done_is_not_handed_over(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.check_in(school.books, "UANA", mine.id, Status.DONE, "In the shared folder", NOW)
    with pytest.raises(AnswerError) as error:
        follow.offer(school.books, "UANA", mine.id, "UCLEO", NOW)
    assert error.value.field == "to"


def test_an_action_that_goes_on_after_all_is_asked_about_again(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.check_in(school.books, "UANA", mine.id, Status.DONE, "In the shared folder", NOW)
    follow.check_in(school.books, "UANA", mine.id, Status.ON_TRACK, "", NOW)
    assert [row.person for row in to_come(school, mine)] == ["UANA"]


def test_an_owner_who_handed_an_action_back_does_not_report_on_it(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    follow.hand_back(school.books, "UANA", mine.id, "On leave", NOW)
    with pytest.raises(AnswerError, match="handed this action back"):
        follow.check_in(school.books, "UANA", mine.id, Status.ON_TRACK, "", NOW)


def test_two_actions_handed_back_at_once_are_both_told_of(school: School) -> None:
    session = school.drafted(("UANA", "UANA"))
    committed = commit(school.books, REVIEWER, session.id, session.step, NOW)
    for action in committed.actions:
        follow.hand_back(school.books, "UANA", action.id, "On leave", NOW)
    assert {row.subject for row in rows(school, Kind.HANDED_BACK)} == {one.id for one in committed.actions}
    assert {row.recipient for row in rows(school, Kind.HANDED_BACK)} == {PRINCIPAL}


def test_a_hand_over_that_is_refused_leaves_the_action_with_its_owner(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.offer(school.books, "UANA", mine.id, "UCLEO", NOW)
    back = follow.hand_back(school.books, "UCLEO", mine.id, "No time", NOW)
    assert (back.step.owner, back.offered_to, back.refused, back.status) == ("UANA", None, False, Status.NOT_STARTED)
    assert [row.person for row in to_come(school, mine)] == ["UANA"]


def test_a_leader_finds_another_owner_for_an_action_that_was_handed_back(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    follow.hand_back(school.books, "UANA", mine.id, "On leave", NOW)
    follow.offer(school.books, PRINCIPAL, mine.id, "UDAN", NOW)
    taken = follow.accept(school.books, "UDAN", mine.id, NOW)
    assert (taken.step.owner, taken.refused, taken.status) == ("UDAN", False, Status.NOT_STARTED)
    assert [row.person for row in to_come(school, mine)] == ["UDAN"]


def test_nobody_answers_for_a_plan_that_a_newer_one_has_replaced(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    session = school.drafted(("UCLEO", "UDAN"))
    commit(school.books, REVIEWER, session.id, session.step, NOW + timedelta(hours=1))
    for deed in (
        lambda: follow.check_in(school.books, "UANA", mine.id, Status.ON_TRACK, "", NOW),
        lambda: follow.offer(school.books, "UANA", mine.id, "UCLEO", NOW),
        lambda: follow.accept(school.books, "UBEN", plan.actions[1].id, NOW),
    ):
        with pytest.raises(PlanEndedError):
            deed()
    assert school.read(lambda ledger: ledger.plans.open_of("UANA")) == []


def test_a_break_brings_one_check_in_message_a_week_when_it_is_over(school: School, plan: Plan) -> None:
    """Thanksgiving from Wednesday on, a winter break that ends on a Tuesday, and a Wednesday without school."""
    closures = (
        Closure(date(2026, 12, 9), date(2026, 12, 11), "a storm"),
        Closure(date(2026, 12, 21), date(2027, 1, 5), "winter break"),
        Closure(date(2027, 1, 13), date(2027, 1, 13), "a training day"),
    )
    with school.books.write() as ledger:
        ledger.schools.set_calendar(school.id, SchoolCalendar("America/Chicago", closures))
    follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    asked: list[date] = []
    for _ in range(8):
        with school.books.write() as ledger:
            row = next(
                one
                for one in ledger.reminders.to_come(NOW)
                if one.reason == "check-in" and one.local_date > (asked or [date.min])[-1]
            )
            asked.append(row.local_date)
            found = ledger.deliveries.find(Kind.CHECK_IN, "UANA", row.local_date.isoformat())
            assert found is not None
            turns.after_check_in(ledger, found, row.due_at)
        follow.check_in(school.books, "UANA", row.action_id, Status.ON_TRACK, "", row.due_at + timedelta(hours=1))
    weeks = [day.isocalendar()[:2] for day in asked]
    assert len(set(weeks)) == len(weeks), asked
    assert date(2027, 1, 14) in asked


def test_after_a_stop_of_weeks_an_owner_is_asked_once_and_then_next_week(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    friday = datetime(2027, 1, 22, 22, 0, tzinfo=UTC)
    with school.books.write() as ledger:
        found = ledger.deliveries.find(Kind.CHECK_IN, "UANA", "2026-12-09")
        assert found is not None
        turns.after_check_in(ledger, found, friday)
    assert [row.local_date for row in to_come(school, mine)] == [date(2027, 1, 27)]


def test_supporters_are_named_once_and_the_owner_is_none_of_them(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    wanted = replace(step("UANA", "  Write   unit plans "), supporters=("UBEN", "UANA", "UBEN"))
    kept = draft.add_action(school.books, "UBEN", priority.id, wanted, "r", NOW)
    assert (kept.step.text, kept.step.supporters) == ("Write unit plans", ("UBEN",))
