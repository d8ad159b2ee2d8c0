"""One content in five forms: text stays text, names stay within the school, the same data is the same bytes."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from bot.documents.content import ActionLine, PlanDocument, PriorityPart, plan_document
from bot.documents.forms import Form, made
from bot.documents.tables import HEADINGS
from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.session import SetAside
from rubric.rubric import IndicatorId

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
HOSTILE = '=HYPERLINK("x") #import "y" <script>alert(1)</script> *b* \\ $a_b$ @ref'
NAMES = {"UANA": "Diệu Linh Trần", "UBEN": "Ειρήνη Παππά", "UCLEO": "Олена Коваль"}


def a_document(text: str = HOSTILE, *, owners: bool = True) -> PlanDocument:
    """A plan of one priority with two actions, one of them worded as `text`."""
    priority = Priority(
        "p1", "s1", 1, IndicatorId("Domain", "Cognitive Lift"), "Developing", text, "Goal", "Applying", "M"
    )
    actions = (
        Action(
            "a1", "p1", "s1", 1, Step(text, "UANA", date(2027, 1, 29), supporters=("UBEN", "UCLEO")), Status.AT_RISK
        ),
        Action("a2", "p1", "s1", 2, Step("Visit two lessons", "UBEN", date(2027, 2, 12), shown_by="Notes")),
    )
    plan = Plan("plan1", "school1", "s1", "r1", "C1", "UREV", AT, (priority,), actions)
    return plan_document(
        plan,
        school="Juniper & Hills",
        code="ju/ni:per",
        reviewed=date(2026, 10, 13),
        committed=date(2026, 12, 2),
        deferred=(SetAside(IndicatorId("Domain", "Data-Driven"), "Developing", text),),
        last={"a1": CheckIn("a1", "UANA", Status.AT_RISK, "A private note", AT)},
        owners=owners,
    )


@pytest.mark.parametrize("form", list(Form))
def test_the_same_plan_gives_the_same_bytes(form: Form) -> None:
    assert made(a_document(), form) == made(a_document(), form)


@pytest.mark.parametrize("form", [Form.HTML, Form.CSV])
def test_names_and_notes_stay_within_the_school(form: Form) -> None:
    ours = made(a_document().named(NAMES.__getitem__), form).decode("utf-8-sig")
    theirs = made(a_document(owners=False).named(NAMES.__getitem__), form).decode("utf-8-sig")
    for private in (*NAMES.values(), "A private note"):
        assert private in ours and private not in theirs
    assert "at risk" in theirs


def test_markup_in_people_s_text_is_text_in_html() -> None:
    page = made(a_document(), Form.HTML).decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_pdf_takes_any_text_as_text() -> None:
    pdf = made(a_document().named(NAMES.__getitem__), Form.PDF)
    assert pdf.startswith(b"%PDF") and b"/StructTreeRoot" in pdf, "it is tagged"


def test_a_cell_that_begins_like_a_formula_is_text() -> None:
    sheet = load_workbook(io.BytesIO(made(a_document(), Form.XLSX))).active
    assert sheet is not None
    cell = sheet.cell(2, HEADINGS.index("Action") + 1)
    assert (cell.data_type, cell.value) == ("s", HOSTILE) and cell.quotePrefix
    rows = list(csv.reader(io.StringIO(made(a_document(), Form.CSV).decode("utf-8-sig"))))
    assert rows[1][HEADINGS.index("Action")] == f"'{HOSTILE}"


def test_every_action_is_a_row_and_a_day_in_the_calendar() -> None:
    rows = list(csv.reader(io.StringIO(made(a_document(), Form.CSV).decode("utf-8-sig"))))
    assert rows[0] == list(HEADINGS) and len(rows) == 3
    events = list(Calendar.from_ical(made(a_document(), Form.ICS)).walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [date(2027, 1, 29), date(2027, 2, 12)]
    assert {str(event["uid"]) for event in events} == {"a1@levers", "a2@levers"}


def test_a_file_name_is_safe_whatever_the_school_s_code() -> None:
    assert a_document().stem == "action-plan-ju-ni-per-2026-12-02"


def believable() -> PlanDocument:
    """A plan as a school might print it."""
    words = "so that learners explain their own thinking to each other before anybody tells them whether it is right"

    def part(place: int, name: str, actions: int) -> PriorityPart:
        lines = tuple(
            ActionLine(
                f"a{place}{n}",
                f"Rewrite unit {n} {words}",
                list(NAMES)[n % 3],
                ("UCLEO",) if n % 2 else (),
                date(2027, 1, 29),
                "every week",
                "Three samples of learners' work",
                "Two planning periods" if n == 1 else "",
                ("on track", "at risk", "not started")[n % 3],
                "The first two are in the shared folder." if n == 0 else "",
            )
            for n in range(actions)
        )
        cause = f"Units plan the teacher's steps, not the learner's, {words}."
        domain = "Learner-Centered Curriculum and Instruction"
        return PriorityPart(place, name, domain, "Developing", "Applying", cause, cause, "Eight of ten lessons.", lines)

    parts = (part(1, "Cognitive Lift", 4), part(2, "Learner Agency", 3), part(3, "Grading Systems", 3))
    deferred = (("Data-Driven", "After the new data system is in place."), ("Goal Setting", "Next year."))
    day = date(2026, 12, 2)
    return PlanDocument("Juniper Hills School", "JUNIPER", date(2026, 10, 13), day, AT, parts, deferred, True)


def test_a_long_plan_runs_over_several_pages() -> None:
    assert made(believable(), Form.PDF).count(b"/Type /Page\n") >= 2 or b"/Count 2" in made(believable(), Form.PDF)
