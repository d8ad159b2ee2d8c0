"""What views show, at any size and with any text wherever people write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.sentences import say
from bot.views import (
    portfolio,
)
from bot.views.parts import LONG_INPUT, SHORT_INPUT
from bot.views.school import SchoolOf
from bot.views.school_time import CalendarOf
from planning.across import Across, Chosen, Visit
from planning.across import across as summed
from planning.calendar import Closure, OpenDays, SchoolCalendar
from planning.comments import Comment
from planning.pace import Timer
from planning.people import Role, Viewer
from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.portfolio import Page as PortfolioPage
from planning.portfolio import PlanHere, Row
from planning.rereview import Beside, PriorityMoved, ReReview
from planning.school_days import NAME_LENGTH
from planning.school_year import SchoolYear
from planning.scope import Scope
from planning.session import Concern, Listed, Rules, Session, SetAside
from planning.sift import Page, Sift, listed, page
from planning.standing import Standing
from rubric.comparing import Compared, Movement
from rubric.library import bundled
from rubric.rubric import IndicatorId

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)


DAY = date(2026, 12, 2)


RUBRIC = bundled()["personalized-learning@1"]


LEADER = Viewer("U9", "b" * 16, frozenset({Role.PRINCIPAL}))


TWIN = "The twin"
"""A name that the first two indicators share."""


LINK = "https://juniper-hills.slack.example/archives/C1234567890/p1790000000000000"


WORST = "&<>*_`~\\ \u202eعربي 漢字 😀 <!channel> "


def filled(length: int, seed: str = WORST) -> str:
    """Text of exactly `length` characters."""
    return (seed * (length // len(seed) + 1))[:length]


def a_session(text: str, priorities: int, actions: int, listed: int) -> dict[str, Any]:
    """Everything that views show, at the given size, with `text` wherever people write."""
    ids = [IndicatorId(f"Domain {n % 5} & more", filled(75, f"Indicator {n} of <words> & names ")) for n in range(60)]
    ids[:2] = [IndicatorId(one.domain, TWIN) for one in ids[:2]]
    session = Session(
        id="a" * 16,
        school="b" * 16,
        review="c" * 16,
        channel="C1234567890",
        facilitator="U1234567890",
        opened_at=AT,
        rules=Rules(shortlist=listed, dots=20, cap=20, priorities=12),
        here=tuple(f"U{n:010}" for n in range(60)),
        guests=tuple(filled(25, f"{n} {text}") for n in range(40)),
        shortlist=tuple(
            Listed(one, "Developing", ("Rated.", "Fell.", "Agree.", "4 of 7."), text[:300]) for one in ids[:listed]
        ),
        removed=tuple(SetAside(one, "Developing", text[:300]) for one in ids[listed : listed + 5]),
        deferred=tuple(SetAside(one, "Developing", f"{n} {text}"[:300]) for n, one in enumerate(ids[:listed])),
        concerns=tuple(
            Concern(f"{n:016}", ids[n % 7], text[:LONG_INPUT], None if n % 2 else "U1234567890") for n in range(40)
        ),
        timer=Timer(ends_at=AT),
        cancelled_because=text[:SHORT_INPUT],
        off_table=text[:LONG_INPUT],
        settled_by=text[:SHORT_INPUT],
    )
    chosen = tuple(
        Priority(f"{n:016}", session.id, n + 1, ids[n], "Developing", text, text, "Mastering", text)
        for n in range(priorities)
    )
    step = Step(
        text[:SHORT_INPUT],
        "U1234567890",
        date(2027, 1, 29),
        supporters=("U1", "U2"),
        resources=text[:SHORT_INPUT],
        shown_by=text[:SHORT_INPUT],
        outside=text[:SHORT_INPUT],
    )
    drafted = tuple(
        Action(f"{n:016x}", chosen[n % priorities].id, session.id, n, step, Status.BLOCKED, link=LINK)
        for n in range(actions)
    )
    committed = Plan("d" * 16, session.school, session.id, session.review, session.channel, "U1", AT, chosen, drafted)
    return {"session": session, "priorities": chosen, "actions": drafted, "plan": committed, "ids": ids}


def a_re_review(committed: Plan, session: Session) -> ReReview:
    """A re-review with every priority in place, and everything deferred."""
    moves = list(Movement)
    in_place = tuple(replace(one, in_place_at=AT, sustained=one.goal) for one in committed.priorities)
    compared = [Compared(one.indicator, "Developing", "Mastering", moves[n % 5]) for n, one in enumerate(in_place)]
    beside = Beside("Developing", tuple(compared))
    return ReReview(
        replace(committed, priorities=in_place),
        DAY,
        DAY,
        tuple(
            PriorityMoved(one, committed.under(one), now, beside) for one, now in zip(in_place, compared, strict=True)
        ),
        tuple(Compared(one.indicator, one.level, None, Movement.NOT_RATED) for one in session.deferred),
    )


def some_visits() -> Across:
    """A city over nine years."""
    ratings = tuple((one.id, RUBRIC.levels[n % 3]) for n, one in enumerate(RUBRIC.indicators))
    visits = [Visit(str(n), date(2010 + year, 10, 1), RUBRIC.key, ratings) for n in range(9) for year in range(9)]
    chosen = [Chosen("1", date(2010, 10, 1), RUBRIC.key, RUBRIC.indicators[0].id, RUBRIC.levels[0])]
    return summed(visits, chosen, {RUBRIC.key: RUBRIC})


def a_portfolio(text: str, names: Sequence[str]) -> PortfolioPage:
    """A page of schools whose plans have a great deal in them."""
    said = Comment("c", "a", "U1", text[:LONG_INPUT], AT)
    plan_here = PlanHere(AT, tuple(names[:12]), 3, dict.fromkeys(Status, 9), 7, AT - timedelta(days=60), None, said)
    row = Row("OAK", text[:150], text[:150], True, DAY, plan_here, SchoolCalendar("America/Chicago"))
    return PortfolioPage((row,) * portfolio.SIZE, 1000)


def a_calendar(text: str) -> CalendarOf:
    """A calendar with as many entries as one may have."""
    closed = tuple(Closure(DAY + timedelta(days=n), DAY + timedelta(days=n), text[:NAME_LENGTH]) for n in range(498))
    opened = (OpenDays(DAY - timedelta(days=9), DAY - timedelta(days=8), text[:NAME_LENGTH]),)
    years = (SchoolYear(date(2026, 8, 17), date(2027, 6, 4)),)
    return CalendarOf("b" * 16, text[:150], SchoolCalendar("America/Chicago", closed, years=years, opened=opened))


def a_page(text: str) -> Page:
    """A page of a person's many schools, in more networks than a menu shows."""
    every = dict.fromkeys(Status, 12)
    found = [
        Standing(f"{n:016}", f"CODE{n}", text[:150], f"{n} {text}"[:150], "America/Chicago", AT, every, 40, 12, 12, AT)
        for n in range(120)
    ]
    roles = (Role.PRINCIPAL, Role.REVIEWER)
    scope = Scope({one.school: Viewer("U1", one.school, frozenset({roles[n % 2]})) for n, one in enumerate(found)})
    calendars = {one.school: SchoolCalendar("America/Chicago") for one in found}
    looked = DAY + timedelta(days=9)
    return page(listed(found, scope, calendars, looked, AT + timedelta(days=60)), Sift(page=3), scope.together)


def a_leaders_school(text: str, committed: Plan) -> SchoolOf:
    """A principal's school with everything in it."""
    notes = {one.id: CheckIn(one.id, "U1", Status.BLOCKED, text[:LONG_INPUT], AT) for one in committed.actions}
    comments = {one.id: Comment("c", one.id, "U1", text[:LONG_INPUT], AT) for one in committed.actions}
    return SchoolOf(
        text[:150], LEADER, DAY + timedelta(days=90), say("follow.status_none"), committed, DAY, notes, comments, AT
    )
