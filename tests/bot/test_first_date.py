"""Whoever types the first date in words does not wait until the library that reads dates is loaded."""

from pathlib import Path

from planning.due_words import get_ready
from tests.benchmarks.a_whole_session import ACTION, typed
from tests.bot.test_rough_hands import played
from tests.planning.school import REVIEWER


def test_opening_the_window_of_an_action_loads_what_reads_dates(tmp_path: Path) -> None:
    with played(tmp_path) as play:
        play.school.planning()
        get_ready.cache_clear()
        (first, *_) = play.school.read(lambda ledger: ledger.plans.priorities(play.school.session().id))
        window = play.press(REVIEWER, "action.add", first.id)
        assert window["callback_id"] == "action" and get_ready.cache_info().currsize == 1
        assert play.taken(REVIEWER, window, {**ACTION, "due_words": typed("March 14")})
