"""Leaders want to know how it goes: owners are asked once a week by everybody together, principals from outside."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planning.messages import Kind, Reason
from planning.people import Leadership
from planning.plan import Action, Status
from planning.preferences import Preferences, Topic
from planning.school_days import DayKind, Days
from planning.verbs import connect, follow, prefer, reply, rest, update
from planning.verbs.commit import commit
from planning.verbs.school_time import add_days
from planning.verbs.turns import after_check_in, to_ask
from rubric.errors import LeversError
from tests.databases import fresh_database
from tests.planning.school import BACKUP, CHANNEL, DISTRICT, NOW, PRINCIPAL, REVIEWER, School, a_school

MONDAY = datetime(2027, 2, 8, 16, 0, tzinfo=UTC)
"""Ten in the morning at the school, a week after everything was due."""


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """A school with a plan of two actions, both taken on and overdue on MONDAY, on both databases."""
    with fresh_database(request.param, tmp_path) as database:
        planned = a_school(database)
        session = planned.drafted(("UANA", "UBEN"))
        commit(planned.books, REVIEWER, session.id, session.step, NOW)
        for action in actions(planned):
            follow.accept(planned.books, action.step.owner, action.id, NOW)
        with planned.books.write() as ledger:
            for action in actions(planned):
                ledger.reminders.withdraw(action.id, NOW)
        yield planned


def actions(school: School) -> tuple[Action, ...]:
    """The plan's actions, as they stand."""
    found: tuple[Action, ...] = school.read(lambda ledger: ledger.plans.live(school.id)).actions
    return found


def ask(school: School, now: datetime = MONDAY, who: str = PRINCIPAL) -> update.Asked:
    """Somebody asks about the first action."""
    return update.ask_owner(school.books, who, actions(school)[0].id, now)


def send(school: School, day: date, now: datetime) -> int:
    """Send the check-in of Ana's `day`, as the sender does; how many questions it holds."""
    with school.books.write() as ledger:
        delivery = ledger.deliveries.find(Kind.CHECK_IN, "UANA", day.isoformat())
        assert delivery is not None
        asked = to_ask(ledger, delivery, now)
        if asked:
            after_check_in(ledger, delivery, now)
        return len(asked)


def test_an_owner_is_asked_at_their_hour_on_the_same_day(school: School) -> None:
    assert ask(school).day == MONDAY.date()
    (row,) = school.read(lambda ledger: ledger.reminders.coming(actions(school)[0].id, Reason.WANTED))
    assert row.due == datetime(2027, 2, 8, 21, 0, tzinfo=UTC), "when the school day ends"
    assert row.asked_by == PRINCIPAL


def test_asking_again_before_it_is_sent_changes_nothing_whoever_does(school: School) -> None:
    first = ask(school)
    assert ask(school, MONDAY + timedelta(hours=1), BACKUP) == first
    assert len(school.read(lambda ledger: ledger.reminders.coming(actions(school)[0].id, Reason.WANTED))) == 1


def test_whoever_had_this_week_s_question_is_asked_with_the_next(school: School) -> None:
    ask(school)
    assert send(school, MONDAY.date(), MONDAY + timedelta(hours=5)) == 1
    again = ask(school, MONDAY + timedelta(days=1), BACKUP)
    assert again.day.isocalendar()[:2] == (MONDAY + timedelta(days=7)).date().isocalendar()[:2]


def test_everybody_who_is_overdue_is_asked_once(school: School) -> None:
    asked = update.ask_overdue(school.books, PRINCIPAL, school.id, MONDAY)
    assert {one.owner for one in asked} == {"UANA", "UBEN"}
    with pytest.raises(update.NotToAskError):
        update.ask_overdue(school.books, PRINCIPAL, school.id, NOW + timedelta(days=1))


def test_nobody_is_asked_about_what_is_snoozed_closed_or_nobody_s(school: School) -> None:
    action = actions(school)[0]
    rest.snooze(school.books, "UANA", action.id, date(2027, 3, 1), MONDAY)
    with pytest.raises(update.NotToAskError, match="snoozed"):
        ask(school)
    follow.check_in(school.books, "UANA", action.id, Status.DONE, "In the folder", MONDAY)
    with pytest.raises(update.NotToAskError, match="done"):
        ask(school)


def test_the_district_asks_the_principal_once_a_week_together_with_reviewers(school: School) -> None:
    with pytest.raises(update.AsksLeaderError):
        ask(school, who=DISTRICT)
    assert update.ask_leader(school.books, DISTRICT, school.id, MONDAY) == PRINCIPAL
    with pytest.raises(update.AskedAlreadyError):
        update.ask_leader(school.books, REVIEWER, school.id, MONDAY + timedelta(days=2))
    update.ask_leader(school.books, REVIEWER, school.id, MONDAY + timedelta(days=7))
    told = school.read(lambda ledger: ledger.deliveries.about(Kind.UPDATE_WANTED, school.id))
    assert [one.wanted.recipient for one in told] == [PRINCIPAL] * 2


def test_the_principal_answers_whoever_asked_once_and_nobody_else_does(school: School) -> None:
    update.ask_leader(school.books, DISTRICT, school.id, MONDAY)
    for who, asker, text in ((REVIEWER, DISTRICT, "Well"), (PRINCIPAL, DISTRICT, " "), (PRINCIPAL, "UANA", "Well")):
        with pytest.raises(LeversError):
            reply.reply(school.books, who, school.id, asker, text, "r0", MONDAY)
    for _ in range(2):
        reply.reply(school.books, PRINCIPAL, school.id, DISTRICT, "Two of three are done", "r1", MONDAY)
    (told,) = school.read(lambda ledger: ledger.deliveries.about(Kind.REPLY, school.id))
    assert told.wanted.recipient == DISTRICT


def test_a_question_to_a_leader_waits_for_their_staff_hours(school: School) -> None:
    night = datetime(2027, 2, 9, 4, 0, tzinfo=UTC)
    update.ask_leader(school.books, DISTRICT, school.id, night)
    (told,) = school.read(lambda ledger: ledger.deliveries.about(Kind.UPDATE_WANTED, school.id))
    assert told.wanted.due == datetime(2027, 2, 9, 13, 30, tzinfo=UTC)


def test_a_question_to_a_leader_waits_until_the_school_is_not_busy(school: School) -> None:
    testing = Days(MONDAY.date(), MONDAY.date(), DayKind.BUSY, "State testing")
    add_days(school.books, PRINCIPAL, school.id, testing, NOW)
    update.ask_leader(school.books, DISTRICT, school.id, MONDAY)
    (told,) = school.read(lambda ledger: ledger.deliveries.about(Kind.UPDATE_WANTED, school.id))
    assert told.wanted.due == datetime(2027, 2, 9, 13, 30, tzinfo=UTC)


def test_a_leader_who_takes_no_questions_is_not_said_to_be_asked(school: School) -> None:
    prefer.prefer(school.books, Preferences(PRINCIPAL, declined=frozenset({Topic.UPDATES})), NOW)
    with pytest.raises(update.NobodyToAskError, match="Ask them in person"):
        update.ask_leader(school.books, DISTRICT, school.id, MONDAY)


def test_with_nobody_to_lead_the_school_there_is_nobody_to_ask(school: School) -> None:
    leaderless = Leadership("", "", district=(DISTRICT,))
    connect.connect(school.books, REVIEWER, CHANNEL, school.id, leaderless, ("UANA",), MONDAY)
    with school.books.write() as ledger:
        ledger.people.dismiss_administrator(REVIEWER)
    with pytest.raises(update.NobodyToAskError):
        update.ask_leader(school.books, DISTRICT, school.id, MONDAY)
