"""The main job, end to end: the real command, the real bot, the practice workspace, and a real Chromium."""

from pathlib import Path

import pytest

from tests.e2e import walk
from tests.e2e.browser import CHROMIUM, Seat, chromium
from tests.e2e.rehearsal import rehearsal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def test_a_newcomer_takes_a_team_from_a_stored_review_to_the_first_check_in(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "rehearsal") as url, chromium() as browser:
        reviewer = Seat(browser, url, "UREVIEWER1")
        colleague = Seat(browser, url, "UPRINCIPAL1")
        walk.connect_and_release(reviewer, _pass_by)
        walk.open_session(reviewer, _pass_by)
        walk.focus(reviewer, colleague, _pass_by)
        walk.vote(reviewer, colleague, _pass_by)
        walk.choose(reviewer, _pass_by)
        walk.plan(reviewer, _pass_by)
        walk.commit_and_follow(reviewer, colleague, _pass_by)


def _pass_by(_name: str, _seat: Seat) -> None:
    """The test takes no pictures."""
