"""Plans to make documents of: one full of text that looks like something else, and one as a school might print it."""

from datetime import UTC, date, datetime, timedelta

from bot.documents.content import PlanDocument, plan_document
from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.session import SetAside
from rubric.rubric import IndicatorId

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
NAMES = {"UANA": "Diệu Linh Trần", "UBEN": "Ειρήνη Παππά", "UCLEO": "Олена Коваль"}
HOSTILE = '=HYPERLINK("x") #import "y" <script>alert(1)</script> *b* \\ $a_b$ @ref `c` // d [e] ~ &amp;'
NOTE = "A private note"
PTA = "Ms. Rivera (PTA)"


def a_plan(actions: tuple[Action, ...], priorities: tuple[Priority, ...]) -> Plan:
    """A plan that was committed at `AT`."""
    return Plan("plan1", "school1", "s1", "r1", "C1", "UREV", AT, priorities, actions)


def a_document(
    text: str = HOSTILE, *, owners: bool = True, standing: bool = True, status: Status = Status.AT_RISK
) -> PlanDocument:
    """A plan of one priority with two actions; what people typed is `text` with a word that says where it stands."""
    indicator = IndicatorId("Domain", "Cognitive Lift")
    priority = Priority(
        "p1", "s1", 1, indicator, "Developing", f"{text} cause", f"{text} goal", "Applying", f"{text} measure"
    )
    first = Step(
        text,
        "UANA",
        date(2027, 1, 29),
        supporters=("UBEN", "UCLEO"),
        resources=f"{text} needs",
        shown_by=f"{text} shown",
    )
    actions = (
        Action("a1", "p1", "s1", 1, first, status),
        Action(
            "a2", "p1", "s1", 2, Step("Visit two lessons", "UBEN", date(2027, 2, 12), shown_by="Notes", outside=PTA)
        ),
    )
    return plan_document(
        a_plan(actions, (priority,)),
        school="Juniper & Hills",
        code="ju/ni:per",
        reviewed=date(2026, 10, 13),
        committed=date(2026, 12, 2),
        deferred=(SetAside(IndicatorId("Domain", "Data-Driven"), "Developing", f"{text} reason"),),
        last={"a1": CheckIn("a1", "UANA", status, NOTE, AT)},
        owners=owners,
        standing=standing,
    ).named(NAMES.__getitem__)


def believable() -> PlanDocument:
    """Three priorities, eight actions and texts of every length."""
    chosen = (
        (
            "Cognitive Lift",
            "Units plan what the teacher does, step by step, and leave the thinking to the last ten minutes.",
            "In every unit, learners explain their reasoning to each other before anybody tells them whether it is "
            "right, and each learner can say what they are working out and why it matters.",
            "Eight of ten lessons visited show learners doing most of the explaining.",
        ),
        (
            "Learner Agency",
            "Choice is offered in how work looks, hardly ever in what is asked.",
            "Learners set one goal of their own in each subject every six weeks.",
            "Nine of ten learners asked can name their goal and their next step.",
        ),
        (
            "Grading Systems",
            "Five grading policies live side by side, and families cannot tell what a mark means.",
            "One short policy that says what was learned, apart from effort and attendance.",
            "All courses report by skill in the spring.",
        ),
    )
    steps = (
        (1, "Rewrite one unit a term, together", "UANA", ("UBEN",), "Two planning periods a month", Status.ON_TRACK),
        (1, "Visit each other's lessons and write down only what learners say", "UBEN", (), "", Status.AT_RISK),
        (1, "Agree on three questions that hand the thinking back to learners", "UCLEO", (), "", Status.DONE),
        (
            1,
            "Show families a learner's reasoning at the winter evening",
            "UANA",
            ("UBEN", "UCLEO"),
            "",
            Status.PROPOSED,
        ),
        (2, "Try goal sheets in grade seven, then mend them with the learners", "UCLEO", (), "", Status.NOT_STARTED),
        (2, "Teach learners to run their own conference", "UBEN", ("UANA",), "A half day of cover", Status.ON_TRACK),
        (3, "Write the grading policy on one page", "UANA", (), "", Status.BLOCKED),
        (
            3,
            "Read it with the parents' council, in three languages",
            "UCLEO",
            ("UBEN",),
            "Interpreters",
            Status.DROPPED,
        ),
    )
    priorities = tuple(
        Priority(f"p{n}", "s1", n, IndicatorId("Learner-Centered Curriculum and Instruction", name), "Developing",
                 cause, goal, "Applying", measure)
        for n, (name, cause, goal, measure) in enumerate(chosen, start=1)
    )  # fmt: skip
    actions = tuple(
        Action(
            f"a{n}",
            f"p{under}",
            "s1",
            n,
            Step(
                text,
                owner,
                date(2027, 1, 12) + timedelta(weeks=n),
                supporters=supporters,
                resources=needs,
                shown_by="A page of notes",
            ),
            status,
        )
        for n, (under, text, owner, supporters, needs, status) in enumerate(steps)
    )
    deferred = (
        SetAside(IndicatorId("D", "Data-Driven"), "Developing", "After the new data system is in place."),
        SetAside(IndicatorId("D", "Goal Setting"), "Developing", "Grows out of the work on agency; next year."),
    )
    said = "Two sections are written. The third waits until everybody has read what the students' council proposed."
    return plan_document(
        a_plan(actions, priorities),
        school="Juniper Hills School",
        code="JUNIPER",
        reviewed=date(2026, 10, 13),
        committed=date(2026, 12, 2),
        deferred=deferred,
        last={"a6": CheckIn("a6", "UANA", Status.BLOCKED, said, AT)},
        owners=True,
        standing=True,
    ).named(NAMES.__getitem__)
