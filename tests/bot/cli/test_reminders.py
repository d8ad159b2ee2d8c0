"""`levers reminders`: what will be sent to whom, when and why, kind by kind, as far as it can be known ahead."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planning.calendar import SchoolCalendar
from planning.errands import What
from planning.plan import Action, Status
from planning.preferences import Preferences, Topic
from planning.school_year import SchoolYear
from planning.verbs import comment, follow, prefer, rounds, school_time
from planning.verbs.commit import commit
from planning.verbs.school_time import keep_calendar
from storage.database import Database
from tests.bot.cli.command_line import levers
from tests.databases import fresh_database
from tests.planning.school import CHANNEL, COACH, NOW, PRINCIPAL, REVIEWER, School, a_school

EVENING = NOW + timedelta(hours=8)
"""When nobody is written to."""


@pytest.fixture(autouse=True)
def school(tmp_path: Path) -> Iterator[School]:
    """A school with a committed plan: Ana has taken hers on, Ben is asked."""
    with fresh_database("sqlite", tmp_path) as database:
        yield planned(database)


def planned(database: Database) -> School:
    """The same in `database`."""
    school = a_school(database)
    with school.books.write() as ledger:
        year = SchoolYear(date(2026, 8, 17), date(2027, 6, 4))
        ledger.schools.set_calendar(school.id, SchoolCalendar("America/Chicago", years=(year,)))
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    follow.accept(school.books, "UANA", plan.actions[0].id, NOW)
    rounds.make(school.books, NOW)
    return school


def listed(folder: Path, at: datetime = NOW, *more: str) -> list[dict[str, Any]]:
    """What the command lists at the moment `at`."""
    return levers(folder, "reminders", "--json", *more, at=at).json()


def actions(school: School) -> tuple[Action, ...]:
    """Ana's action and Ben's."""
    found: tuple[Action, ...] = school.read(lambda ledger: ledger.plans.live(school.id).actions)
    return found


def test_each_occasion_that_is_to_come_is_listed_for_whom_it_is_for(school: School, tmp_path: Path) -> None:
    follow.check_in(
        school.books, "UANA", actions(school)[0].id, Status.ON_TRACK, "One is written", NOW + timedelta(minutes=1)
    )
    rows = listed(tmp_path)
    asked = {(row["kind"], row["recipient"], row["why"].split(" “")[0]) for row in rows}
    assert asked >= {
        ("check-in", "UANA", "Check-in on"),
        ("check-in", "UANA", "Heads-up before the due date of"),
        ("check-in", "UANA", "Once past the due date of"),
        ("not accepted", PRINCIPAL, "Actions that nobody has taken on by then go to the leader"),
        ("digest", PRINCIPAL, "A leader's weekly digest"),
        ("team check", CHANNEL, "Where the plan stands, for its team"),
        ("monthly", REVIEWER, "A reviewer's monthly message"),
        ("year end", PRINCIPAL, "The school year ends, and open actions are to be settled"),
    }
    assert not any(kind == "check-in" and who == "UBEN" for kind, who, _ in asked), "Ben has not taken his on"
    assert [row["due_utc"] for row in rows] == sorted(row["due_utc"] for row in rows)
    for row in rows:
        local = datetime.fromisoformat(row["due_local"])
        assert local == datetime.fromisoformat(row["due_utc"])
        assert local.weekday() < 5, "on a school day"


def test_what_came_of_an_answer_is_listed_once_it_is_wanted(school: School, tmp_path: Path) -> None:
    mine, other = actions(school)
    follow.check_in(school.books, "UANA", mine.id, Status.BLOCKED, "No room", EVENING, COACH)
    follow.hand_back(school.books, "UBEN", other.id, "On leave", EVENING)
    comment.comment(school.books, REVIEWER, mine.id, "Ask the district for one", "one", EVENING)
    found = {(row["kind"], row["recipient"]) for row in listed(tmp_path, EVENING, "--until", "2026-12-03")}
    assert found >= {("help wanted", COACH), ("handed back", PRINCIPAL), ("comment", "UANA")}
    assert all(row["due_local"] > "2026-12-03T0" for row in listed(tmp_path, EVENING)), "nobody is written to at night"


def test_what_a_process_left_that_died_is_listed_too(school: School, tmp_path: Path) -> None:
    dying = replace(school.books, after=lambda _run_errands: None)
    follow.check_in(dying, "UANA", actions(school)[0].id, Status.BLOCKED, "No room", EVENING, COACH)
    assert ("help wanted", COACH) in {(row["kind"], row["recipient"]) for row in listed(tmp_path, EVENING)}
    with dying.write() as ledger:
        ledger.errands.leave(What.ASK, "an action that nobody knows", COACH, "1", at=EVENING)
    said = levers(tmp_path, "reminders", "--json", at=EVENING)
    assert said.code == 0 and "What follows from 1 change could not" in said.err and said.json()


def test_what_somebody_turned_down_is_not_listed_for_them(school: School, tmp_path: Path) -> None:
    def whys() -> set[str]:
        return {row["why"].split(" “")[0] for row in listed(tmp_path) if row["kind"] == "check-in"}

    asked = {"Check-in on", "Heads-up before the due date of", "Once past the due date of"}
    assert whys() == asked
    for topic, why in (
        (Topic.HEADS_UP, "Heads-up before the due date of"),
        (Topic.OVERDUE, "Once past the due date of"),
    ):
        prefer.prefer(school.books, Preferences("UANA", declined=frozenset({topic})), NOW)
        assert whys() == asked - {why}


def test_the_list_shows_both_clocks_and_the_names_that_slack_gave(school: School, tmp_path: Path) -> None:
    school_time.learn_zone(school.books, "UANA", None, NOW, "Ana Luísa Ferreira")
    heading, *lines = levers(tmp_path, "reminders", at=NOW).out.splitlines()
    assert heading.split() == ["UTC", "local", "to", "school", "why"]
    first = next(line for line in lines if "Check-in on" in line)
    parts = [part for part in first.split("  ") if part]
    assert parts[:2] == ["2026-12-09 21:00", "Wed 2026-12-09 15:00 America/Chicago"]
    assert parts[2].strip() == "Ana Luísa Ferreira" and parts[3].strip() == "OAK"
    assert any("the team's channel" in line for line in lines)
    names = {row["recipient"]: row["name"] for row in listed(tmp_path)}
    assert names["UANA"] == "Ana Luísa Ferreira" and names[PRINCIPAL] == PRINCIPAL, "an id until Slack gives a name"


def test_a_list_can_be_cut_at_a_day_and_a_school_and_a_wrong_one_is_said(tmp_path: Path) -> None:
    days = {row["due_local"][:10] for row in listed(tmp_path, NOW, "--until", "2026-12-04")}
    assert days and days <= {"2026-12-03", "2026-12-04"}
    assert listed(tmp_path, NOW, "--school", "oak") == listed(tmp_path)
    wrong = levers(tmp_path, "reminders", "--school", "ELM", at=NOW)
    assert wrong.code == 1 and "ELM" in wrong.err
    for day in ("soon", "2027-02-29", "12/25/2026"):
        said = levers(tmp_path, "reminders", "--until", day, at=NOW)
        assert said.code == 2 and f"“{day}” is no date; write it like" in said.err
    assert "has passed" in levers(tmp_path, "reminders", "--until", "2020-01-01", at=NOW).err


def test_what_waits_for_next_year_is_counted_and_nobody_is_forgotten(school: School, tmp_path: Path) -> None:
    with school.books.write() as ledger:
        year = SchoolYear(date(2026, 8, 17), date(2026, 12, 18))
        keep_calendar(ledger, school.id, SchoolCalendar("America/Chicago", years=(year,)), NOW)
    said = levers(tmp_path, "reminders", at=NOW)
    assert "more wait until the next school year is in the calendar." in said.err
    assert all(line[:10] <= "2026-12-18" for line in said.out.splitlines() if line[:2] == "20")
