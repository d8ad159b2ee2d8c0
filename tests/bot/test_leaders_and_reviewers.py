"""What leaders and reviewers open: the next review beside the plan, the portfolio, what is shared, and files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from planning.people import Leadership
from planning.sift import Only, Sift, mark
from planning.verbs import connect, follow
from storage.intake import keep_reviews
from storage.schools import change_school
from tests.bot import played
from tests.bot.cli.command_line import levers
from tests.bot.planned import just_committed
from tests.bot.stage import Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One committed plan for the whole module."""
    with just_committed(Path(tmp_path_factory.mktemp("committed"))) as ready:
        yield ready
        assert ready.refused() == []


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


def a_district(stage: Stage) -> None:
    """Twelve more schools of the reviewer, in two networks; Juniper's actions are taken on, and one is overdue."""
    with stage.database.write() as conn:
        of_juniper = stage.review().review
        keep_reviews(
            conn,
            stage.books.workspace,
            [replace(of_juniper, school=f"OAK{n}") for n in range(12)],
            stage.now(),
            replace=False,
        )
    plan = stage.read(lambda ledger: ledger.plans.live(stage.school_id(ledger)))
    for action in plan.actions:
        follow.accept(stage.books, action.step.owner, action.id, stage.now())
    with stage.books.write() as ledger:
        for n, one in enumerate(one for one in ledger.schools.all() if one.code.startswith("OAK")):
            ledger.people.appoint(one.id, Leadership("", "", reviewers=("UREVIEWER1",)))
            ledger.reviews.release(ledger.reviews.latest(one.id, released=False).id, "UREVIEWER1", stage.now())
            change_school(ledger.view.conn, ledger.view.workspace, one.id, network="North" if n % 2 else "South")
        late = ledger.plans.action(plan.actions[0].id)
        ledger.plans.save_action(replace(late, step=replace(late.step, due=stage.now().date() - timedelta(days=3))))


def test_every_button_on_home_in_a_school_and_across_schools_answers(stage: Stage) -> None:
    a_district(stage)
    reviewer, principal = stage.visitor(), stage.visitor("UPRINCIPAL1")
    played.ok(reviewer.open_home())

    def at_home(text: str) -> None:
        reviewer.wait_for(lambda: text in str(reviewer.home()), f"for {text}")

    at_home("13 schools")
    played.ok(reviewer.click("schools.next", home=True))
    at_home("11 to 13 of 13 schools")
    played.ok(reviewer.click("schools.before", home=True))
    at_home("1 to 10 of 13 schools")
    played.ok(reviewer.click("schools.network", home=True, selected=str(Sift(network=mark("North")))))
    at_home("6 schools")
    played.ok(reviewer.click("schools.only", home=True, selected=str(Sift(Only.NO_PLAN, mark("North")))))
    reviewer.wait_for(lambda: str(Sift(Only.NO_PLAN)) in str(reviewer.home()), "for the way to every network")
    played.ok(reviewer.click("schools.network", home=True, selected=str(Sift(Only.NO_PLAN))))
    at_home("1 to 10 of 12 schools")
    played.ok(reviewer.click("schools.csv", home=True))
    assert "on its way" in str(reviewer.wait_for_modal("told"))
    reviewer.close()
    reviewer.wait_for_text("Where things stand", "dm")
    played.ok(reviewer.click("across.open", home=True))
    reviewer.wait_for_modal("across")
    played.ok(reviewer.click("across.network", selected=mark("North")))
    reviewer.wait_for(lambda: "6 schools" in str(reviewer.modal()), "for the network")
    reviewer.close()
    played.ok(reviewer.click("portfolio.open", home=True))
    reviewer.wait_for_modal("portfolio")
    played.ok(reviewer.click("portfolio.later"))
    reviewer.wait_for(lambda: "11 to 13 of 13" in str(reviewer.modal()), "for the next page")
    played.ok(reviewer.click("portfolio.earlier"))
    reviewer.wait_for(lambda: "1 to 10 of 13" in str(reviewer.modal()), "for the page before")
    played.ok(reviewer.click("portfolio.network", selected=mark("South")))
    reviewer.wait_for(lambda: "1 to 6 of 6" in str(reviewer.modal()), "for the network")
    played.ok(reviewer.click("portfolio.csv"))
    reviewer.wait_for_modal("told")
    reviewer.close(everything=True)

    school = stage.read(stage.school_id)
    played.ok(reviewer.click("schools.only", home=True, selected=str(Sift())))
    at_home("1 to 10 of 13 schools")
    played.ok(reviewer.click("school.open", home=True, value=school))
    reviewer.wait_for_modal("school")
    played.ok(reviewer.click("update.ask_leader"))
    assert "is asked" in str(reviewer.wait_for_modal("told"))
    reviewer.close(everything=True)
    played.ok(principal.click("update.reply", channel="dm"))
    principal.wait_for_modal("reply")
    played.ok(principal.submit({"comment": "We are on it"}))
    principal.wait_for_modal("told")
    principal.close(everything=True)
    for person in (reviewer, principal):
        person.wait_for_text("We are on it", "dm")

    played.ok(principal.click("school.open", channel="dm", value=school))
    principal.wait_for_modal("school")
    for button, shown in (("names.show", "names.hide"), ("names.hide", "names.show")):
        played.ok(principal.click(button))
        principal.wait_for(lambda shown=shown: shown in str(principal.modal()), f"for {shown}")
    played.ok(principal.click("update.ask_overdue"))
    assert "Asked for an update" in str(principal.wait_for_modal("told"))
    principal.close()
    action = stage.read(lambda ledger: ledger.plans.live(school)).actions[1].id
    for what, window in (("ask", "told"), ("comment", "comment"), ("find_owner", "hand_over"), ("history", "history")):
        played.ok(principal.click("school.more", selected=f"{what}/{action}", value=f"{what}/{action}"))
        principal.wait_for_modal(window)
        principal.close()
    principal.close(everything=True)
