"""What follows from a gesture waits until whoever made it is answered, and for nobody longer than that."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event

from slack_sdk import WebClient

from bot.app import build_app
from bot.handlers.requests import Desk
from bot.views import resting
from planning.verbs import commit, follow, rest
from tests.benchmarks.hand import milliseconds, slack_that_always_answers, submission
from tests.bot.stage import Stage
from tests.databases import fresh_database
from tests.planning.school import NOW, REVIEWER, a_school

ANA = "UANA"
BACK = date(2027, 1, 20)


def wait_for(answered: Event) -> None:
    """Keep whoever works after an acknowledgement busy."""
    assert answered.wait(30)


def test_a_window_is_answered_once_it_is_kept_and_what_follows_is_done_after_that(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database, slack_that_always_answers() as slack:
        school = a_school(database)
        session = school.drafted()
        commit.commit(school.books, REVIEWER, session.id, session.step, NOW)
        plan = school.read(lambda ledger: ledger.plans.live(school.id))
        action = next(one for one in plan.actions if one.step.owner == ANA)
        follow.accept(school.books, ANA, action.id, NOW)
        desk, answered = Desk(school.books, lambda: NOW, "ULEVERS"), Event()
        app = build_app(WebClient("xoxb-1", base_url=slack.url), desk)
        desk.afterwards.do(ANA, partial(wait_for, answered))

        window = resting.snooze(action).to_dict()
        _, answer = milliseconds(app, submission(ANA, window, {"until": {"selected_date": BACK.isoformat()}}))

        assert '"clear"' in answer.body
        assert school.read(lambda ledger: ledger.plans.action(action.id)).snoozed_until == BACK, "it is kept"
        assert school.read(lambda ledger: ledger.errands.left()), "and something is still to be done"
        answered.set()
        desk.afterwards.wait()
        assert not school.read(lambda ledger: ledger.errands.left())
        days = [one.local_date for one in school.read(lambda ledger: ledger.reminders.coming(action.id))]
        assert days and min(days) >= BACK


def test_what_a_bot_left_that_was_killed_is_done_by_the_next(committed: Stage) -> None:
    committed.settled()
    committed.stop_bot()
    now = committed.now()
    dying = replace(committed.books, after=lambda _run_errands: None)
    rest.go_away(dying, "UTEACHER1", now.date().replace(year=now.year + 1), now.date(), now)
    assert committed.read(lambda ledger: ledger.errands.left())
    committed.restart_bot(stop=False)
    committed.until(lambda: not committed.read(lambda ledger: ledger.errands.left()))
