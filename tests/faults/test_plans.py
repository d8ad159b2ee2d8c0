"""Plans are followed through a stop, moved clocks and a process that falls behind: each owner is asked once."""

import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.sending import postman as sending
from planning.calendar import Closure
from planning.messages import Kind
from planning.plan import Status
from planning.verbs import follow
from planning.verbs.replan import replan_school
from planning.verbs.school_time import keep_calendar, learn_zone
from storage.database import Database
from storage.schools import change_school
from storage.tables.messages import deliveries
from tests.faults.followed import Followed, followed
from tests.faults.mill import FULL, until
from tests.faults.sender import postman

OWNERS, EACH = (50, 20) if FULL else (4, 3)
ASKED = datetime(2026, 12, 9, 21, 15, tzinfo=UTC)
"""Wednesday, a quarter past three at the school: a week after the plan."""
BEFORE_THE_STOP, AFTER_THE_STOP = ASKED - timedelta(days=1), datetime(2026, 12, 11, 21, 15, tzinfo=UTC)
ZONES = ("America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "Africa/Cairo")


def test_after_three_days_stop_everything_due_is_asked_in_one_message_a_person(
    tmp_path: Path, database: Database
) -> None:
    with followed(tmp_path, database, OWNERS, EACH, due=date(2026, 12, 10)) as here:
        here.set_time(AFTER_THE_STOP)
        due = [row for row in here.rows() if row[2] == "check-in" and row[3] <= date(2026, 12, 11)]
        assert len(due) == OWNERS * EACH
        with here.mill.started(1 if database.embedded else 4, here.clock):
            until(lambda: owed(here) == 0, 120)
        assert set(here.check_ins().values()) == {1}, "every owner was reached once"
        carried = {(row[0], row[4]) for row in here.rows() if row[:4] in [one[:4] for one in due]}
        assert len(carried) == OWNERS and all(message for _, message in carried), "one message carried it all"


def test_four_processes_started_at_once_write_one_row_an_occurrence_and_post_once(
    tmp_path: Path, database: Database
) -> None:
    with followed(tmp_path, database, OWNERS) as here:
        here.set_time(BEFORE_THE_STOP)
        with here.mill.started(4, here.clock):
            here.set_time(ASKED + timedelta(minutes=1))
            until(lambda: len(here.told()) >= OWNERS and owed(here) == 0)
        occurrences = Counter(row[:4] for row in here.rows())
        assert set(occurrences.values()) == {1} and max(row[3] for row in here.rows() if row[2] == "check-in") > date(
            2026, 12, 9
        )
        assert here.check_ins() == dict.fromkeys(here.owners, 1)
        with database.read() as conn:
            digests = select(func.count()).where(deliveries.c.kind == "digest", deliveries.c.recipient == "UPRINCIPAL")
            assert conn.scalar(digests) == 1


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_process_stopped_past_its_lease_as_it_begins_sends_nothing_late(
    tmp_path: Path, database: Database, where: str
) -> None:
    with followed(tmp_path, database, 1) as here:
        (owner,) = here.owners
        here.set_time(ASKED + timedelta(minutes=1))
        with here.mill.started(1, here.clock, stops_at=(owner, where)) as (stopped,):
            _, state = os.waitpid(stopped.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(state)
            taken = token(here)
            with here.mill.started(1, here.clock):
                until(lambda: len(here.told()) == 1 and owed(here) == 0)
                sent = token(here)
                assert sent > taken
            stopped.send_signal(signal.SIGCONT)
            # It goes through one message after the other: when this one stands, the late one is behind it.
            here.mill.want(1, name="goes on ")
            until(lambda: here.mill.unsettled_of(Kind.WELCOME) == 0)
        assert here.check_ins() == {owner: 1}
        assert token(here) == sent, "its mark was refused"


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 2, 19, tzinfo=UTC),
        datetime(2027, 10, 12, 19, tzinfo=UTC),
        datetime(2024, 2, 13, 19, tzinfo=UTC),
    ],
)
def test_through_daylight_saving_and_a_leap_day_each_local_date_has_one_message(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(sending, "CHANNEL_SECONDS", 0)
    zones, weeks = (ZONES, 8) if FULL else (ZONES[:3], 5)
    with followed(tmp_path, database, 1, 1, zones, now.date() + timedelta(days=90), now) as here:
        sender = postman(database, here.mill.api, "TSMALL", now=lambda: moment)
        asked: list[tuple[str, datetime]] = []
        moment, over, changed = now, now + timedelta(weeks=weeks), False
        while (due := next_due(here)) < over:
            if not changed and due > now + timedelta(weeks=2):
                changed, moment = True, max(moment, due - timedelta(hours=12))
                change(here, moment)
                continue
            moment = due - timedelta(seconds=1)
            before = here.told()
            sender.run()
            assert here.told() == before, "nothing is sent early"
            moment = due
            sender.run()
            for person, _ in sorted(here.told() - before):
                asked.append((person, due))
                answer(here, person, due + timedelta(minutes=5))
        dates = [(person, at.astimezone(zone_of(here, person)).date()) for person, at in asked]
        assert len(set(dates)) == len(dates) == here.check_ins().total()
        by_week = Counter((person, day.isocalendar()[:2]) for person, day in dates)
        assert set(by_week.values()) == {1}
        assert min(Counter(person for person, _ in dates).values()) >= weeks - 2
        assert now.year != 2024 or date(2024, 2, 29) in {day for _, day in dates}


def change(here: Followed, now: datetime) -> None:
    """A person moves, a school turns out to be elsewhere, and another is closed on the next day of asking."""
    person = next(iter(here.owners))
    learn_zone(here.books, person, "Asia/Kolkata", now)
    schools = list(here.schools.values())
    with here.books.write() as ledger:
        first, last = ledger.schools.calendar(schools[1]), ledger.schools.calendar(schools[2])
        change_school(ledger.view.conn, ledger.view.workspace, schools[1], time_zone="Europe/London")
        replan_school(ledger, schools[1], first, now)
        today = last.today(now)
        # The question moves to the next day, which is February 29 in the leap year.
        closed = (*last.closures, Closure(today, today, "flood"))
        keep_calendar(ledger, schools[2], replace(last, closures=closed), now)


def zone_of(here: Followed, person: str) -> ZoneInfo:
    """The zone of the school of `person`."""
    with here.books.read() as ledger:
        return ZoneInfo(ledger.schools.calendar(here.schools[here.owners[person]]).zone)


def answer(here: Followed, person: str, now: datetime) -> None:
    """`person` says how it goes, so that the next message comes."""
    with here.books.read() as ledger:
        actions = [action.id for _, action in ledger.plans.open_of(person) if action.taken_on]
    follow.check_in(here.books, person, actions[0], Status.ON_TRACK, f"At {now:%d %B}", now)


def next_due(here: Followed) -> datetime:
    """When the next check-in message is due."""
    with here.books.read() as ledger:
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        return min(
            (one.wanted.due for one in ledger.deliveries.held(epoch) if one.wanted.kind is Kind.CHECK_IN),
            default=datetime.max.replace(tzinfo=UTC),
        )


def owed(here: Followed) -> int:
    """How many check-in messages are due, or under way."""
    moment = datetime.now(UTC) + timedelta(seconds=float(here.clock.read_text(encoding="utf-8")))
    with here.books.database.read() as conn:
        due = (deliveries.c.kind == "check-in", deliveries.c.due_at <= moment)
        query = select(func.count()).where(*due, deliveries.c.state.in_(("waiting", "claimed", "sending")))
        return conn.scalar(query) or 0


def token(here: Followed) -> int:
    """Who took the first check-in message last."""
    with here.books.database.read() as conn:
        query = select(deliveries.c.token).where(deliveries.c.kind == "check-in").order_by(deliveries.c.due_at).limit(1)
        return int(conn.scalar(query) or 0)
