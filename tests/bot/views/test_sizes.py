"""Every card, message and window at its largest and strangest passes the practice workspace's checker, as Slack's."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import CodeType, FrameType, FunctionType
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import messages as rendering
from bot import views
from bot.rehearsal.checker import check_message_blocks, check_view
from bot.sentences import escape, say
from bot.views import (
    across,
    amending,
    answering,
    answers,
    asking,
    ballot,
    cards,
    choosing,
    documents,
    drafting,
    drafts,
    grid,
    home,
    leading,
    moved,
    plan,
    portfolio,
    resting,
    reveal,
    school,
    school_time,
    schools,
    setup,
    share,
    steer,
    telling,
    thread,
    updates,
    year_end,
)
from bot.views.frame import Heading, behind
from bot.views.parts import LONG_INPUT, SHORT_INPUT, Message
from bot.views.school import SchoolOf
from bot.views.school_time import CalendarOf
from planning.across import Across, Chosen, Visit
from planning.across import across as summed
from planning.answer_words import Said
from planning.ballot import Cut, Tally
from planning.calendar import Closure, SchoolCalendar
from planning.comments import Comment
from planning.digest import Week
from planning.grants import Grant
from planning.grid import Place
from planning.history import Change, differences
from planning.hours import PersonTime
from planning.ledger import ReviewToChoose, SchoolHere
from planning.pace import Timer
from planning.pauses import Pause
from planning.people import Role, Viewer
from planning.phases import Phase
from planning.plan import Action, CheckIn, Closing, Plan, Priority, Status, Step
from planning.portfolio import Asked, PlanHere, Row
from planning.portfolio import Page as PortfolioPage
from planning.preferences import Preferences
from planning.remarks import Deed, Remark
from planning.rereview import Beside, PriorityMoved, ReReview
from planning.school_days import NAME_LENGTH, entries
from planning.school_year import SchoolYear
from planning.scope import Scope
from planning.session import Concern, Listed, Rules, Session, SetAside
from planning.sift import Page, Sift, listed, page
from planning.standing import Standing
from planning.warnings import Caution, Warning
from rubric.comparing import Compared, Movement
from rubric.library import bundled
from rubric.ranking import Shortlist
from rubric.review import Audience, Evidence, Goal, GoalResult, Rating, Source
from rubric.rubric import IndicatorId
from rubric.strengths import Improved, Strengths

AT = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
DAY = date(2026, 12, 2)
RUBRIC = bundled()["personalized-learning@1"]
LEADER = Viewer("U9", "b" * 16, frozenset({Role.PRINCIPAL}))
LINK = "https://juniper-hills.slack.example/archives/C1234567890/p1790000000000000"
SLACKS_LIMIT = 13_000
"""About what all the blocks of a message may hold, in characters."""
WORST = "&<>*_`~\\ \u202eعربي 漢字 😀 <!channel> "


def filled(length: int, seed: str = WORST) -> str:
    """Text of exactly `length` characters."""
    return (seed * (length // len(seed) + 1))[:length]


def a_session(text: str, priorities: int, actions: int, listed: int) -> dict[str, Any]:
    """Everything that views show, at the given size, with `text` wherever people write."""
    ids = [IndicatorId(f"Domain {n % 5} & more", filled(75, f"Indicator {n} of <words> & names ")) for n in range(60)]
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


def every_message(text: str, priorities: int, actions: int, listed: int) -> dict[str, Sequence[Block]]:
    """All that is posted or answered."""
    big = a_session(text, priorities, actions, listed)
    session, plans, drafted, committed = big["session"], big["priorities"], big["actions"], big["plan"]
    head = Heading(session, text[:150], DAY)
    rating = Rating(big["ids"][0], "Mastering", text * 3, ())
    many = tuple(Rating(one, "Mastering", text * 3, ()) for one in big["ids"][:40])
    strong = Strengths(
        "Mastering", many, tuple(Improved(r, "Applying") for r in many), (Goal(text, GoalResult.MET),) * 3
    )
    tally = Tally(tuple((entry.indicator, 40 - n) for n, entry in enumerate(session.shortlist)), 60)
    tied = Cut(tuple(big["ids"][:2]), tuple(big["ids"][2:listed]), 1)
    cautions = [Warning(Caution.DUE_WHEN_CLOSED, one, detail=text[:100]) for one in drafted]
    named = [(one, big["ids"][0].name) for one in drafted]
    proposed = [(replace(one, status=Status.PROPOSED), name) for one, name in named]
    notes = {one.id: CheckIn(one.id, "U1", Status.BLOCKED, text[:LONG_INPUT], AT) for one in drafted}
    more = Shortlist((), 0)
    said = Comment("c" * 16, drafted[0].id, "U1", text[:LONG_INPUT], AT)
    week = Week(
        committed,
        moved=tuple((one, notes[one.id]) for one in drafted),
        blocked=drafted,
        overdue=drafted,
        ownerless=drafted,
        due_soon=drafted,
        silent=tuple(f"U{n:010}" for n in range(60)),
        passed_over=drafted,
    )
    weeks = [
        replace(
            week,
            plan=replace(committed, school=f"{n:016}"),
            ownerless=tuple(replace(one, id=f"{one.id}{n}") for one in drafted),
        )
        for n in range(20)
    ]
    thanked = replace(week, ownerless=())
    to_ask = replace(week, ownerless=(), blocked=())
    messages: dict[str, Message | Sequence[Block]] = {
        "gather": cards.gather(head),
        "celebrate": cards.celebrate(head, strong),
        "focus": cards.focus(head, more, committed, session.deferred),
        "vote": cards.vote(head, 60, 40, 3, False),
        "discuss": cards.vote(head, 2, 0, 0, True),
        "choose": reveal.choose(head, reveal.Vote(tally, False), tied, plans, reveal.Vote(tally, False)),
        "choose with a grid": reveal.choose(
            head, reveal.Vote(tally, False), tied, plans, None, {one: Place(3, 3) for one in big["ids"][:6]}
        ),
        "choose by talking": reveal.choose(head, reveal.Vote(tally, True), tied, plans, None),
        "time up": steer.time_up(session, text[:150]),
        "time was up": steer.time_was_up(Phase.FOCUS, text[:150]),
        "details": thread.details(
            Phase.FOCUS, [Remark(3, deed, "U1", text[:SHORT_INPUT], text, AT) for deed in Deed for _ in range(4)]
        ),
        "plan": drafts.plan(head, plans, drafted, cautions),
        "commit": drafts.commit(head, plans, drafted, cautions),
        "behind": behind(session, Phase.GATHER, "https://example.test/x"),
        "welcome": setup.welcome(text[:150]),
        "connected": setup.connected(text[:150], DAY, released=True, running=False, planned=True),
        "held review": setup.held_review(text[:150], DAY, 31, "r" * 16, released=False),
        "published": plan.published(committed, text[:150], DAY, DAY, session.deferred),
        "whole plan": plan.whole(committed, text[:150], DAY, DAY, LEADER),
        "standing": plan.standing(committed, DAY, notes, LEADER),
        "comment": updates.comment(named[0], said, theirs=True),
        "comment over": updates.comment(named[0], said, theirs=False),
        "update wanted": updates.update_wanted(text[:150], committed, "U1", shown=True, late=True),
        "update over": updates.update_over(text[:150]),
        "acceptance, proposed": asking.acceptance("U1234567890", text[:150], proposed),
        "acceptance over": asking.acceptance_over(),
        "not accepted": telling.not_accepted(text[:150], proposed),
        "declined": telling.declined(drafted[0], rating.indicator.name, "U1"),
        "acceptance": asking.acceptance("U1234567890", text[:150], [(one, name) for one, name in named]),
        "check-in": asking.check_in("U1234567890", named, {}, frozenset(one.id for one in drafted)),
        "answered": asking.check_in("U1234567890", named, notes, frozenset()),
        "check-in, due soon": asking.check_in(
            "U1234567890", named, {}, frozenset(), soon=frozenset(one.id for one in drafted), session=True
        ),
        "check-in, wanted": asking.check_in(
            "U1234567890",
            named,
            {},
            frozenset(),
            wanted_by={one.id: "U1" for one in drafted},
            comments={one.id: said for one in drafted},
            shown=True,
        ),
        "check-in, settled": asking.check_in(
            "U1234567890",
            named,
            {},
            frozenset(),
            settled={one.id: say("rest.closed_by", text=one.step.text, by="U1", status="done") for one in drafted},
        ),
        "digest": leading.digest([(text[:150], one) for one in weeks], frozenset(), owns=True),
        "digest, thanked": leading.digest([(text[:150], thanked)], frozenset(one.id for one in drafted), owns=False),
        "digest, to ask": leading.digest([(text[:150], to_ask)], frozenset(), owns=False),
        "digest over": leading.digest_over(),
        "team check": leading.team_check(committed, text[:150], 30),
        "still": leading.still(text[:150], moved=False),
        "monthly": leading.monthly([(text[:150], committed, True, True)] * 40),
        "owner left": leading.owner_left(text[:150], "U1", named),
        "owner left, settled": leading.owner_left(text[:150], "U1", []),
        "help coming": leading.help_coming(drafted[0], "U1", text[:LONG_INPUT]),
        "thanks": leading.thanks(drafted[0], "U1"),
        "paused": leading.paused(Pause("C1", text[:40], AT), text[:150], "s" * 32),
        "paused, goes on": leading.paused_no_more(text[:150]),
        "help promised": telling.help_wanted(drafted[0], rating.indicator.name, text[:LONG_INPUT], promised=True),
        "understood": resting.understood(Said(Status.DONE, "", text[:LONG_INPUT]), drafted[:1], "1790000000.000100"),
        "understood, which": resting.understood(Said(Status.DONE, "", text), drafted, "1790000000.000100"),
        "kept": resting.kept(drafted[0], text[:LONG_INPUT]),
        "not kept": resting.not_kept(),
        "away": asking.mine([(text[:150], one) for one in named], "U1234567890", DAY),
        "help wanted": telling.help_wanted(drafted[0], rating.indicator.name, text[:LONG_INPUT]),
        "handed back": telling.handed_back(drafted[0], rating.indicator.name, "U1", text[:LONG_INPUT]),
        "year end": year_end.summary(text[:150], DAY, named),
        "check-in, last month": asking.check_in(
            "U1234567890", named, {}, frozenset(), settle=frozenset(one.id for one in drafted)
        ),
        "mine": asking.mine([(text[:150], one) for one in named], "U1234567890"),
        "reminder": ballot.reminder(text[:150], "https://example.test/x", open_still=True),
        "help": answers.commands(text[:500]),
        "schools": schools.listed(a_page(text)),
        "no schools": schools.listed(page([], Sift())),
        "moved": moved.card(text[:150], a_re_review(committed, session), closing=True),
        "moved, answered": moved.moved(text[:150], a_re_review(committed, session), short=True),
    }
    return {name: one.blocks if isinstance(one, Message) else one for name, one in messages.items()}


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
    plan_here = PlanHere(AT, tuple(names[:12]), 3, dict.fromkeys(Status, 9), 7, AT - timedelta(days=60))
    row = Row("OAK", text[:150], text[:150], True, DAY, plan_here, SchoolCalendar("America/Chicago"))
    return PortfolioPage((row,) * portfolio.SIZE, 1000)


def a_calendar(text: str) -> CalendarOf:
    """A calendar with as many entries as one may have."""
    closed = tuple(Closure(DAY + timedelta(days=n), DAY + timedelta(days=n), text[:NAME_LENGTH]) for n in range(499))
    years = (SchoolYear(date(2026, 8, 17), date(2027, 6, 4)),)
    return CalendarOf("b" * 16, text[:150], SchoolCalendar("America/Chicago", closed, years=years))


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
    return page(listed(found, scope, calendars, looked, AT + timedelta(days=60)), Sift(page=3))


def a_leaders_school(text: str, committed: Plan) -> SchoolOf:
    """A principal's school with everything in it."""
    notes = {one.id: CheckIn(one.id, "U1", Status.BLOCKED, text[:LONG_INPUT], AT) for one in committed.actions}
    comments = {one.id: Comment("c", one.id, "U1", text[:LONG_INPUT], AT) for one in committed.actions}
    return SchoolOf(
        text[:150], LEADER, DAY + timedelta(days=90), say("follow.status_none"), committed, DAY, notes, comments, AT
    )


def every_window(text: str, priorities: int, actions: int, listed: int) -> dict[str, View]:
    """All that opens."""
    big = a_session(text, priorities, actions, listed)
    session, plans, drafted, committed = big["session"], big["priorities"], big["actions"], big["plan"]
    said = tuple(Evidence(source, text * 8, Audience.TEAM) for source in Source for _ in range(30))
    rating = Rating(big["ids"][0], "Developing", text * 10, said)
    known = [SchoolHere(f"{n:016}", filled(75, text), filled(150, text), "America/Chicago") for n in range(120)]
    under = [one for one in drafted if one.priority == plans[0].id]
    filled_in = replace(drafting.Filled.of(drafted[0].step), said=text[:80], due=DAY, owner="")
    old, new = drafted[0], replace(drafted[0], step=replace(drafted[0].step, text="New", supporters=("U3",)))
    changes = [Change(old.id, "U1", AT, differences(old, new), text)] * 90
    named = (drafted[0], big["ids"][0].name)
    mine = asking.mine([(text[:150], (one, "I")) for one in drafted], "U1234567890")
    seats = [(n, one.id, "Developing") for n, one in enumerate(RUBRIC.indicators)]
    voting = Session(**{**{f: getattr(session, f) for f in session.__slots__}, "phase": Phase.VOTE})
    return {
        "evidence": choosing.evidence(rating, text[:150], frozenset(Audience), "s/1"),
        "evidence, last page": choosing.evidence(rating, None, frozenset(Audience), "s/1", 2),
        "evidence, with concerns": choosing.evidence(
            rating, text[:150], frozenset(Audience), "s/1", concern="s/m", weighed=session.concerns
        ),
        "evidence list": choosing.evidence_list(
            [(one, "Developing", one.name) for one in big["ids"][:40]], "evidence.open", "s"
        ),
        "add": choosing.add(session, [(one, level) for _, one, level in seats]),
        "remove": choosing.remove(session),
        "word": choosing.word(session),
        "ballot": ballot.ballot(session, {}, unsent=True),
        "ballot kept": ballot.kept(session, 3),
        "grid": grid.window(session, big["ids"][:6], {big["ids"][0]: Place(1, 3)}),
        "concern": choosing.concern(session, big["ids"][0], "r" * 16),
        "changed": choosing.changed(escape(text[:500]), "shortlist.put_back", "s/1"),
        "deferred": choosing.deferred(session),
        "timer": steer.timer(session),
        "hand over the session": steer.hand_over(session),
        "excuse": steer.excuse(session),
        "cancel": steer.cancel(session),
        "choice": choosing.choice(session, Cut((), (), 0), plans),
        "controls": steer.controls(voting, text[:150], text[:500], escape(text[:100])),
        "told": answers.told(escape(text[:300])),
        "done": answers.done(escape(text[:300])),
        "waiting": answers.waiting(),
        "not yours": steer.not_yours(session, text[:150], may_take_over=True),
        "guests": steer.guests(session),
        "paper": steer.paper(session),
        "connect": setup.connect("C1", known, known[0].id, None, 60, public=True, shared=True),
        "start": setup.start(
            "C1", text[:150], [ReviewToChoose(f"{n:016}", DAY, text[:150]) for n in range(120)], 31, planned=True
        ),
        "describe": drafting.describe(plans[0], RUBRIC, text[:150]),
        "new action": drafting.new_action("action", plans, plans[0].id, "r" * 16, filled_in, LINK),
        "edit action": drafting.edit_action(drafted[0], plans, 2, len(under) + 2, filled_in),
        "taken out": drafting.taken_out(drafted[0]),
        "change": amending.change(drafted[0], by_owner=False, filled=filled_in),
        "change by its owner": amending.change(drafted[0], by_owner=True),
        "drop": amending.drop(drafted[0]),
        "history": amending.history(drafted[0], DAY, [(DAY, one) for one in changes]),
        "history, page 2": amending.history(drafted[0], DAY, [(DAY, one) for one in changes], 2),
        "its actions": drafts.draft_of(plans[0], under),
        "draft": plan.draft_window(session.id, plans, drafted),
        "plan": plan.window(committed, text[:150], DAY, DAY, LEADER),
        "plan, page 2": plan.window(committed, text[:150], DAY, DAY, LEADER, 2),
        "blocked": answering.answer_window(drafted[0], Status.BLOCKED, "r" * 16),
        "note": answering.answer_window(drafted[0], None, "r" * 16),
        "answer again": answering.answer_again(*named),
        "hand back": answering.hand_back(drafted[0]),
        "hand over": answering.hand_over(drafted[0], by_leader=True),
        "calendar": school_time.calendar(a_calendar(text)),
        "calendar, page 2": school_time.calendar(a_calendar(text), 2),
        "days": school_time.days("b" * 16, entries(a_calendar(text).calendar)[0]),
        "hours": school_time.hours(a_calendar(text)),
        "own hours": school_time.own_hours(PersonTime("America/Argentina/ComodRivadavia"), "America/Chicago"),
        "snooze": resting.snooze(drafted[0]),
        "away": resting.away(),
        "on it": resting.on_it(drafted[0]),
        "preferences": resting.preferences(Preferences("U1")),
        "session day": resting.session_day("C1234567890", DAY),
        "own": resting.own(mine),
        "blocked, with helpers": answering.answer_window(
            drafted[0], Status.BLOCKED, "r" * 16, [(text[:75], f"U{n}") for n in range(8)], text[:LONG_INPUT]
        ),
        "help": answering.help_window(drafted[0], [(text[:75], f"U{n}") for n in range(8)], "r" * 16),
        "home": home.home(mine, a_page(text)),
        "home of a leader": home.home((), a_page(text), DAY),
        "school": school.window(a_leaders_school(text, committed)),
        "school, page 2": school.window(a_leaders_school(text, committed), 2),
        "comment": school.comment_window(drafted[0], "r" * 16),
        "across": across.window(
            some_visits(), {RUBRIC.key: RUBRIC}, [filled(150, f"{n} {text}") for n in range(120)], range(1990, 2020)
        ),
        "portfolio": portfolio.window(
            a_portfolio(text, [one.name for one in big["ids"]]),
            portfolio.Choice(Asked("U1", first=20), [filled(150, f"{n} {text}") for n in range(120)], "c" * 16),
            AT,
        ),
        "portfolio, empty": portfolio.window(PortfolioPage((), 0), portfolio.Choice(Asked("U1"), [], "c" * 16), AT),
        "share": share.window(
            "b" * 16,
            text[:150],
            [
                (Grant(f"{n:016}", "b" * 16, "c" * 16, text[:SHORT_INPUT], DAY, "U1", AT), DAY, ended)
                for ended in (None, DAY)
                for n in range(60)
            ],
            "r" * 16,
        ),
        "document": documents.window("b" * 16, text[:150], "r" * 16),
        "close": moved.close(plans[0], under, [(DAY, Closing("p", "U1", AT, True, text[:LONG_INPUT]))] * 40),
        "reopen": moved.close(
            replace(plans[0], in_place_at=AT, sustained=text[:LONG_INPUT]),
            under,
            [(DAY, Closing("p", "U1", AT, False, text[:LONG_INPUT]))] * 40,
        ),
    }


SEEDS = (WORST, "&", "漢&")
"""Each character of the second takes five where Slack reads mrkdwn."""


@cache
def largest(seed: str) -> tuple[dict[str, Sequence[Block]], dict[str, View]]:
    """Everything at its largest, with `seed` over and over wherever people write."""
    size = (filled(LONG_INPUT, seed), 12, 150, 40)
    return every_message(*size), every_window(*size)


SMALL = ("word", 1, 1, 1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", sorted(every_message(*SMALL)))
def test_every_message_fits_at_its_largest(name: str, seed: str) -> None:
    said = [block.to_dict() for block in largest(seed)[0][name]]
    check_message_blocks(said)
    assert len(json.dumps(said, ensure_ascii=False)) < SLACKS_LIMIT


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", sorted(every_window(*SMALL)))
def test_every_window_fits_at_its_largest(name: str, seed: str) -> None:
    check_view(largest(seed)[1][name].to_dict())


# What people write, as it comes: pasted from a document, from a phone, in any script, with or against Slack's syntax.
PIECES = (
    "<!channel>",
    "<@U1234567890>",
    "<https://evil.example|here>",
    "&amp;&lt;&gt;",
    "&<>",
    "``` `code` ```",
    "*bold* _italic_ ~struck~",
    "> quoted\n>>> all",
    "\n\n\n",
    "\t\r\n",
    "{{ owner }} {% raw %}",
    "x" * 3000,
    "é" * 400,
    "👩🏽‍🏫👨‍👩‍👧‍👦🇺🇸",
    "👍" * 300,
    "\u202eعربي עברית\u202c",
    "漢字かな한글" * 40,
    "\u200b\u200d\ufeff",
    "e\u0301\u0327" * 50,
    "\ud7ff\ue000\uffff\U00010000\U0010ffff",
    "\x00\x07\x1b[31m",
    ":tada: :+1:",
    " ",
)
peoples_text = (
    st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=12)
    .map("".join)
    .map(lambda text: text[:LONG_INPUT])
    .filter(str.strip)
)


@settings(deadline=None, max_examples=12, derandomize=True)
@given(peoples_text, st.integers(1, 4), st.integers(1, 8), st.integers(1, 8))
def test_strange_text_breaks_no_message_and_no_window(text: str, priorities: int, actions: int, listed: int) -> None:
    shown = every_message(text, priorities, actions, listed), every_window(text, priorities, actions, listed)
    for name, blocks in shown[0].items():
        said = [block.to_dict() for block in blocks]
        check_message_blocks(said)
        assert_only_text(name, said)
    for name, view in shown[1].items():
        check_view(view.to_dict())
        assert_only_text(name, view.to_dict())


def assert_only_text(name: str, value: Any) -> None:
    """Nothing that people wrote calls a channel or hides a link, wherever Slack reads mrkdwn."""
    if isinstance(value, dict) and value.get("type") == "mrkdwn":
        assert "<!" not in value["text"].replace("<!date^", "") and "<https://evil" not in value["text"], name
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        assert_only_text(name, inner)


def shown_to_people() -> dict[str, CodeType]:
    """Every function of the views that makes a message, a window or blocks, by its name."""
    found: dict[str, CodeType] = {}
    for module in (import_module(f"{views.__name__}.{one.name}") for one in iter_modules(views.__path__)):
        for name, made in vars(module).items():
            own = isinstance(made, FunctionType) and made.__module__ == module.__name__
            if own and get_type_hints(made).get("return") in (Message, View, Block, list[Block]):
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = made.__code__
    return found


def called_by(work: Callable[[], object]) -> set[CodeType]:
    """Every function that `work` calls."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return seen


def test_no_view_is_left_out_of_these_tests() -> None:
    many = ("word", 3, 20, 10)
    tried = called_by(lambda: (every_message(*many), every_window(*many)))
    assert [name for name, code in shown_to_people().items() if code not in tried] == []


def message_modules() -> Iterator[Path]:
    """The modules that render what the sender sends."""
    yield from sorted(Path(str(rendering.__file__)).parent.glob("*.py"))


def test_messages_show_nothing_but_what_the_views_make() -> None:
    assert [file.name for file in message_modules() if "slack_sdk" in file.read_text(encoding="utf-8")] == []
