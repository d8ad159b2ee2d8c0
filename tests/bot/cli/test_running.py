"""Commands that keep an installation running, and what they say when something is not there."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli.alone import ServedAlreadyError, alone
from planning.messages import Kind, Wanted
from planning.verbs.commit import commit
from planning.verbs.follow import accept
from storage.claim import FAILED, claim, stop
from storage.database import Database
from storage.migrate import migrate
from storage.pauses import pause
from tests.bot.cli.command_line import levers
from tests.databases import new_postgresql
from tests.planning.school import NOW, PRINCIPAL, REVIEWER, School, a_school


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, with nothing of Levers in its environment but `environment`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LEVERS_", "SLACK_"))}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, env={**clean, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("address", ["nonsense", "mysql://host/levers", "postgresql://127.0.0.1:1/levers"])
def test_a_database_that_cannot_be_used_is_a_sentence_and_no_traceback(address: str) -> None:
    done = run("schools", LEVERS_DATABASE_URL=address)
    assert done.returncode == 1
    assert done.stderr.startswith("levers: ") and "Traceback" not in done.stderr


def test_a_wrong_time_zone_names_its_variable(tmp_path: Path) -> None:
    done = run("schools", LEVERS_DATABASE_URL=f"sqlite:///{tmp_path}/x.db", LEVERS_TIME_ZONE="Middle/Earth")
    assert done.returncode == 1 and "LEVERS_TIME_ZONE" in done.stderr


def test_serve_without_a_token_says_which_is_missing(tmp_path: Path) -> None:
    done = run("serve", LEVERS_DATABASE_URL=f"sqlite:///{tmp_path}/x.db")
    assert done.returncode == 1 and "SLACK_BOT_TOKEN" in done.stderr


def test_wrong_usage_is_exit_code_two(tmp_path: Path) -> None:
    assert run("prioritise", LEVERS_DATABASE_URL=f"sqlite:///{tmp_path}/x.db").returncode == 2


def test_postgresql_is_migrated_by_its_own_command() -> None:
    address = new_postgresql()
    before = run("schools", LEVERS_DATABASE_URL=address)
    assert before.returncode == 1 and "levers migrate" in before.stderr
    assert run("migrate", LEVERS_DATABASE_URL=address).returncode == 0
    assert run("schools", LEVERS_DATABASE_URL=address).returncode == 0


def test_the_manifest_is_what_slack_takes_and_names_every_event_the_bot_listens_to(tmp_path: Path) -> None:
    manifest = json.loads(levers(tmp_path, "manifest").out)
    assert (
        manifest["settings"]["socket_mode_enabled"]
        and manifest["features"]["slash_commands"][0]["command"] == "/levers"
    )
    people = {"member_joined_channel", "member_left_channel", "user_change"}
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert events == people | {"app_home_opened", "app_mention", "message.im"}


def test_administrators_are_named_and_dismissed_on_the_host(tmp_path: Path) -> None:
    assert levers(tmp_path, "administrators", "--add", "U1", "--add", "U2").out.split() == ["U1", "U2"]
    assert levers(tmp_path, "administrators", "--remove", "U1").out.split() == ["U2"]


def test_status_reminders_and_export_tell_of_a_committed_plan(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    migrate(database)
    school = a_school(database)
    session = school.drafted()
    plan = commit(school.books, REVIEWER, session.id, session.step, NOW)
    rows = levers(tmp_path, "status", "--json").json()
    assert [(row["school"], row["owner"], row["status"]) for row in rows] == [
        ("OAK", "UANA", "proposed"),
        ("OAK", "UBEN", "proposed"),
    ]
    due = levers(tmp_path, "reminders", "--school", "oak", "--json", at=NOW).json()
    assert [row["recipient"] for row in due if row["kind"] == "not accepted"] == [PRINCIPAL]
    assert [row["recipient"] for row in due if row["kind"] == "check-in"] == []
    for action in plan.actions:
        accept(school.books, action.step.owner, action.id, NOW)
    due = levers(tmp_path, "reminders", "--school", "oak", "--json", at=NOW).json()
    assert {row["recipient"] for row in due if row["kind"] == "check-in"} == {"UANA", "UBEN"}
    assert not {row["kind"] for row in due} & {"acceptance", "not accepted"}, "what is settled is not sent any more"
    assert all(row["due_utc"].endswith("+00:00") and row["why"] for row in due)
    assert levers(tmp_path, "reminders", "--until", "2026-12-01", "--json", at=NOW).json() == []
    for form in ("pdf", "html", "xlsx", "csv", "ics"):
        file = tmp_path / f"plan.{form}"
        assert levers(tmp_path, "export", "OAK", "--format", form, "-o", file).code == 0
        assert file.stat().st_size > 300
    assert [entry.name for entry in tmp_path.glob(".*.part")] == []


def test_export_says_what_is_missing(tmp_path: Path) -> None:
    unknown = levers(tmp_path, "export", "OAK", "--format", "pdf", "-o", tmp_path / "x.pdf")
    assert unknown.code == 1 and "OAK" in unknown.err
    levers(tmp_path, "schools", "add", "OAK")
    no_plan = levers(tmp_path, "export", "OAK", "--format", "pdf", "-o", tmp_path / "x.pdf")
    assert no_plan.code == 1 and "no committed plan" in no_plan.err
    assert not (tmp_path / "x.pdf").exists()


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school in the database that the command line reads."""
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    migrate(database)
    return a_school(database)


def test_what_slack_refused_is_listed_with_its_reason_and_lifted(tmp_path: Path, school: School) -> None:
    with school.books.write() as ledger:
        pause(ledger.view, "CPLAN", "is_archived", NOW)
    assert "Paused: CPLAN, because Slack says “is_archived”" in levers(tmp_path, "doctor").out
    assert "CPLAN goes on" in levers(tmp_path, "resume", "CPLAN").out
    assert "Paused" not in levers(tmp_path, "doctor").out
    assert "CPLAN is not paused" in levers(tmp_path, "resume", "CPLAN").err


@pytest.mark.parametrize(("why", "by_itself"), [("token_revoked", True), ("missing_scope", False)])
def test_a_pause_of_everything_is_lifted_by_a_word_that_no_shell_reads_as_names_of_files(
    tmp_path: Path, school: School, why: str, by_itself: bool
) -> None:
    with school.books.write() as ledger:
        pause(ledger.view, "*", why, NOW)
    said = levers(tmp_path, "doctor").out
    assert "`levers resume everything` does so at once" in said
    assert ("it goes on by itself within minutes" in said) is by_itself
    assert levers(tmp_path, "resume", "everything").code == 0
    assert "Paused" not in levers(tmp_path, "doctor").out


def test_what_was_given_up_on_is_counted_by_kind_and_reason_and_says_nothing_of_anybody(
    tmp_path: Path, school: School
) -> None:
    assert "Given up" not in levers(tmp_path, "doctor").out
    with school.books.write() as ledger:
        for person in ("UANA", "UBEN", "UCLEO"):
            ledger.deliveries.want(Wanted(Kind.THANKS, person, "once", "subject", NOW))
        for one in claim(ledger.view, NOW, time.time(), 20):
            if one.delivery.wanted.kind is Kind.THANKS:
                stop(ledger.view, one, FAILED if one.delivery.wanted.recipient == "UCLEO" else "msg_too_long")
    said = levers(tmp_path, "doctor").out
    assert "Given up: 2 of the kind “thanks”, because Slack says “msg_too_long”" in said
    assert "Given up: 1 of the kind “thanks”, because they failed too often" in said
    assert "`levers serve` names each" in said and "UANA" not in said


def test_one_process_serves_an_sqlite_file_and_a_second_is_told_so(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    with alone(database), pytest.raises(ServedAlreadyError, match="Another `levers serve` runs"), alone(database):
        pass
    with alone(database):
        database.close()


def test_a_command_on_a_migrated_sqlite_file_waits_for_no_writer(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    migrate(database)
    with database.write():
        migrate(Database(f"sqlite:///{tmp_path / 'levers.db'}"))
