"""Drafting, committing and following up a plan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planning.calendar import Closure
from planning.messages import Delivery, Kind, Wanted
from planning.people import Leadership, OutsiderError
from planning.plan import Action, ActionNotFoundError, CheckIn, NotOwnerError, Plan, Status, StepError
from planning.session import EndedError, MovedOnError, NotReadyError, State
from planning.verbs import connect, draft, follow, steer, turns
from planning.verbs.commit import commit
from planning.verbs.follow import AnswerError
from planning.verbs.kept import NotCommittedError, PlanEndedError
from storage.schools import add_school
from storage.tables.messages import deliveries, reminders
from storage.tables.sessions import ballots
from tests.planning.school import CHANNEL, COACH, NOW, PRINCIPAL, REVIEWER, School, step


@pytest.fixture
def plan(school: School) -> Plan:
    """A committed plan with an action of Ana's and one of Ben's."""
    session = school.drafted()
    return commit(school.books, REVIEWER, session.id, session.step, NOW)


def test_a_priority_needs_its_words_and_a_target_that_is_not_below_today(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    with pytest.raises(draft.DescriptionError) as error:
        draft.describe(school.books, "UANA", priority.id, "Why", " ", "Applying", "How", NOW)
    assert error.value.field == "goal"
    with pytest.raises(draft.DescriptionError) as error:
        draft.describe(school.books, "UANA", priority.id, "Why", "What for", "Splendid", "How", NOW)
    assert error.value.field == "target_level"


def test_a_retried_submission_adds_an_action_once(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    for _ in range(2):
        draft.add_action(school.books, "UANA", priority.id, step("UANA"), "request-1", NOW)
    assert len(school.read(lambda ledger: ledger.plans.actions(session.id))) == 1
    with pytest.raises(StepError) as error:
        draft.add_action(school.books, "UANA", priority.id, step("UANA"), "request-2", NOW)
    assert error.value.field == "text"


def test_an_action_is_not_due_in_the_past(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    with pytest.raises(StepError) as error:
        draft.add_action(school.books, "UANA", priority.id, step("UANA", due=date(2026, 12, 1)), "r", NOW)
    assert error.value.field == "due"


def test_an_action_is_owned_and_supported_by_people_who_may_see_the_plan(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    for field, wrong in (
        ("owner", step("USTRANGER")),
        ("supporters", replace(step("UANA"), supporters=("USTRANGER",))),
    ):
        with pytest.raises(StepError) as error:
            draft.add_action(school.books, "UANA", priority.id, wrong, "r", NOW)
        assert error.value.field == field


def test_a_channel_with_an_open_session_is_not_given_to_another_school(school: School) -> None:
    with school.books.database.write() as conn:
        elm = add_school(conn, school.books.workspace, "ELM")
    school.started()
    with pytest.raises(connect.ChannelTakenError):
        connect.connect(school.books, REVIEWER, CHANNEL, elm.id, Leadership("UX", "UY"), (), NOW)
    assert school.read(lambda ledger: ledger.schools.of_channel(CHANNEL)).id == school.id


def test_the_plan_is_not_committed_while_a_priority_has_no_action(school: School) -> None:
    school.planning()
    with pytest.raises(NotReadyError):
        school.go_on()


def test_an_action_can_be_changed_and_taken_out_while_the_plan_is_drafted(school: School) -> None:
    session = school.planning()
    priority = school.read(lambda ledger: ledger.plans.priorities(session.id))[0]
    action = draft.add_action(school.books, "UANA", priority.id, step("UANA"), "r", NOW)
    draft.edit_action(school.books, "UBEN", action.id, step("UBEN", "Visit four lessons together"), NOW)
    assert school.read(lambda ledger: ledger.plans.action("r")).step.owner == "UBEN"
    draft.remove_action(school.books, "UBEN", action.id, NOW)
    with pytest.raises(ActionNotFoundError):
        draft.edit_action(school.books, "UBEN", action.id, step("UBEN"), NOW)
    assert school.read(lambda ledger: ledger.plans.actions(session.id)) == ()


def test_commit_publishes_at_once_and_asks_each_owner_and_check_ins_begin_at_acceptance(
    school: School, plan: Plan
) -> None:
    with school.books.database.read() as conn:
        wanted = {(row.kind, row.recipient) for row in conn.execute(deliveries.select())}
        assert {("plan", CHANNEL), ("acceptance", "UANA"), ("acceptance", "UBEN")} <= wanted
        assert conn.execute(reminders.select()).all() == []
        assert conn.execute(ballots.select()).all() == []
    assert all(action.status is Status.PROPOSED for action in plan.actions)
    assert school.read(lambda ledger: ledger.plans.live(school.id)).id == plan.id
    follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    rows = school.read(lambda ledger: ledger.reminders.to_come(NOW))
    assert {(row.person, row.zone) for row in rows} == {("UANA", "America/Chicago")}
    assert sorted(row.reason for row in rows) == ["check-in", "heads-up", "overdue"]


def test_commit_pressed_twice_makes_one_plan(school: School, plan: Plan) -> None:
    session = school.read(lambda ledger: ledger.sessions.load(plan.session))
    assert session.state is State.COMMITTED
    assert commit(school.books, REVIEWER, session.id, session.step, NOW).id == plan.id
    with pytest.raises(EndedError):
        steer.go_back(school.books, REVIEWER, session.id, session.step, NOW)


def test_commit_from_an_old_card_is_refused(school: School) -> None:
    session = school.drafted()
    with pytest.raises(MovedOnError):
        commit(school.books, REVIEWER, session.id, session.step - 1, NOW)


@pytest.mark.usefixtures("plan")
def test_the_next_commit_ends_the_plan_before_and_withdraws_its_reminders(school: School) -> None:
    first = school.read(lambda ledger: ledger.plans.live(school.id))
    follow.accept(school.books, "UANA", first.actions[0].id, NOW)
    session = school.drafted(("UCLEO", "UDAN"))
    second = commit(school.books, REVIEWER, session.id, session.step, NOW + timedelta(hours=1))
    assert school.read(lambda ledger: ledger.plans.live(school.id)).id == second.id
    follow.accept(school.books, "UCLEO", second.actions[0].id, NOW)
    people = {row.person for row in school.read(lambda ledger: ledger.reminders.to_come(NOW))}
    assert people == {"UCLEO"}


def test_only_the_one_who_is_asked_accepts_and_accepting_twice_changes_nothing(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    with pytest.raises(NotOwnerError):
        follow.accept(school.books, "UBEN", mine.id, NOW)
    taken = follow.accept(school.books, "UANA", mine.id, NOW)
    assert taken.status is Status.NOT_STARTED
    again = follow.accept(school.books, "UANA", mine.id, NOW + timedelta(days=1))
    assert again == taken


def test_all_that_the_plan_asks_is_taken_on_at_once_and_nothing_that_was_not_read(school: School, plan: Plan) -> None:
    def status(action: Action) -> Status:
        found: Status = school.read(lambda ledger: ledger.plans.action(action.id)).status
        return found

    first, second = plan.actions[:2]
    # Offered a moment ago: the message that asks about it is not written yet.
    follow.offer(replace(school.books, after=lambda _run_errands: None), PRINCIPAL, second.id, "UANA", NOW)
    with pytest.raises(follow.AskedMoreError):
        follow.accept_all(school.books, "UANA", plan.id, 1, NOW)
    assert status(first) is Status.PROPOSED
    school.books.run_errands()
    assert follow.accept_all(school.books, "UANA", plan.id, 1, NOW) == 1
    assert (status(first), status(second)) == (Status.NOT_STARTED, Status.PROPOSED), "it has a message of its own"
    assert {row.action_id for row in school.read(lambda ledger: ledger.reminders.to_come(NOW))} == {first.id}
    assert (
        follow.accept_all(school.books, "UANA", plan.id, 1, NOW)
        == 0
        == follow.accept_all(school.books, "USTRANGER", plan.id, 1, NOW)
    )


def test_handing_back_needs_a_reason_and_tells_the_principal(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    with pytest.raises(AnswerError) as error:
        follow.hand_back(school.books, "UANA", mine.id, "", NOW)
    assert error.value.field == "reason"
    back = follow.hand_back(school.books, "UANA", mine.id, "On leave", NOW)
    assert back.refused and back.asked is None
    occasion = f"{mine.id}/{NOW.isoformat()}/UANA"
    told = school.read(lambda ledger: ledger.deliveries.find(Kind.HANDED_BACK, PRINCIPAL, occasion))
    assert told is not None
    with pytest.raises(NotOwnerError):
        follow.accept(school.books, "UANA", mine.id, NOW)


def test_a_hand_over_counts_once_it_is_accepted(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    offered = follow.offer(school.books, "UANA", mine.id, "UCLEO", NOW)
    assert offered.step.owner == "UANA" and offered.asked == "UCLEO"
    taken = follow.accept(school.books, "UCLEO", mine.id, NOW)
    assert (taken.step.owner, taken.offered_to, taken.status) == ("UCLEO", None, Status.NOT_STARTED)
    people = [
        row.person
        for row in school.read(lambda ledger: ledger.reminders.to_come(NOW))
        if row.action_id == mine.id and row.reason == "check-in"
    ]
    assert people == ["UCLEO"]


def test_an_action_goes_only_to_somebody_of_the_school(school: School, plan: Plan) -> None:
    with pytest.raises(AnswerError) as error:
        follow.offer(school.books, "UANA", plan.actions[0].id, "USTRANGER", NOW)
    assert error.value.field == "to"
    with pytest.raises(NotOwnerError):
        follow.offer(school.books, "UBEN", plan.actions[0].id, "UCLEO", NOW)


def test_done_needs_what_shows_it_and_dropped_needs_why(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    for status in (Status.DONE, Status.DROPPED):
        with pytest.raises(AnswerError) as error:
            follow.check_in(school.books, "UANA", mine.id, status, "  ", NOW)
        assert error.value.field == "note"
    done = follow.check_in(school.books, "UANA", mine.id, Status.DONE, "In the shared folder", NOW)
    assert done.status is Status.DONE
    assert mine.id not in {row.action_id for row in school.read(lambda ledger: ledger.reminders.to_come(NOW))}


def test_an_owner_answers_for_themselves_only(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    for other in ("UBEN", PRINCIPAL, COACH, REVIEWER, "USTRANGER"):
        with pytest.raises(NotOwnerError):
            follow.check_in(school.books, other, mine.id, Status.ON_TRACK, "", NOW)


def test_saying_the_same_again_adds_no_check_in(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    for minutes in (1, 2, 3):
        follow.check_in(school.books, "UANA", mine.id, Status.AT_RISK, "", NOW + timedelta(minutes=minutes))
    said = [c.status for c in school.read(lambda ledger: ledger.plans.check_ins(plan.session)) if c.person == "UANA"]
    assert said == [Status.NOT_STARTED, Status.AT_RISK]


def test_help_is_asked_of_somebody_who_knows_the_school_only(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No time", NOW, COACH)
    with pytest.raises(AnswerError) as error:
        follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "Still none", NOW, "USTRANGER")
    assert error.value.field == "helper"
    with school.books.database.read() as conn:
        told = [row.recipient for row in conn.execute(deliveries.select()) if row.kind == "help wanted"]
    assert told == [COACH]


def test_nobody_accepts_an_action_of_a_plan_that_is_still_written(school: School) -> None:
    session = school.drafted()
    action = school.read(lambda ledger: ledger.plans.actions(session.id))[0]
    with pytest.raises(NotCommittedError):
        follow.accept(school.books, action.step.owner, action.id, NOW)


def test_a_lost_role_is_lost_at_once(school: School, plan: Plan) -> None:
    new = Leadership("UNEW", "UBACKUP", (), (), ("UOTHER",))
    connect.connect(school.books, REVIEWER, CHANNEL, school.id, new, ("UNEW", "UANA"), NOW)
    viewer = school.read(lambda ledger: ledger.people.viewer(PRINCIPAL, school.id))
    assert not viewer.knows_school and not viewer.sees_owners
    with pytest.raises(OutsiderError):
        connect.release(school.books, PRINCIPAL, plan.review, NOW)


def test_check_ins_go_on_after_a_break_that_swallows_several_planned_days(school: School, plan: Plan) -> None:
    mine = follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    with school.books.write() as ledger:
        winter = Closure(date(2026, 12, 21), date(2027, 1, 3), "winter break")
        ledger.schools.set_calendar(school.id, replace(ledger.schools.calendar(school.id), closures=(winter,)))
    asked = []
    for _ in range(6):
        row = next(r for r in school.read(lambda ledger: ledger.reminders.to_come(NOW)) if r.reason == "check-in")
        asked.append(row.local_date)
        wanted = Wanted(Kind.CHECK_IN, "UANA", row.local_date.isoformat(), "UANA", row.due_at)
        with school.books.write() as ledger:
            turns.after_check_in(ledger, Delivery("d", wanted), wanted.due)
            ledger.plans.record(CheckIn(mine.id, "UANA", Status.ON_TRACK, "", row.due_at + timedelta(minutes=1)))
            ledger.view.conn.execute(reminders.delete().where(reminders.c.id == row.id))
    assert asked == sorted(set(asked)), "no day twice, and always a next one"
    assert not any(winter.first <= day <= winter.last for day in asked)


def test_a_late_press_on_an_ended_plan_changes_nothing(school: School, plan: Plan) -> None:
    session = school.drafted(("UCLEO", "UDAN"))
    commit(school.books, REVIEWER, session.id, session.step, NOW + timedelta(hours=1))
    with pytest.raises(PlanEndedError):
        follow.accept(school.books, "UANA", plan.actions[0].id, NOW + timedelta(hours=2))
