"""`levers export`: a school's live plan as a file, whole or not at all."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.session import Session, SetAside, State
from rubric.rubric import IndicatorId
from storage.books import WorkspaceBooks
from storage.database import Database
from storage.schools import find_school
from storage.workspaces import the_workspace
from tests.bot.cli.command_line import levers

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
CULTURE = "Learner-Centered School Culture"
INTERVIEW = "interview or focus group"
REVIEW = f"""\
school,review_date,rubric,domain,indicator,level,summary,evidence_source,evidence
JUNIPER,2026-10-13,personalized-learning@1,{CULTURE},High Expectations,Developing,,{INTERVIEW},Told in trust
JUNIPER,2026-10-13,personalized-learning@1,{CULTURE},Equity/Cultural Competency,Developing,,,
CEDAR,2026-10-14,personalized-learning@1,{CULTURE},High Expectations,Developing,,,
"""
FORMS = {
    "pdf": b"%PDF",
    "html": b"<!doctype html>",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "ics": b"BEGIN:VCALENDAR",
    "png": b"\x89PNG",
}


@pytest.fixture
def juniper(tmp_path: Path) -> Path:
    """A folder with two schools that were reviewed; Juniper has a plan."""
    (tmp_path / "review.csv").write_text(REVIEW, encoding="utf-8")
    assert levers(tmp_path, "import", tmp_path / "review.csv").code == 0
    database = Database(f"sqlite:///{tmp_path / 'levers.db'}")
    with database.write() as conn:
        workspace = the_workspace(conn, AT)
        school = find_school(conn, workspace, "JUNIPER")
        assert school is not None
    with WorkspaceBooks(database, workspace, "America/Chicago").write() as ledger:
        review = ledger.reviews.latest(school.id, released=False)
        assert review is not None
        aside = (SetAside(IndicatorId(CULTURE, "Equity/Cultural Competency"), "Developing", "Next year."),)
        ledger.sessions.add(Session("s1", school.id, review.id, "C1", "UREV", AT))
        ledger.sessions.save(
            Session("s1", school.id, review.id, "C1", "UREV", AT, state=State.COMMITTED, deferred=aside)
        )
        high = IndicatorId(CULTURE, "High Expectations")
        priority = Priority("p1", "s1", 1, high, "Developing", "Cause", "A goal", "Applying", "Measure")
        step = Step("Visit two lessons", "UANA", date(2027, 1, 29), shown_by="Notes from both")
        ledger.plans.choose("s1", [priority])
        ledger.plans.save_priority(priority)
        ledger.plans.save_action(Action("a1", "p1", "s1", 1, step, Status.BLOCKED))
        ledger.plans.record(CheckIn("a1", "UANA", Status.AT_RISK, "No cover on Fridays", AT))
        ledger.plans.record(CheckIn("a1", "UANA", Status.BLOCKED, "", AT.replace(hour=21)))
        ledger.plans.commit(Plan("plan1", school.id, "s1", review.id, "C1", "UREV", AT))
    database.close()
    return tmp_path


def exported(folder: Path, *arguments: str, school: str = "JUNIPER", form: str = "html") -> str:
    """What `levers export` writes, as text."""
    file = folder / f"plan.{form}"
    answer = levers(folder, "export", school, "--format", form, "-o", file, *arguments)
    assert (answer.code, answer.err) == (0, "")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", list(FORMS))
def test_the_plan_is_written_in_every_form_and_the_same_bytes_each_time(juniper: Path, form: str) -> None:
    file = juniper / f"plan.{form}"
    answer = levers(juniper, "export", "juniper", "--format", form, "-o", file)
    assert (answer.code, answer.err) == (0, "")
    assert str(file) in answer.out
    first = file.read_bytes()
    assert first.startswith(FORMS[form])
    assert levers(juniper, "export", "JUNIPER", "--format", form, "-o", file).code == 0
    assert file.read_bytes() == first


def test_the_school_s_own_copy_has_owners_and_the_last_note_and_how_each_action_stands(juniper: Path) -> None:
    page = exported(juniper)
    for text in ("Visit two lessons", "UANA", "blocked", "No cover on Fridays", "Fri, Jan 29, 2027", "Next year."):
        assert text in page
    assert "Wednesday, December 2, 2026" in page and "Tuesday, October 13, 2026" in page


@pytest.mark.parametrize("reader", ["district", "reviewer"])
def test_a_copy_for_readers_outside_says_how_it_goes_and_has_neither_owners_nor_notes(
    juniper: Path, reader: str
) -> None:
    for form in ("html", "csv", "ics"):
        text = exported(juniper, "--for", reader, form=form)
        assert "Visit two lessons" in text
        assert "UANA" not in text and "No cover on Fridays" not in text
    assert "blocked" in exported(juniper, "--for", reader)


def test_the_team_s_copy_has_owners_and_of_no_action_how_it_goes(juniper: Path) -> None:
    page = exported(juniper, "--for", "team")
    assert "Visit two lessons" in page and "UANA" in page
    assert "blocked" not in page and "No cover on Fridays" not in page


def test_what_was_told_in_confidence_is_for_reviewers_and_a_held_review_not_for_the_team(juniper: Path) -> None:
    for reader in ("team", "leader", "district"):
        assert "Told in trust" not in exported(juniper, "--for", reader)
    assert "Told in trust" not in exported(juniper)
    assert "Told in trust" in exported(juniper, "--for", "reviewer")
    answer = levers(juniper, "export", "CEDAR", "--format", "pdf", "-o", juniper / "plan.pdf", "--for", "team")
    assert answer.code == 1
    assert "held until its reviewer or the principal releases it" in answer.err


def test_an_unknown_school_is_answered_with_codes_that_look_alike(juniper: Path) -> None:
    answer = levers(juniper, "export", "JUNPER", "--format", "pdf", "-o", juniper / "plan.pdf")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "levers: No school has the code “JUNPER”. Did you mean JUNIPER?\n"
    assert not (juniper / "plan.pdf").exists()


@pytest.mark.parametrize("form", [form for form in FORMS if form != "ics"])
def test_a_school_without_a_plan_has_its_findings(juniper: Path, form: str) -> None:
    file = juniper / f"findings.{form}"
    answer = levers(juniper, "export", "CEDAR", "--format", form, "-o", file)
    assert (answer.code, answer.err) == (0, "")
    said = "1 of 31 rated" if form == "png" else "the findings (there is no committed plan yet) of CEDAR"
    assert said in answer.out
    assert file.read_bytes().startswith(FORMS[form])
    assert form != "html" or "This review is held" in file.read_text(encoding="utf-8")


def test_dates_without_a_plan_and_a_school_without_anything_are_said_to_be_missing(juniper: Path) -> None:
    answer = levers(juniper, "export", "CEDAR", "--format", "ics", "-o", juniper / "plan.ics")
    assert answer.code == 1 and "There is no committed plan yet." in answer.err
    assert levers(juniper, "schools", "add", "BIRCH").code == 0
    answer = levers(juniper, "export", "BIRCH", "--format", "pdf", "-o", juniper / "plan.pdf")
    assert answer.code == 1
    assert answer.err.startswith("levers: BIRCH has nothing to export: there is no committed plan yet, and no review")
    assert not list(juniper.glob("plan.*"))


def test_a_font_that_is_not_there_is_named(juniper: Path) -> None:
    answer = levers(juniper, "export", "CEDAR", "--format", "pdf", "-o", juniper / "x.pdf", "--font", "nowhere.ttf")
    assert (answer.code, answer.err) == (1, "levers: nowhere.ttf: there is no such font file or folder.\n")


def test_a_file_that_cannot_be_written_is_named_and_nothing_half_written_stays(juniper: Path) -> None:
    (juniper / "plan.pdf").mkdir()
    before = sorted(juniper.iterdir())
    for file in (juniper / "plan.pdf", juniper / "nowhere" / "plan.pdf"):
        answer = levers(juniper, "export", "JUNIPER", "--format", "pdf", "-o", file)
        assert answer.code == 1
        assert f"{file}: the file cannot be written" in answer.err
    assert {path for path in juniper.iterdir() if "levers.db" not in path.name} == {
        path for path in before if "levers.db" not in path.name
    }


@pytest.mark.parametrize(
    "arguments", [["JUNIPER", "--format", "pdf"], ["JUNIPER", "-o", "x"], ["JUNIPER", "--format", "doc", "-o", "x"]]
)
def test_wrong_usage_is_exit_code_2(juniper: Path, arguments: list[str]) -> None:
    assert levers(juniper, "export", *arguments).code == 2


def test_talking_points_are_printed_to_be_read_aloud(juniper: Path) -> None:
    answer = levers(juniper, "talking-points", "juniper")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Thank you for having us at JUNIPER.")
    assert "We rated 2 of 31 indicators." in answer.out and "Told in trust" not in answer.out
    assert levers(juniper, "talking-points", "OAK").code == 1
    assert levers(juniper, "schools", "add", "BIRCH").code == 0
    assert "BIRCH has no review yet" in levers(juniper, "talking-points", "BIRCH").err
