"""Documents to be made: one full of text that looks like something else, and one as a school might print it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.documents.content import Document
from bot.documents.findings import Findings, findings
from bot.documents.plan_part import CheckInDay, plan_part
from planning.people import Role, Viewer
from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.session import Listed, Session, SetAside
from rubric.review import Audience, Evidence, Goal, GoalResult, Rating, Review, Source
from rubric.rubric import Domain, Indicator, IndicatorId, Rubric

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
NAMES = {"UANA": "Diệu Linh Trần", "UBEN": "Ειρήνη Παππά", "UCLEO": "Олена Коваль"}
HOSTILE = '=HYPERLINK("x") #import "y" <script>alert(1)</script> *b* \\ $a_b$ @ref `c` // d [e] ~ &amp;'
NOTE = "A private note"
PTA = "Ms. Rivera (PTA)"
A_SESSION = Session("s1", "school1", "r1", "C1", "UREV", AT)
TEAM = Viewer("U1", "school1", member=True)
LEADER = Viewer("U2", "school1", frozenset({Role.PRINCIPAL}))
REVIEWER = Viewer("U3", "school1", frozenset({Role.REVIEWER}))


def a_plan(actions: tuple[Action, ...], priorities: tuple[Priority, ...]) -> Plan:
    """A plan that was committed at `AT`."""
    return Plan("plan1", "school1", "s1", "r1", "C1", "UREV", AT, priorities, actions)


def some_findings(text: str = HOSTILE, *, reader: Viewer = LEADER, held: bool = False) -> Findings:
    """A review with every kind of text in it, of a rubric of three indicators, one of them not rated."""
    said = (
        Evidence(Source.OBSERVATION, f"{text} seen", Audience.TEAM),
        Evidence(Source.DOCUMENT, f"{text} written", Audience.LEADER),
        Evidence(Source.INTERVIEW, f"{text} told", Audience.REVIEWER),
    )
    lift, data, agency = (IndicatorId("Domain", name) for name in ("Cognitive Lift", "Data-Driven", "Learner Agency"))
    rubric = Rubric(
        "test", "1", "Test rubric", ("Developing", "Applying", "Mastering"),
        (Domain("Domain", (Indicator(lift), Indicator(data), Indicator(agency))),),
    )  # fmt: skip
    review = Review(
        "ju/ni:per",
        date(2026, 10, 13),
        rubric.key,
        f"{text} label",
        (Rating(lift, "Developing", f"{text} summary", said), Rating(data, "Mastering")),
        (Goal(f"{text} aim", GoalResult.PARTLY_MET),),
    )
    return findings(review, rubric, {lift: "Applying", data: "Applying"}, reader.audiences, held=held)


def a_document(
    text: str = HOSTILE,
    *,
    owners: bool = True,
    standing: bool = True,
    status: Status = Status.AT_RISK,
    names_since: datetime | None = None,
) -> Document:
    """A plan of one priority with two actions, and its findings; what people typed is `text` and where it stands.

    Where `owners` are not to be seen, the school shows names from `names_since` on, if ever.
    """
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
        Action("a1", "p1", "s1", 1, first, status, updated_at=AT + timedelta(days=42)),
        Action(
            "a2", "p1", "s1", 2, Step("Visit two lessons", "UBEN", date(2027, 2, 12), shown_by="Notes", outside=PTA)
        ),
    )
    data = IndicatorId("Domain", "Data-Driven")
    session = replace(
        A_SESSION,
        shortlist=(
            Listed(indicator, "Developing", ("Rated Developing, the lowest level.", "Fell from Applying.")),
            Listed(data, "Developing", (), why_added=f"{text} why"),
        ),
        deferred=(SetAside(data, "Developing", f"{text} reason"),),
        removed=(SetAside(IndicatorId("Domain", "Peer Support"), "Developing", f"{text} off"),),
        settled_by=f"{text} settled",
    )
    plan = plan_part(
        a_plan(actions, (priority,)),
        session,
        reviewed=date(2026, 10, 13),
        local=datetime.date,
        last={"a1": CheckIn("a1", "UANA", status, NOTE, AT)},
        check_ins=(CheckInDay(date(2026, 12, 9), AT + timedelta(days=7), ("2 actions under Cognitive Lift",)),),
        owners=owners,
        standing=standing,
        answers=lambda said_at: owners or bool(names_since and said_at and said_at >= names_since),
    )
    return Document("Juniper & Hills", "ju/ni:per", some_findings(text), plan).named(NAMES.__getitem__)


def believable() -> Document:
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
    plan = plan_part(
        a_plan(actions, priorities),
        replace(A_SESSION, deferred=deferred),
        reviewed=date(2026, 10, 13),
        local=datetime.date,
        last={"a6": CheckIn("a6", "UANA", Status.BLOCKED, said, AT)},
        owners=True,
        standing=True,
        answers=lambda _said_at: True,
    )
    return Document("Juniper Hills School", "JUNIPER", None, plan).named(NAMES.__getitem__)
