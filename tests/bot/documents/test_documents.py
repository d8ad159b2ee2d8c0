"""One content in many forms: everything is said, names stay within the school, the same data is the same bytes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.documents.content import Document
from bot.documents.forms import Form, made
from bot.documents.ratings_picture import NoFindingsError
from planning.plan import NoPlanError, Status
from tests.bot.documents.plans import (
    AT,
    HOSTILE,
    NAMES,
    NOTE,
    PTA,
    REVIEWER,
    TEAM,
    a_document,
    believable,
    some_findings,
)
from tests.bot.documents.read_back import read_back

FORMS = pytest.mark.parametrize("form", list(Form))
WITH_ACTIONS = pytest.mark.parametrize("form", [form for form in Form if form is not Form.PNG])
REPORTS = pytest.mark.parametrize("form", [Form.PDF, Form.HTML, Form.XLSX])
IN_WORDS = pytest.mark.parametrize("form", [Form.PDF, Form.HTML, Form.XLSX, Form.CSV])


def said(document: Document, form: Form) -> str:
    """What somebody reads who opens the document in `form`."""
    return read_back(document, form, made(document, form))


def findings_only(text: str = HOSTILE) -> Document:
    """A review without a plan."""
    return replace(a_document(text), plan=None)


@FORMS
def test_the_same_document_gives_the_same_bytes(form: Form) -> None:
    assert made(a_document(), form) == made(a_document(), form)


@WITH_ACTIONS
def test_what_people_wrote_is_there_as_they_wrote_it(form: Form) -> None:
    found = said(a_document(), form)
    for end in ("", " goal", " shown", " needs"):
        assert f"{HOSTILE}{end}" in found
    for text in ("Visit two lessons", "Juniper & Hills", *NAMES.values()):
        assert text in found
    assert f"{PTA}, followed up by {NAMES['UBEN']}" in found


@IN_WORDS
def test_every_form_but_the_calendar_says_why_how_it_stands_and_what_was_deferred(form: Form) -> None:
    found = said(a_document(), form)
    for text in (
        f"{HOSTILE} cause",
        f"{HOSTILE} measure",
        "Developing",
        "Applying",
        "at risk",
        NOTE,
        "every two weeks",
    ):
        assert text in found
    assert "Data-Driven" in found and f"{HOSTILE} reason" in found


@REPORTS
def test_a_report_says_what_the_review_found_out_of_how_many(form: Form) -> None:
    found = said(a_document(), form)
    for text in (
        "2 of 3 rated",
        "Not rated",
        "Fell from Applying",
        "Improved from Applying",
        "partly met",
        *(f"{HOSTILE} {end}" for end in ("summary", "seen", "written", "aim")),
    ):
        assert text in found


@pytest.mark.parametrize("form", [Form.PDF, Form.HTML])
def test_a_report_begins_with_what_goes_well_where_to_grow_and_what_moved(form: Form) -> None:
    found = said(a_document(), form)
    for text in ("Going well: rated", "Where to grow: rated", "Improved since", "Lower than in the earlier review"):
        assert text in found
        assert found.index(text) < found.index("Chosen: priority 1")
    assert found.index("Reviewed on") < found.index("Committed on")


@REPORTS
def test_a_report_says_what_became_of_all_that_was_considered(form: Form) -> None:
    found = said(a_document(), form)
    for text in ("Chosen: priority 1", "Deferred", "Taken off the shortlist", "Fell from Applying."):
        assert text in found
    for end in ("why", "reason", "off", "settled"):
        assert f"{HOSTILE} {end}" in found


@IN_WORDS
def test_each_reader_reads_the_evidence_meant_for_them(form: Form) -> None:
    for viewer, ends in ((TEAM, {"seen"}), (REVIEWER, {"seen", "written", "told"})):
        found = said(replace(findings_only(), findings=some_findings(reader=viewer)), form)
        assert {end for end in ("seen", "written", "told") if f"{HOSTILE} {end}" in found} == ends


@REPORTS
def test_a_held_review_is_called_held(form: Form) -> None:
    held = replace(findings_only(), findings=some_findings(held=True))
    assert "This review is held" in said(held, form)
    assert "This review is held" not in said(findings_only(), form)


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.ICS])
def test_a_review_without_a_plan_is_a_document_too(form: Form) -> None:
    found = said(findings_only(), form)
    assert "Cognitive Lift" in found and "Data-Driven" in found
    assert findings_only().stem == "findings-ju-ni-per-2026-10-13"


def test_what_is_not_there_is_said_in_a_sentence() -> None:
    with pytest.raises(NoPlanError, match="no committed plan"):
        made(findings_only(), Form.ICS)
    with pytest.raises(NoFindingsError, match="no review"):
        made(believable(), Form.PNG)


@FORMS
def test_names_and_notes_stay_within_the_school(form: Form) -> None:
    found = said(a_document(owners=False), form)
    for private in (*NAMES, *NAMES.values(), NOTE, PTA):
        assert private not in found


@WITH_ACTIONS
def test_names_that_the_school_shows_are_those_of_what_was_said_since(form: Form) -> None:
    found = said(a_document(owners=False, names_since=AT + timedelta(days=7)), form)
    assert NAMES["UANA"] in found, "she answered after it"
    for private in (NAMES["UBEN"], NAMES["UCLEO"], NOTE, PTA):
        assert private not in found


@FORMS
def test_a_plan_as_it_was_agreed_says_of_no_action_how_it_stands(form: Form) -> None:
    found = said(a_document(standing=False, status=Status.BLOCKED), form)
    assert "blocked" not in found and NOTE not in found
    assert form is Form.PNG or NAMES["UANA"] in found


@pytest.mark.parametrize("form", [Form.PDF, Form.HTML, Form.XLSX, Form.ICS])
def test_a_plan_says_that_it_is_not_for_evaluating_staff(form: Form) -> None:
    assert "never used to evaluate staff" in said(a_document(), form)


@WITH_ACTIONS
def test_letters_that_nobody_can_see_are_left_out_and_lines_stay_lines(form: Form) -> None:
    found = said(a_document("One\x00\x0b\r\nTwo\u00a0three \ud83d\u202e"), form)
    assert "One\nTwo\u00a0three" in found
    assert "\u202e" not in found, "what would turn the text after it"


def test_a_file_name_is_safe_whatever_the_school_s_code() -> None:
    assert a_document().stem == "action-plan-ju-ni-per-2026-12-02"


@IN_WORDS
def test_how_a_priority_is_sustained_stands_in_every_form_once_the_team_says_it_is_in_place(form: Form) -> None:
    document = a_document()
    assert document.plan is not None
    part = replace(document.plan.priorities[0], in_place="Checked each May")
    kept = replace(document, plan=replace(document.plan, priorities=(part,)))
    assert "Checked each May" in said(kept, form)
    assert "Checked each May" not in said(document, form)


@pytest.mark.parametrize("form", [Form.PDF, Form.HTML])
def test_a_report_says_which_review_the_plan_rests_on_where_a_later_one_stands_before_it(form: Form) -> None:
    document = a_document()
    assert document.findings is not None
    later = replace(document, findings=replace(document.findings, reviewed=AT.date()))
    assert "It rests on the review of" in said(later, form)
    assert "It rests on the review of" not in said(document, form)
