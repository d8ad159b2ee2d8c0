"""One content in five forms: everything is said, names stay within the school, the same data is the same bytes."""

from datetime import date

import pytest

from bot.documents.content import PlanDocument
from bot.documents.forms import Form, made
from planning.plan import Status
from tests.bot.documents.plans import HOSTILE, NAMES, NOTE, PTA, a_document
from tests.bot.documents.read_back import read_back

FORMS = pytest.mark.parametrize("form", list(Form))


def said(document: PlanDocument, form: Form) -> str:
    """What somebody reads who opens the document in `form`."""
    return read_back(document, form, made(document, form))


@FORMS
def test_the_same_plan_gives_the_same_bytes(form: Form) -> None:
    assert made(a_document(), form) == made(a_document(), form)


@FORMS
def test_what_people_wrote_is_there_as_they_wrote_it(form: Form) -> None:
    found = said(a_document(), form)
    for end in ("", " goal", " shown", " needs"):
        assert f"{HOSTILE}{end}" in found
    for text in ("Visit two lessons", "Juniper & Hills", *NAMES.values()):
        assert text in found
    assert f"{PTA}, followed up by {NAMES['UBEN']}" in found


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.ICS])
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


@FORMS
def test_names_and_notes_stay_within_the_school(form: Form) -> None:
    found = said(a_document(owners=False), form)
    for private in (*NAMES, *NAMES.values(), NOTE, PTA):
        assert private not in found
    assert HOSTILE in found


@FORMS
def test_a_plan_as_it_was_agreed_says_of_no_action_how_it_stands(form: Form) -> None:
    found = said(a_document(standing=False, status=Status.BLOCKED), form)
    assert "blocked" not in found and NOTE not in found
    assert NAMES["UANA"] in found


@pytest.mark.parametrize("form", [Form.PDF, Form.HTML, Form.XLSX, Form.ICS])
def test_a_plan_says_that_it_is_not_for_evaluating_staff(form: Form) -> None:
    assert "never used to evaluate staff" in said(a_document(), form)


@FORMS
def test_letters_that_nobody_can_see_are_left_out_and_lines_stay_lines(form: Form) -> None:
    found = said(a_document("One\x00\x0b\r\nTwo\u00a0three \ud83d"), form)
    assert "One\nTwo\u00a0three" in found


def test_a_file_name_is_safe_whatever_the_school_s_code() -> None:
    assert a_document().stem == "action-plan-ju-ni-per-2026-12-02"
    assert a_document().committed == date(2026, 12, 2)
