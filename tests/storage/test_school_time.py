"""What is still to come follows a changed zone, calendar or hour: on both databases, without a double or a loss."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.messages import render
from planning.calendar import NOT_YET_KNOWN, SchoolCalendar
from planning.messages import Kind, Reason
from planning.people import Leadership, Role
from planning.plan import Cadence, Plan, Status, Step
from planning.school_days import CalendarError, DayKind, Days, GoneError, entries
from planning.verbs import amend, connect, follow, school_time, year_end
from planning.verbs.commit import commit
from planning.verbs.reach import next_push
from planning.verbs.replan import replan_school
from planning.verbs.turns import after_check_in
from storage.books import Ledger, WorkspaceBooks
from storage.claim import Claim, claim, passed_over, sent, slow_down
from storage.database import Database
from storage.schools import change_school
from storage.tables.messages import deliveries, reminders
from storage.tables.reviews import schools
from tests.databases import fresh_database
from tests.planning.school import COACH, NOW, PRINCIPAL, REVIEWER, School, a_school

CHICAGO = ZoneInfo("America/Chicago")
ASKED = date(2026, 12, 9)
"""The Wednesday on which an action with a weekly cadence is first asked about."""


@pytest.fixture
def school(database: Database) -> School:
    """A school whose two owners have taken their actions on."""
    return planned(a_school(database))


def planned(school: School) -> School:
    """A committed plan with its actions taken on."""
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    for action in plan.actions:
        follow.accept(school.books, action.step.owner, action.id, NOW)
    return school


def plan_of(school: School) -> Plan:
    """The live plan."""
    found = school.read(lambda ledger: ledger.plans.live(school.id))
    assert found is not None
    return found  # type: ignore[no-any-return]


def calendar_of(school: School) -> SchoolCalendar:
    """The calendar as it is stored."""
    return school.read(lambda ledger: ledger.schools.calendar(school.id))  # type: ignore[no-any-return]


def rows(school: School) -> list[tuple[str, date, str, datetime]]:
    """Every turn to be asked: who, on which local date, in which zone, at which moment."""
    turns = reminders.select().where(reminders.c.reason == Reason.CHECK_IN.value)
    with school.books.database.read() as conn:
        found = conn.execute(turns.order_by(reminders.c.person, reminders.c.due_at))
        return [(row.person, row.local_date, row.zone, row.due_at) for row in found]


def waiting(school: School, kind: Kind = Kind.CHECK_IN) -> list[tuple[str, str, datetime]]:
    """The messages of one kind that wait: to whom, for which occasion, and when; of check-ins those with a turn."""
    days = {(who, day.isoformat()) for who, day, _, _ in rows(school)}
    with school.books.database.read() as conn:
        mine = (deliveries.c.kind == kind.value, deliveries.c.state == "waiting", deliveries.c.ts.is_(None))
        found = conn.execute(deliveries.select().where(*mine).order_by(deliveries.c.recipient, deliveries.c.due_at))
        every = [(row.recipient, row.occasion, row.due_at) for row in found]
    return [one for one in every if kind is not Kind.CHECK_IN or one[:2] in days]


def enter(school: School, first: date, last: date, kind: DayKind = DayKind.CLOSED, now: datetime = NOW) -> Days:
    """The principal enters days."""
    days = Days(first, last, kind, "" if kind is DayKind.YEAR else "Some days")
    school_time.add_days(school.books, PRINCIPAL, school.id, days, now)
    return days


def live(school: School, until: datetime, now: datetime = NOW) -> list[tuple[str, datetime]]:
    """Send whatever is due, at its moment, up to the moment `until`: to whom a check-in went, and when."""
    went: list[tuple[str, datetime]] = []
    soonest = select(func.min(deliveries.c.due_at)).where(deliveries.c.state == "waiting")
    while now <= until:
        with school.books.write() as ledger:
            for one in claim(ledger.view, now, 0, 50):
                if send(ledger, one, now):
                    went.append((one.delivery.wanted.recipient, now))
            following = ledger.view.conn.scalar(soonest)
        if following is None:
            break
        now = max(now, following)
    return went


def send(ledger: Ledger, one: Claim, now: datetime) -> bool:
    """What the sender does with one message; whether a new check-in went out."""
    if (allowed := next_push(ledger, one.delivery, now)) > now:
        slow_down(ledger.view, one, allowed)
    elif one.delivery.wanted.kind is Kind.CHECK_IN and one.delivery.ts is None and render(ledger, one.delivery, now):
        sent(ledger.view, one, "D1", str(now.timestamp()), None)
        after_check_in(ledger, one.delivery, now)
        return True
    else:
        passed_over(ledger.view, one)
    return False


def test_a_closed_day_moves_what_falls_on_it_and_the_message_that_carries_it(school: School) -> None:
    enter(school, ASKED, ASKED)
    assert {day for _, day, _, _ in rows(school)} == {date(2026, 12, 10)}
    assert {(who, day) for who, day, _ in waiting(school)} == {("UANA", "2026-12-10"), ("UBEN", "2026-12-10")}


def test_a_public_holiday_on_which_school_is_open_is_asked_on_and_nothing_else_is_opened(school: School) -> None:
    closed, holiday = enter(school, ASKED, date(2026, 12, 31)), date(2027, 1, 1)
    assert {day for _, day, _, _ in rows(school)} == {date(2027, 1, 6)}
    opened = enter(school, holiday, holiday, DayKind.OPEN)
    assert {day for _, day, _, _ in rows(school)} == {holiday}
    assert entries(calendar_of(school)) == (closed, opened)
    for first, last, why in (
        (closed.first, closed.last, "Some days"),
        (date(2027, 2, 6), date(2027, 2, 7), "the weekend"),
    ):
        with pytest.raises(CalendarError, match=f"Only a public holiday can be opened. “{why}” closes school"):
            enter(school, first, last, DayKind.OPEN)
        with pytest.raises(CalendarError, match="Only a public holiday"):
            moved = Days(first, last, DayKind.OPEN, "Make-up")
            school_time.change_days(school.books, PRINCIPAL, school.id, opened.mark, moved, NOW)
    school_time.remove_days(school.books, PRINCIPAL, school.id, opened.mark, NOW)
    assert {day for _, day, _, _ in rows(school)} == {date(2027, 1, 6)}


def test_taking_the_closed_day_out_again_moves_it_back(school: School) -> None:
    before = rows(school), waiting(school)
    days = enter(school, ASKED, ASKED)
    school_time.remove_days(school.books, PRINCIPAL, school.id, days.mark, NOW)
    assert (rows(school), waiting(school)) == before


def test_a_busy_week_defers_the_question_and_the_answer_still_asks_once_a_week(school: School) -> None:
    enter(school, date(2026, 12, 7), date(2026, 12, 11), DayKind.BUSY)
    assert {day for _, day, _, _ in rows(school)} == {date(2026, 12, 16)}


def test_another_time_zone_keeps_the_local_date_and_hour(school: School) -> None:
    before = calendar_of(school)
    with school.books.write() as ledger:
        change_school(ledger.view.conn, ledger.view.workspace, school.id, time_zone="America/Los_Angeles")
        replan_school(ledger, school.id, before, NOW)
    for _, day, zone, due in rows(school):
        assert (day, zone) == (ASKED, "America/Los_Angeles")
        assert due.astimezone(ZoneInfo(zone)).time() == time(15)
    assert {due for _, _, due in waiting(school)} == {due for _, _, _, due in rows(school)}


def test_another_default_zone_is_noticed_at_the_next_start(school: School) -> None:
    school.books.default_zone = "America/New_York"
    school_time.realign(school.books, NOW)
    assert {(zone, due.astimezone(ZoneInfo(zone)).time()) for _, _, zone, due in rows(school)} == {
        ("America/New_York", time(15))
    }


def test_the_hour_a_person_likes_moves_their_own_messages_alone(school: School) -> None:
    school_time.set_own_hours(school.books, "UANA", time(18), time(6), time(11), NOW)
    at = {who: due.astimezone(CHICAGO).time() for who, _, _, due in rows(school)}
    assert at == {"UANA": time(11), "UBEN": time(15)}
    assert {who: due.astimezone(CHICAGO).time() for who, _, due in waiting(school)} == at


def test_hours_that_leave_no_time_to_ask_are_refused(school: School) -> None:
    with pytest.raises(CalendarError, match="within your school's staff hours"):
        school_time.set_own_hours(school.books, "UANA", time(18), time(6), time(20), NOW)
    with pytest.raises(CalendarError, match="outside of the quiet ones"):
        school_time.set_own_hours(school.books, "UANA", time(6), time(20), None, NOW)


def test_an_hour_to_be_asked_at_that_is_quiet_is_refused_and_not_moved_silently(school: School) -> None:
    with pytest.raises(CalendarError, match="8:30 AM is a quiet hour of yours") as error:
        school_time.set_own_hours(school.books, "UANA", time(7), time(12), time(8, 30), NOW)
    assert error.value.field == "ask_at"
    school_time.set_own_hours(school.books, "UANA", time(7), time(12), time(12), NOW)
    at = {who: due.astimezone(CHICAGO).time() for who, _, _, due in rows(school)}
    assert at["UANA"] == time(12)


def test_half_way_around_the_world_the_hour_to_be_asked_at_is_one_of_the_own_clock(school: School) -> None:
    school_time.learn_zone(school.books, "UANA", "Asia/Kolkata", NOW)
    school_time.set_own_hours(school.books, "UANA", time(19), time(7), time(9), NOW)
    at = {who: due.astimezone(ZoneInfo("Asia/Kolkata")).time() for who, _, _, due in rows(school)}
    assert at["UANA"] == time(9)


def test_a_zone_learnt_from_slack_keeps_messages_out_of_the_persons_evening(school: School) -> None:
    school_time.learn_zone(school.books, "UANA", "Europe/Berlin", NOW)
    due = {who: due for who, _, _, due in rows(school)}
    assert due["UANA"].astimezone(ZoneInfo("Europe/Berlin")).time() == time(18, 45)
    assert due["UBEN"].astimezone(CHICAGO).time() == time(15)


def test_what_was_sent_stays_and_the_week_is_not_asked_again(school: School) -> None:
    live(school, datetime(2026, 12, 9, 22, tzinfo=CHICAGO))
    enter(school, date(2026, 12, 16), date(2026, 12, 18), now=datetime(2026, 12, 9, 22, tzinfo=CHICAGO))
    coming = [day for _, day, _, due in rows(school) if due > datetime(2026, 12, 9, 22, tzinfo=CHICAGO)]
    assert coming == [date(2026, 12, 23)] * 2
    assert sum(day == ASKED for _, day, _, _ in rows(school)) == 2


def test_what_is_a_week_late_rides_along_in_the_message_of_that_week(school: School) -> None:
    stopped, again = datetime(2026, 12, 9, 12, tzinfo=CHICAGO), datetime(2026, 12, 14, 8, tzinfo=CHICAGO)
    plan = plan_of(school)
    new = Step("Visit two lessons", "UANA", date(2027, 2, 1), Cadence.WEEKLY)
    added = amend.add(school.books, PRINCIPAL, plan.priorities[0].id, new, "another", NOW).action
    assert live(school, stopped) == []
    follow.accept(school.books, "UANA", added.id, stopped)
    assert date(2026, 12, 16) in {day for who, day, _, _ in rows(school) if who == "UANA"}
    went = [
        at.astimezone(CHICAGO).date() for who, at in live(school, again + timedelta(days=20), again) if who == "UANA"
    ]
    assert went == [date(2026, 12, 16), date(2026, 12, 23)], "and then silence: nobody answered"


def test_after_the_last_day_of_school_everything_waits_until_the_next_year_is_entered(school: School) -> None:
    enter(school, date(2026, 8, 17), date(2026, 12, 4), DayKind.YEAR)
    assert {day for _, day, _, _ in rows(school)} == {NOT_YET_KNOWN}
    assert live(school, datetime(2027, 1, 15, tzinfo=CHICAGO)) == []
    enter(school, date(2027, 1, 18), date(2027, 6, 4), DayKind.YEAR, datetime(2027, 1, 10, tzinfo=CHICAGO))
    assert {day for _, day, _, _ in rows(school)} == {date(2027, 1, 20)}
    assert len(waiting(school)) == 2


def test_a_question_that_is_late_on_the_last_day_of_school_is_asked_when_the_next_year_begins(school: School) -> None:
    enter(school, date(2026, 8, 17), ASKED, DayKind.YEAR)
    too_late = datetime(2026, 12, 9, 18, tzinfo=CHICAGO)
    assert live(school, datetime(2027, 1, 15, tzinfo=CHICAGO), too_late) == []
    enter(school, date(2027, 1, 18), date(2027, 6, 4), DayKind.YEAR, datetime(2027, 1, 15, tzinfo=CHICAGO))
    went = live(school, datetime(2027, 1, 31, tzinfo=CHICAGO), datetime(2027, 1, 15, tzinfo=CHICAGO))
    assert sorted((who, at.astimezone(CHICAGO).date()) for who, at in went if at.day < 25) == [
        ("UANA", date(2027, 1, 20)),
        ("UBEN", date(2027, 1, 20)),
    ]


def test_who_is_still_to_take_an_action_on_is_asked_when_the_school_opens_again(database: Database) -> None:
    school = a_school(database)
    enter(school, date(2026, 12, 2), date(2026, 12, 4))
    session = school.drafted()
    commit(school.books, REVIEWER, session.id, session.step, NOW)
    assert {due.astimezone(CHICAGO).date() for _, _, due in waiting(school, Kind.ACCEPTANCE)} == {date(2026, 12, 7)}
    enter(school, date(2026, 12, 7), date(2026, 12, 7))
    assert {due.astimezone(CHICAGO).date() for _, _, due in waiting(school, Kind.ACCEPTANCE)} == {date(2026, 12, 8)}
    assert [day.rpartition("/")[2] for _, day, _ in waiting(school, Kind.NOT_ACCEPTED)] == ["2026-12-10"]


def test_only_those_who_keep_the_calendar_change_it_and_the_calendar_is_read_as_it_was_entered(school: School) -> None:
    with pytest.raises(school_time.NotKeeperError):
        school_time.add_days(school.books, "UANA", school.id, Days(ASKED, ASKED, DayKind.BUSY, "Testing"), NOW)
    days = enter(school, ASKED, ASKED, DayKind.BUSY)
    also = Days(ASKED, ASKED, DayKind.CLOSED, "Snow")
    school_time.change_days(school.books, COACH, school.id, days.mark, also, NOW)
    assert entries(calendar_of(school)) == (also,)
    school_time.change_days(school.books, COACH, school.id, days.mark, also, NOW)
    with pytest.raises(GoneError):
        school_time.change_days(school.books, COACH, school.id, days.mark, replace(also, name="Ice"), NOW)


def test_in_the_last_month_an_action_is_carried_over_once_and_the_leader_is_asked_about_the_rest(
    school: School,
) -> None:
    enter(school, date(2026, 8, 17), date(2027, 6, 4), DayKind.YEAR)
    may = datetime(2027, 5, 20, 15, tzinfo=CHICAGO)
    first, other = plan_of(school).actions
    assert [who for who, _, _ in waiting(school, Kind.YEAR_END)] == [PRINCIPAL]
    with pytest.raises(year_end.NotEndingError):
        year_end.carry(school.books, "UANA", first.id, NOW)
    assert to_settle(school, may) == {first.id, other.id}
    year_end.carry(school.books, "UANA", first.id, may)
    year_end.carry(school.books, "UANA", first.id, may + timedelta(hours=1))
    assert to_settle(school, may) == {other.id}
    assert len(school.read(lambda ledger: ledger.plans.history(first.id))) == 2, "taken on, and carried over once"
    follow.check_in(school.books, "UBEN", other.id, Status.DONE, "The plans", may)
    assert to_settle(school, may) == set()


def test_only_the_owner_and_leaders_carry_an_action_over(school: School) -> None:
    enter(school, date(2026, 8, 17), date(2026, 12, 18), DayKind.YEAR)
    action = plan_of(school).actions[0]
    with pytest.raises(Exception, match="Only the person who owns"):
        year_end.carry(school.books, "UBEN", action.id, NOW)
    assert year_end.carry(school.books, PRINCIPAL, action.id, NOW).carried_at == NOW


def to_settle(school: School, now: datetime) -> set[str]:
    """What is still to be settled before the summer."""
    return set(school.read(lambda ledger: year_end.to_settle(ledger, plan_of(school), now)))


def test_the_leaders_list_goes_to_the_backup_where_there_is_no_principal(school: School) -> None:
    enter(school, date(2026, 8, 17), date(2027, 6, 4), DayKind.YEAR)
    connect.connect(school.books, REVIEWER, "CPLAN", school.id, Leadership("", "UBACKUP"), ("UANA",), NOW)
    assert school.read(lambda ledger: ledger.people.with_role(school.id, Role.BACKUP)) == ("UBACKUP",)
    assert [who for who, _, _ in waiting(school, Kind.YEAR_END)] == ["UBACKUP"]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(
            ["closed", "busy", "open", "remove", "Asia/Kolkata", "America/New_York", "Europe/Berlin", "hours"]
        ),
        st.dates(date(2026, 12, 3), date(2027, 3, 20)),
        st.integers(0, 12),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with a planned school in it, to begin from again and again."""
    folder = tmp_path_factory.mktemp("template")
    with fresh_database("sqlite", folder) as database:
        planned(a_school(database))
    return folder / "levers.db"


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_whatever_changes_meanwhile_nobody_is_asked_twice_a_week_and_nobody_is_forgotten(
    template: Path, tmp_path: Path, changes: Sequence[tuple[str, date, int]]
) -> None:
    file = tmp_path / "one.db"
    file.write_bytes(template.read_bytes())
    database = Database(f"sqlite:///{file}")
    with database.read() as conn:
        workspace, school_id = conn.execute(select(schools.c.workspace, schools.c.id)).one()
    school = School(WorkspaceBooks(database, workspace, "America/Chicago"), school_id)
    went: list[tuple[str, datetime]] = []
    now = NOW
    for what, first, length in changes:
        changed(school, what, first, first + timedelta(days=length), now)
        until = min(now + timedelta(days=9), datetime(2027, 3, 20, tzinfo=CHICAGO))
        went += live(school, until, now)
        now = until
    went += live(school, datetime(2027, 4, 10, tzinfo=CHICAGO), now)
    database.close()
    weeks = [(who, at.astimezone(CHICAGO).isocalendar()[:2]) for who, at in went]
    assert len(set(weeks)) == len(weeks), sorted(weeks)
    assert {who for who, _ in went} == {"UANA", "UBEN"}


def changed(school: School, what: str, first: date, last: date, now: datetime) -> None:
    """Somebody changes something about the school's time."""
    if what in ("closed", "busy"):
        enter(school, first, last, DayKind(what), now)
    elif what == "open":
        with suppress(CalendarError):
            enter(school, first, last, DayKind.OPEN, now)
    elif what == "hours":
        school_time.set_own_hours(school.books, "UANA", time(18), time(6), time(8 + last.day % 8), now)
    elif what == "remove":
        for one in entries(calendar_of(school))[:1]:
            school_time.remove_days(school.books, PRINCIPAL, school.id, one.mark, now)
    else:
        school_time.learn_zone(school.books, "UBEN", what, now)
