"""Once a day Levers looks who is still there, and goes on asking where Slack says that it asks too much."""

from datetime import timedelta
from pathlib import Path

from slack_sdk import WebClient
from sqlalchemy import update

from bot.rounds import Rounds
from planning.messages import Kind
from planning.verbs.commit import commit
from storage.tables.reviews import schools
from tests.bot.stage import Stage
from tests.databases import fresh_database
from tests.planning.school import CHANNEL, NOW, REVIEWER, a_school


def test_who_left_while_levers_was_stopped_is_found_though_slack_refuses_to_say_at_first(committed: Stage) -> None:
    committed.settled()
    committed.stop_bot()
    teacher = committed.visitor("UTEACHER4")
    teacher.leave("CPLAN1")
    teacher.cause("rate_limited", method="conversations.members", seconds=1)
    committed.restart_bot(stop=False)
    committed.until(lambda: "UTEACHER4" not in committed.read(lambda ledger: ledger.people.members("CPLAN1")))
    assert "UTEACHER3" in committed.read(lambda ledger: ledger.people.members("CPLAN1"))


def test_a_round_that_failed_is_made_up_for_within_minutes(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database:
        school = a_school(database)
        session = school.drafted()
        commit(school.books, REVIEWER, session.id, session.step, NOW)
        nobody = WebClient("xoxb-nobody", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
        moment = NOW
        rounds = Rounds(school.books, nobody, lambda: moment, "ULEVERS")
        for zone in ("Middle/Earth", "America/Chicago"):
            with database.write() as conn:
                conn.execute(update(schools).values(time_zone=zone))
            rounds.make()
            moment += timedelta(minutes=5)
        assert school.read(lambda ledger: ledger.deliveries.waiting(Kind.TEAM_CHECK, CHANNEL))
