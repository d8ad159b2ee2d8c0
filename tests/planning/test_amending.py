"""Changing a committed plan: by whom, with which history, and what becomes of check-ins and questions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.messages import render
from planning.history import Changed, readable
from planning.messages import Kind
from planning.plan import Action, Cadence, ChangedMeanwhileError, NotOwnerError, Plan, Status, StepError
from planning.verbs import amend, connect, follow, leave
from planning.verbs.commit import commit
from storage.tables.messages import deliveries
from tests.planning.school import BACKUP, CHANNEL, COACH, DISTRICT, NOW, PRINCIPAL, REVIEWER, School, step

LATER = NOW + timedelta(minutes=5)
FRIDAY = datetime(2026, 12, 4, 19, 0, tzinfo=UTC)
"""Two school days after the commit."""


def wanted(school: School, kind: Kind) -> list[Any]:
    """The messages of one kind that are or were wanted."""
    with school.books.database.read() as conn:
        return list(conn.execute(select(deliveries).where(deliveries.c.kind == kind.value)))


def said(school: School, kind: Kind, recipient: str, now: datetime) -> str | None:
    """What the first message of a kind to `recipient` says now, or None where it is not wanted any more."""
    row = next(one for one in wanted(school, kind) if one.recipient == recipient)
    with school.books.read() as ledger:
        delivery = ledger.deliveries.find(kind, recipient, row.occasion)
        assert delivery is not None
        message = render(ledger, delivery, now)
    return None if message is None else " ".join(str(block.to_dict()) for block in message.blocks)


def history(school: School, action: Action) -> Any:
    """Everything that was changed about it, newest first."""
    return school.read(lambda ledger: ledger.plans.history(action.id))


def changed(school: School, who: str, action: Action, why: str = "", **fields: Any) -> Action:
    """`who` changes some fields, seeing what is there."""
    wanted = replace(action.step, **fields)
    seen = action.step.mark
    return amend.change(school.books, who, action.id, wanted, why, LATER, seen=seen, owned_only=who == "UANA").action


def test_an_owner_moves_the_due_date_with_a_reason_and_the_history_says_so(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    with pytest.raises(StepError) as error:
        changed(school, "UANA", mine, due=date(2027, 3, 1))
    assert error.value.field == "why"
    after = changed(school, "UANA", mine, "The scanner came late", due=date(2027, 3, 1), text="Something easier")
    assert after.step == replace(mine.step, due=date(2027, 3, 1)), "the text is not the owner's to change"
    newest = history(school, mine)[0]
    assert (newest.person, newest.at, newest.why) == ("UANA", LATER, "The scanner came late")
    assert newest.fields == (Changed("due", "2027-02-01", "2027-03-01"),)


def test_an_owner_who_moves_the_date_has_answered_and_a_leader_who_does_has_not_answered_for_them(
    school: School, plan: Plan
) -> None:
    mine = plan.actions[0]
    before = school.read(lambda ledger: ledger.plans.last_answer("UANA"))
    leaders = changed(school, PRINCIPAL, mine, due=date(2027, 2, 15))
    assert school.read(lambda ledger: ledger.plans.last_answer("UANA")) == before
    after = changed(school, "UANA", leaders, "The scanner came late", due=date(2027, 3, 1))
    assert (after.status, after.updated_at) == (mine.status, LATER)
    assert school.read(lambda ledger: ledger.plans.last_answer("UANA")) == LATER
    newest = school.read(lambda ledger: ledger.plans.check_ins(plan.session))[-1]
    assert (newest.person, newest.status, newest.note) == ("UANA", mine.status, "The scanner came late")


@pytest.mark.parametrize("leader", [PRINCIPAL, BACKUP, COACH])
def test_the_principal_the_backup_and_coaches_change_all_of_it_but_the_owner(
    school: School, plan: Plan, leader: str
) -> None:
    after = changed(school, leader, plan.actions[0], text="Write two shared units", owner="UDAN", shown_by="Two units")
    assert (after.step.text, after.step.shown_by, after.step.owner) == ("Write two shared units", "Two units", "UANA")


@pytest.mark.parametrize("other", ["UBEN", REVIEWER, DISTRICT, "USTRANGER"])
def test_nobody_else_changes_or_adds_anything(school: School, plan: Plan, other: str) -> None:
    with pytest.raises(amend.NotLeaderError):
        changed(school, other, plan.actions[0], "Why not", due=date(2027, 3, 1))
    with pytest.raises(amend.NotLeaderError):
        amend.add(school.books, other, plan.priorities[0].id, step("UANA", "Try one more thing"), "r", LATER)


def moved(school: School, who: str, action: Action, to: str, **fields: Any) -> Action:
    """`who` moves an action under another priority, and may change some fields on the way."""
    wanted, seen = replace(action.step, **fields), action.step.mark
    owned = who == "UANA"
    return amend.change(
        school.books, who, action.id, wanted, "Why", LATER, seen=seen, owned_only=owned, priority=to
    ).action


def test_a_leader_moves_an_action_under_another_priority_and_the_history_says_so(school: School, plan: Plan) -> None:
    first, second = plan.priorities
    mine, bens = plan.actions
    for _ in range(2):
        after = moved(school, PRINCIPAL, mine, second.id)
    assert (after.priority, after.step, after.status) == (second.id, mine.step, mine.status)
    there = school.read(lambda ledger: ledger.plans.load(plan.id))
    assert [one.id for one in there.under(second)] == [bens.id, mine.id], "it stands last there"
    assert there.under(first) == ()
    told = [one.fields for one in history(school, mine) if one.person == PRINCIPAL]
    assert told == [(Changed("priority", first.id, second.id),)], "moved twice is moved once"
    assert check_in_days(school), "its check-ins go on"


def test_only_a_leader_moves_an_action_and_only_within_its_plan(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    assert moved(school, "UANA", mine, plan.priorities[1].id, due=date(2027, 3, 1)).priority == mine.priority
    with pytest.raises(StepError) as error:
        moved(school, PRINCIPAL, school.read(lambda ledger: ledger.plans.action(mine.id)), "elsewhere")
    assert error.value.field == "priority"


def test_a_change_of_an_action_that_was_moved_meanwhile_leaves_it_where_it_is(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    moved(school, PRINCIPAL, mine, plan.priorities[1].id)
    after = changed(school, COACH, mine, shown_by="Two units")
    assert (after.priority, after.step.shown_by) == (plan.priorities[1].id, "Two units")


def check_in_days(school: School) -> list[date]:
    """The check-in days that are still to come."""
    rows = school.read(lambda ledger: ledger.reminders.to_come(NOW))
    return [row.planned for row in rows if row.reason == "check-in"]


def test_a_new_cadence_moves_the_next_check_in_and_a_new_due_date_does_not(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    before = check_in_days(school)
    after = changed(school, "UANA", mine, "Spring is better", due=date(2027, 4, 1))
    assert check_in_days(school) == before
    changed(school, "UANA", after, "Monthly is enough", cadence=Cadence.MONTHLY)
    assert len(check_in_days(school)) == 1 and check_in_days(school)[0] > before[0]


def test_an_overdue_action_of_somebody_who_left_can_still_be_changed(school: School, plan: Plan) -> None:
    connect.member_left(school.books, CHANNEL, "UANA", NOW)
    overdue = datetime(2027, 2, 8, 19, 0, tzinfo=UTC)
    mine = plan.actions[0]
    for text, due in (("Write two shared units", mine.step.due), ("Write two shared units", date(2027, 3, 1))):
        wanted = replace(mine.step, text=text, due=due)
        after = amend.change(school.books, PRINCIPAL, mine.id, wanted, "", overdue, owned_only=False).action
        assert (after.step.text, after.step.due) == (text, due)
    with pytest.raises(StepError) as error:
        changed(school, PRINCIPAL, after, supporters=("USTRANGER",))
    assert error.value.field == "supporters"


def test_whoever_was_slower_hears_it_and_overwrites_nothing(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    changed(school, PRINCIPAL, mine, text="Write two shared units")
    with pytest.raises(ChangedMeanwhileError):
        changed(school, COACH, mine, text="Write four shared units")
    changed(school, PRINCIPAL, mine, text="Write two shared units")
    assert len([one for one in history(school, mine) if one.fields[0].field == "text"]) == 1, "sent twice is sent once"


def test_an_added_action_is_in_the_plan_once_and_its_owner_is_asked(school: School, plan: Plan) -> None:
    for _ in range(2):
        added = amend.add(school.books, COACH, plan.priorities[0].id, step("UCLEO", "Visit two lessons"), "r1", LATER)
    new = added.action
    there = school.read(lambda ledger: ledger.plans.load(plan.id)).actions
    assert [one.step.text for one in there].count("Visit two lessons") == 1 and there[-1].id == new.id
    assert [row.recipient for row in wanted(school, Kind.ACCEPTANCE)].count("UCLEO") == 1
    assert "Visit two lessons" in str(said(school, Kind.ACCEPTANCE, "UCLEO", LATER))
    assert history(school, new)[0].person == COACH


def test_a_leader_drops_what_nobody_takes_on_and_says_why(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    with pytest.raises(StepError):
        amend.drop(school.books, PRINCIPAL, mine.id, " ", LATER)
    with pytest.raises(amend.NotLeaderError):
        amend.drop(school.books, "UANA", mine.id, "I would rather not", LATER)
    for _ in range(2):
        dropped = amend.drop(school.books, PRINCIPAL, mine.id, "The district does it for us", LATER)
    assert dropped.status is Status.DROPPED
    assert [one.why for one in history(school, mine) if one.person == PRINCIPAL] == ["The district does it for us"]
    assert school.read(lambda ledger: ledger.reminders.to_come(NOW)) == []


def test_a_leader_takes_up_again_what_was_dropped_and_its_owner_is_asked_anew(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    amend.drop(school.books, PRINCIPAL, mine.id, "The district does it for us", LATER)
    with pytest.raises(amend.NotLeaderError):
        amend.take_up(school.books, "UANA", mine.id, LATER)
    for _ in range(2):
        again = amend.take_up(school.books, PRINCIPAL, mine.id, LATER)
    assert again.waiting and again.asked == "UANA"
    asked = [one for one in wanted(school, Kind.ACCEPTANCE) if mine.id in one.occasion]
    assert len(asked) == 1, "in a message of its own, and once"
    follow.accept(school.books, "UANA", mine.id, LATER)
    assert school.read(lambda ledger: ledger.reminders.to_come(NOW)), "check-ins begin once more"


def test_a_dropped_action_of_somebody_who_left_is_taken_up_without_an_owner(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    amend.drop(school.books, PRINCIPAL, mine.id, "Not this year", LATER)
    leave.reconcile(school.books, CHANNEL, [PRINCIPAL, COACH, "UBEN"], LATER)
    assert amend.take_up(school.books, PRINCIPAL, mine.id, LATER).asked is None


def test_an_action_that_is_asked_about_by_itself_is_asked_about_in_no_other_message(school: School, plan: Plan) -> None:
    steps = [step("UANA", f"Write step number {n}") for n in range(3)]
    for one in steps:
        amend.add(school.books, PRINCIPAL, plan.priorities[0].id, one, one.text, LATER)
    mine = next(action for action in plan.actions if action.step.owner == "UANA")
    with school.books.read() as ledger:
        asked = ledger.deliveries.to(Kind.ACCEPTANCE, "UANA")
        assert len(asked) == 4 and {one.wanted.recipient for one in asked} == {"UANA"}
        for delivery in asked:
            message = render(ledger, replace(delivery, ts="1.1"), LATER)
            assert message is not None
            told = " ".join(str(block.to_dict()) for block in message.blocks)
            about = [text for text in (mine.step.text, *(one.text for one in steps)) if text in told]
            assert len(about) == 1 and (about[0] in delivery.wanted.occasion or about == [mine.step.text])


def test_an_answer_shows_in_the_message_that_asked_however_many_came_after_it(school: School, plan: Plan) -> None:
    for n in range(6):
        amend.add(school.books, PRINCIPAL, plan.priorities[0].id, step("UANA", f"Write step {n}"), f"r{n}", LATER)
    with school.books.database.write() as conn:
        conn.execute(update(deliveries).values(ts="1.1", state="settled", shown=deliveries.c.wanted))
    follow.accept(school.books, "UANA", "r0", LATER)
    again = {row.occasion for row in wanted(school, Kind.ACCEPTANCE) if row.state == "waiting"}
    assert again == {plan.id, f"{plan.id}/r0"}


def test_an_owner_reads_the_history_without_what_others_answered(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "My mother is ill", LATER)
    follow.offer(school.books, "UANA", mine.id, "UCLEO", LATER)
    follow.accept(school.books, "UCLEO", mine.id, LATER)
    everything = history(school, mine)
    reads = {who: readable(everything, school.read(lambda one, who=who: one.people.viewer(who, school.id)))
             for who in ("UCLEO", PRINCIPAL)}  # fmt: skip
    assert "My mother is ill" in str(reads[PRINCIPAL]) and "My mother is ill" not in str(reads["UCLEO"])
    assert "blocked" not in str(reads["UCLEO"]) and "offered_to" in str(reads["UCLEO"])


def test_what_nobody_took_on_for_two_school_days_goes_to_the_principal_once(school: School, plan: Plan) -> None:
    rows = wanted(school, Kind.NOT_ACCEPTED)
    assert [(row.recipient, row.due_at) for row in rows] == [(PRINCIPAL, FRIDAY)]
    assert said(school, Kind.NOT_ACCEPTED, PRINCIPAL, FRIDAY - timedelta(minutes=1)) is None
    told = str(said(school, Kind.NOT_ACCEPTED, PRINCIPAL, FRIDAY))
    assert "<@UBEN> is asked" in told and "<@UANA>" not in told and "action.find_owner" in told
    follow.accept(school.books, "UBEN", plan.actions[1].id, LATER)
    assert said(school, Kind.NOT_ACCEPTED, PRINCIPAL, FRIDAY) is None


def test_where_there_is_no_principal_the_backup_hears_of_it(school: School) -> None:
    with school.books.write() as ledger:
        ledger.people.appoint(school.id, replace(LEADERS, principal=""))
    session = school.drafted()
    commit(school.books, REVIEWER, session.id, session.step, NOW)
    assert {row.recipient for row in wanted(school, Kind.NOT_ACCEPTED)} == {BACKUP}


LEADERS = connect.Leadership(PRINCIPAL, BACKUP, (COACH,), (DISTRICT,), (REVIEWER,))


def test_the_principal_is_not_their_own_backup(school: School) -> None:
    with pytest.raises(connect.LeadershipError) as error:
        connect.connect(
            school.books, REVIEWER, CHANNEL, school.id, replace(LEADERS, backup=PRINCIPAL), ("UANA",), LATER
        )
    assert error.value.field == "backup"


def test_whoever_accepts_what_was_offered_to_somebody_else_meanwhile_hears_so(school: School, plan: Plan) -> None:
    bens = plan.actions[1]
    follow.offer(school.books, PRINCIPAL, bens.id, "UDAN", LATER)
    with pytest.raises(follow.OfferedElsewhereError, match="offered to somebody else"):
        follow.accept(school.books, "UBEN", bens.id, LATER)
    assert school.read(lambda ledger: ledger.plans.action(bens.id)).status is Status.PROPOSED
    assert follow.accept(school.books, "UDAN", bens.id, LATER).step.owner == "UDAN"


def test_an_owner_hears_that_a_hand_over_was_declined_and_not_why(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    follow.offer(school.books, "UANA", mine.id, "UDAN", LATER)
    evening = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
    follow.hand_back(school.books, "UDAN", mine.id, "I am expecting a child", evening)
    told = wanted(school, Kind.DECLINED)
    assert [row.recipient for row in told] == ["UANA"] and told[0].due_at > evening + timedelta(hours=8)
    assert wanted(school, Kind.HANDED_BACK) == []
    message = str(said(school, Kind.DECLINED, "UANA", LATER))
    assert "<@UDAN> cannot take on" in message and "expecting" not in message


def test_nobody_answers_for_what_they_have_not_taken_on(school: School, plan: Plan) -> None:
    with pytest.raises(follow.AnswerError, match="Take this action on first"):
        follow.check_in(school.books, "UBEN", plan.actions[1].id, Status.ON_TRACK, "", LATER)
    with pytest.raises(NotOwnerError):
        follow.check_in(school.books, "UCLEO", plan.actions[1].id, Status.ON_TRACK, "", LATER)


def test_a_note_that_is_sent_twice_is_kept_once(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    for minutes in (1, 2):
        at = NOW + timedelta(minutes=minutes)
        follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No time", at, COACH, "request-1")
    notes = [one.note for one in school.read(lambda ledger: ledger.plans.check_ins(plan.session)) if one.note]
    assert notes == ["No time"] and len(wanted(school, Kind.HELP_WANTED)) == 1


def test_whoever_sets_a_due_date_on_a_closed_day_learns_so_and_the_date_stays(school: School, plan: Plan) -> None:
    mine = plan.actions[0]
    saturday = replace(mine.step, due=date(2027, 3, 6))
    kept = amend.change(school.books, PRINCIPAL, mine.id, saturday, "", LATER, owned_only=False)
    assert (kept.action.step.due, kept.closed) == (date(2027, 3, 6), "the weekend")
    reworded = replace(saturday, text="Write two shared units")
    again = amend.change(school.books, PRINCIPAL, mine.id, reworded, "", LATER, owned_only=False)
    assert again.closed is None, "it is said once"
