"""Whatever the cadences, due dates, snoozes, absences and breaks: a person gets one check-in message a week."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.calendar import Closure, SchoolCalendar
from planning.checkins import week
from planning.messages import Kind, Reason
from planning.plan import Cadence, Status
from planning.verbs import amend, follow, prefer, rest, turns
from planning.verbs.commit import commit
from storage.claim import claim, passed_over, sent
from storage.tables.messages import reminders
from tests.databases import fresh_database
from tests.planning.school import CHANNEL, NOW, PRINCIPAL, REVIEWER, School, a_school, step

ZONE = "America/Chicago"


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """The small school, on both databases."""
    with fresh_database(request.param, tmp_path) as database:
        yield a_school(database)


class Year:
    """A school's weeks, lived day by day: what is due in the evening of a day is sent as the sender would send it."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.sent: list[tuple[str, date, set[str]]] = []

    def live(self, first: date, last: date, answers: Any = None, stop: tuple[date, date] | None = None) -> None:
        """Every day from `first` to `last`; nothing is sent in a `stop`. `answers` is called for each message."""
        day = first
        while day <= last:
            now = SchoolCalendar(ZONE).moment(day, datetime.min.time().replace(hour=16))
            if stop is None or not stop[0] <= day <= stop[1]:
                self.send(now, answers)
            day += timedelta(days=1)

    def send(self, now: datetime, answers: Any = None) -> None:
        """Send every check-in that is due at `now`."""
        told: list[tuple[str, list[str]]] = []
        with self.school.books.write() as ledger:
            turns.pass_over_late(ledger, now)
        with self.school.books.write() as ledger:
            for one in claim(ledger.view, now, 0, 1000):
                rows = turns.to_ask(ledger, one.delivery, now) if one.delivery.wanted.kind is Kind.CHECK_IN else ()
                if not rows or one.delivery.ts:
                    passed_over(ledger.view, one)
                    continue
                sent(ledger.view, one, "D", str(now.timestamp()), None)
                turns.after_check_in(ledger, one.delivery, now)
                asked = {row.action for row in rows}
                person = one.delivery.wanted.recipient
                self.sent.append((person, SchoolCalendar(ZONE).today(now), asked))
                told.append((person, sorted(asked)))
        for person, asked_about in told:
            if answers:
                answers(person, asked_about, now)

    def most_in_a_week(self) -> int:
        """The most messages that anybody got in one week."""
        counted = Counter((person, week(day)) for person, day, _ in self.sent)
        return max(counted.values(), default=0)


def owned(school: School, count: int, cadences: list[Cadence], dues: list[date]) -> list[str]:
    """A live plan in which Ana owns `count` actions, all taken on."""
    session = school.drafted(("UANA", "UANA"))
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    ids = [action.id for action in plan.actions]
    for number in range(count - len(ids)):
        more = step("UANA", f"Step number {number}", dues[number % len(dues)])
        ids.append(amend.add(school.books, PRINCIPAL, plan.priorities[0].id, more, f"r{number}", NOW).action.id)
    for number, action in enumerate(ids):
        follow.accept(school.books, "UANA", action, NOW)
        there = school.read(lambda ledger, a=action: ledger.plans.action(a))
        changed = {"cadence": cadences[number % len(cadences)], "due": dues[number % len(dues)]}
        wanted = type(there.step)(**{**{f: getattr(there.step, f) for f in there.step.__slots__}, **changed})
        amend.change(school.books, PRINCIPAL, action, wanted, "", NOW, owned_only=False)
    return ids


days = st.dates(date(2026, 12, 3), date(2027, 5, 28))
breaks = st.lists(st.tuples(days, st.integers(0, 20)), max_size=3)
deeds = st.lists(
    st.tuples(days, st.sampled_from(["snooze", "away", "back", "answer", "session", "due"]), st.integers(1, 40)),
    max_size=12,
)


@settings(deadline=None, max_examples=8, derandomize=True)
@given(
    cadences=st.lists(st.sampled_from(list(Cadence)), min_size=1, max_size=4),
    dues=st.lists(days, min_size=1, max_size=4),
    closed=breaks,
    done=deeds,
    answering=st.booleans(),
    stop=st.none() | st.tuples(days, st.integers(1, 30)),
)
def test_nobody_ever_gets_two_check_in_messages_in_a_week(
    tmp_path_factory: pytest.TempPathFactory,
    cadences: list[Cadence],
    dues: list[date],
    closed: list[tuple[date, int]],
    done: list[tuple[date, str, int]],
    answering: bool,
    stop: tuple[date, int] | None,
) -> None:
    with fresh_database("sqlite", tmp_path_factory.mktemp("year")) as database:
        school = a_school(database)
        with school.books.write() as ledger:
            gaps = tuple(Closure(first, first + timedelta(days=length), "break") for first, length in closed)
            ledger.schools.set_calendar(school.id, SchoolCalendar(ZONE, gaps))
        ids = owned(school, 4, cadences, dues)
        year = Year(school)

        def answer(_person: str, asked: list[str], now: datetime) -> None:
            if answering:
                follow.check_in(school.books, "UANA", asked[0], Status.ON_TRACK, "", now + timedelta(minutes=5))

        at = date(2026, 12, 3)
        gone = (stop[0], stop[0] + timedelta(days=stop[1])) if stop else None
        for day, deed, number in sorted(done):
            year.live(at, day, answer, gone)
            at = day + timedelta(days=1)
            do(school, deed, ids[number % len(ids)], day, number)
        year.live(at, date(2027, 6, 4), answer, gone)
        assert year.most_in_a_week() <= 1, year.sent
        assert twice_about(school, (Reason.HEADS_UP, Reason.OVERDUE)) == []


def do(school: School, deed: str, action: str, day: date, number: int) -> None:
    """One thing that somebody does in the evening of `day`."""
    now = SchoolCalendar(ZONE).moment(day, datetime.min.time().replace(hour=18))
    later = day + timedelta(days=number)
    if deed == "snooze":
        rest.snooze(school.books, "UANA", action, later, now)
    elif deed == "away":
        rest.go_away(school.books, "UANA", later, day, now)
    elif deed == "back":
        rest.come_back(school.books, "UANA", now)
    elif deed == "session":
        prefer.set_session_day(school.books, PRINCIPAL, CHANNEL, later, now)
    elif deed == "answer":
        follow.check_in(school.books, "UANA", action, Status.AT_RISK, f"Word {number}", now)
    else:
        there = school.read(lambda ledger: ledger.plans.action(action))
        changed = {f: getattr(there.step, f) for f in there.step.__slots__} | {"due": later}
        amend.change(school.books, PRINCIPAL, action, type(there.step)(**changed), "", now, owned_only=False)


def twice_about(school: School, reasons: tuple[Reason, ...]) -> list[Any]:
    """What a person was told twice about one due date."""
    with school.books.database.read() as conn:
        rows = conn.execute(reminders.select().where(reminders.c.carried_at.is_not(None))).all()
    told = Counter(
        (row.person, row.action_id, row.reason, row.planned) for row in rows if Reason(row.reason) in reasons
    )
    return [one for one, times in told.items() if times > 1]


def test_after_two_unanswered_messages_an_owner_hears_nothing_until_they_say_something(school: School) -> None:
    ids = owned(school, 3, [Cadence.WEEKLY], [date(2027, 2, 1)])
    year = Year(school)
    year.live(date(2026, 12, 3), date(2027, 2, 26))
    assert len(year.sent) == 2
    now = SchoolCalendar(ZONE).moment(date(2027, 2, 26), datetime.min.time().replace(hour=18))
    follow.check_in(school.books, "UANA", ids[0], Status.ON_TRACK, "Back at it", now)
    year.live(date(2027, 2, 27), date(2027, 3, 5))
    assert len(year.sent) == 3
    assert year.sent[-1][2] == set(ids), "whatever is theirs is asked about again"


def test_a_heads_up_and_one_overdue_notice_ride_along_once_each(school: School) -> None:
    owned(school, 2, [Cadence.MONTHLY], [date(2027, 1, 15)])
    year = Year(school)

    def answer(_person: str, asked: list[str], now: datetime) -> None:
        follow.check_in(school.books, "UANA", asked[0], Status.ON_TRACK, "", now + timedelta(minutes=5))

    year.live(date(2026, 12, 3), date(2027, 3, 26), answer)
    with school.books.database.read() as conn:
        rows = conn.execute(reminders.select().where(reminders.c.carried_at.is_not(None))).all()
    notices = sorted((row.reason, row.local_date) for row in rows if row.reason in ("heads-up", "overdue"))
    heads_up, overdue = date(2027, 1, 13), date(2027, 1, 20)
    assert notices == [("heads-up", heads_up)] * 2 + [("overdue", overdue)] * 2
    assert year.most_in_a_week() == 1


def test_a_stop_of_days_is_made_up_for_by_one_message_and_a_long_one_by_the_next_turn(school: School) -> None:
    ids = owned(school, 3, [Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY], [date(2027, 5, 3)])
    year = Year(school)
    year.live(date(2026, 12, 3), date(2026, 12, 11), stop=(date(2026, 12, 8), date(2026, 12, 10)))
    assert [day for _, day, _ in year.sent] == [date(2026, 12, 11)]
    year.live(date(2026, 12, 12), date(2027, 2, 12), stop=(date(2026, 12, 12), date(2027, 2, 11)))
    assert len(year.sent) == 1, "what is weeks old is not dumped on anybody"
    year.live(date(2027, 2, 13), date(2027, 2, 17))
    assert [day for _, day, _ in year.sent] == [date(2026, 12, 11), date(2027, 2, 17)]
    assert year.sent[-1][2] == set(ids)
    plan = school.read(lambda ledger: ledger.plans.live(school.id))
    assert school.read(lambda ledger: ledger.reminders.passed_over(plan.session, date(2026, 12, 1))) == set(ids)


def test_a_snoozed_action_is_left_alone_until_its_day_and_the_others_are_not(school: School) -> None:
    ids = owned(school, 2, [Cadence.WEEKLY], [date(2027, 5, 3)])
    rest.snooze(school.books, "UANA", ids[0], date(2027, 1, 18), NOW)
    year = Year(school)

    def answer(_person: str, asked: list[str], now: datetime) -> None:
        follow.check_in(school.books, "UANA", asked[0], Status.ON_TRACK, "", now + timedelta(minutes=5))

    year.live(date(2026, 12, 3), date(2027, 1, 22), answer)
    assert {day for _, day, asked in year.sent if ids[0] in asked} == {date(2027, 1, 20)}
    assert len({day for _, day, asked in year.sent if ids[1] in asked}) > 4
    assert school.read(lambda ledger: ledger.plans.action(ids[0])).snoozed_until is None, "the snooze is over"


def test_whoever_is_away_is_asked_nothing_and_everything_once_back(school: School) -> None:
    ids = owned(school, 2, [Cadence.WEEKLY], [date(2027, 1, 8)])
    rest.go_away(school.books, "UANA", date(2027, 1, 25), date(2026, 12, 2), NOW)
    year = Year(school)
    year.live(date(2026, 12, 3), date(2027, 1, 29))
    assert [(day, asked) for _, day, asked in year.sent] == [(date(2027, 1, 27), set(ids))]


def test_the_day_of_the_next_session_brings_that_week_s_message_forward(school: School) -> None:
    ids = owned(school, 2, [Cadence.WEEKLY, Cadence.MONTHLY], [date(2027, 5, 3)])
    prefer.set_session_day(school.books, PRINCIPAL, CHANNEL, date(2026, 12, 15), NOW)
    year = Year(school)

    def answer(_person: str, asked: list[str], now: datetime) -> None:
        follow.check_in(school.books, "UANA", asked[0], Status.ON_TRACK, "", now + timedelta(minutes=5))

    year.live(date(2026, 12, 3), date(2026, 12, 23), answer)
    assert [day for _, day, _ in year.sent] == [date(2026, 12, 9), date(2026, 12, 14), date(2026, 12, 23)]
    assert year.sent[1][2] == set(ids), "everything that is open, the day before the team meets"


def test_a_day_that_is_set_once_the_next_question_waits_brings_it_forward(school: School) -> None:
    ids = owned(school, 2, [Cadence.WEEKLY], [date(2027, 5, 3)])
    year = Year(school)

    def answer(_person: str, asked: list[str], now: datetime) -> None:
        follow.check_in(school.books, "UANA", asked[0], Status.ON_TRACK, "", now + timedelta(minutes=5))

    year.live(date(2026, 12, 3), date(2026, 12, 9), answer)
    evening = SchoolCalendar(ZONE).moment(date(2026, 12, 9), datetime.min.time().replace(hour=18))
    prefer.set_session_day(school.books, PRINCIPAL, CHANNEL, date(2026, 12, 15), evening)
    year.live(date(2026, 12, 10), date(2026, 12, 23), answer)
    assert [day for _, day, _ in year.sent] == [date(2026, 12, 9), date(2026, 12, 14), date(2026, 12, 23)]
    assert year.sent[1][2] == set(ids)


def test_an_owner_in_two_schools_is_asked_in_one_message_a_week_and_on_no_closed_day_of_either(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database:
        oak, elm = a_school(database), a_school(database, code="ELM", channel="CELM")
        with elm.books.write() as ledger:
            storm = Closure(date(2026, 12, 9), date(2026, 12, 9), "a storm")
            ledger.schools.set_calendar(elm.id, SchoolCalendar("America/New_York", (storm,)))
        first, second = (_committed(school) for school in (oak, elm))
        for action in (first, second):
            follow.accept(oak.books, "UANA", action, NOW)
        year = Year(oak)
        year.live(date(2026, 12, 3), date(2026, 12, 18))
        assert [(day, asked) for _, day, asked in year.sent] == [
            (date(2026, 12, 9), {first}),
            (date(2026, 12, 16), {first, second}),
        ]


def _committed(school: School) -> str:
    """An action of Ana's in the live plan of `school`."""
    session = school.drafted()
    return commit(school.books, REVIEWER, session.id, session.step, NOW).actions[0].id
