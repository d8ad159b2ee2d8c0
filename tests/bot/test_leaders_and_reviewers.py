"""What leaders and reviewers open: the next review beside the plan, the portfolio, what is shared, and files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from planning.verbs import connect
from storage.intake import keep_reviews
from tests.bot import played
from tests.bot.cli.command_line import levers
from tests.bot.planned import just_committed
from tests.bot.stage import Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One committed plan for the whole module."""
    with just_committed(Path(tmp_path_factory.mktemp("committed"))) as ready:
        yield ready
        ready.settled()
        assert [call for call in ready.visitor().log() if not call["ok"]] == []


def reviewed_again(stage: Stage) -> None:
    """The next review comes in and is released: the same levels, half a year later."""
    latest = stage.review()
    again = replace(latest.review, date=latest.review.date + timedelta(days=180))
    with stage.database.write() as conn:
        keep_reviews(conn, stage.books.workspace, [again], stage.now(), replace=False)
    connect.release(stage.books, "UPRINCIPAL1", stage.review().id, stage.now())


def test_the_next_review_is_beside_the_plan_and_the_team_says_what_is_in_place(stage: Stage) -> None:
    reviewed_again(stage)
    teacher = stage.visitor("UTEACHER1")
    card = teacher.wait_for_text("What moved since the plan")
    assert "beside the review of" in str(card)
    teacher.wait_for_text("The levels of the review, now and before")
    played.ok(teacher.click("priority.close"))
    teacher.wait_for_modal("close_priority")
    assert "how it is sustained" in str(teacher.submit({"how": " "}))
    played.ok(teacher.submit({"how": "Each team leader looks in May"}))
    teacher.wait_for_text("Each team leader looks in May")
    reviewer = stage.visitor("UREVIEWER1")
    played.ok(reviewer.command("/levers moved"))
    reviewer.wait_for_text("What moved since the plan")


def test_a_reviewer_opens_the_portfolio_sorts_it_and_takes_it_as_a_file(stage: Stage) -> None:
    reviewer = stage.visitor()
    played.ok(reviewer.open_home())
    played.ok(reviewer.click("portfolio.open", home=True))
    assert "Juniper Hills" in str(reviewer.wait_for_modal("portfolio"))
    played.ok(reviewer.click("portfolio.order", selected="newest review"))
    played.ok(reviewer.click("portfolio.xlsx"))
    reviewer.wait_for_modal("told")
    reviewer.wait_for_text("Your portfolio, as you asked.", "dm")
    reviewer.close(everything=True)
    played.ok(reviewer.command("/levers across"))
    assert "Most often at the lowest level" in str(reviewer.wait_for_modal("across"))
    played.ok(reviewer.click("across.year", selected="2026"))
    stage.settled()
    teacher = stage.visitor("UTEACHER1")
    played.ok(teacher.command("/levers portfolio"))
    assert "No school is in your portfolio yet" in str(teacher.wait_for_modal("portfolio"))


def test_a_principal_shares_the_school_and_takes_it_back_and_anybody_takes_the_plan_as_a_file(stage: Stage) -> None:
    code = _code(stage)
    principal = stage.visitor("UPRINCIPAL1")
    played.ok(principal.command("/levers share"))
    principal.wait_for_modal("share")
    played.ok(principal.submit({"code": code, "called": "The north reviewer"}))
    principal.wait_for_modal("told")
    principal.close(everything=True)
    played.ok(principal.command("/levers share"))
    principal.wait_for_modal("share")
    played.ok(principal.click("share.revoke"))
    principal.wait_for_modal("told")
    principal.close(everything=True)
    played.ok(principal.command("/levers export"))
    principal.wait_for_modal("document")
    played.ok(principal.submit({"form": "pdf"}))
    (sent,) = principal.wait_for_text("as you asked.", "dm")["files"]
    file = stage.clock_file.parent / "plan.pdf"
    assert levers(file.parent, "export", "JUNIPER", "--format", "pdf", "--for", "leader", "-o", file).code == 0
    assert principal.download(sent["url_private"]) == file.read_bytes(), "the command line makes the same"


def _code(stage: Stage) -> str:
    with stage.books.write() as ledger:
        return ledger.grants.code_of("UFAR")
