"""Every card, message and window at its largest and strangest passes the practice workspace's checker, as Slack's."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.rehearsal.checker.payloads import check_message_blocks, check_view
from bot.views import amending, answers, asking, cards, choosing, drafting, drafts, plan, setup, steer, telling
from bot.views.frame import Heading, behind
from bot.views.parts import LONG_INPUT, SHORT_INPUT, Message
from planning.ballot import Cut, Tally
from planning.history import Change, differences
from planning.ledger import SchoolHere
from planning.people import Role, Viewer
from planning.phases import Phase
from planning.plan import Action, CheckIn, Plan, Priority, Status, Step
from planning.session import Listed, Rules, Session, SetAside
from planning.warnings import Caution, Warning
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


def a_school(text: str, priorities: int, actions: int, listed: int) -> dict[str, Any]:
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
        deferred=tuple(SetAside(one, "Developing", text[:300]) for one in ids[:listed]),
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
    big = a_school(text, priorities, actions, listed)
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
    messages: dict[str, Message | Sequence[Block]] = {
        "gather": cards.gather(head),
        "celebrate": cards.celebrate(head, strong),
        "focus": cards.focus(head, more, committed),
        "vote": cards.vote(head, 60, 40, 3, False),
        "discuss": cards.vote(head, 2, 0, 0, True),
        "choose": cards.choose(head, tally, tied, plans, None),
        "plan": drafts.plan(head, plans, drafted, cautions),
        "commit": drafts.commit(head, plans, drafted, cautions),
        "behind": behind(session, Phase.GATHER, "https://example.test/x"),
        "welcome": setup.welcome(text[:150]),
        "connected": setup.connected(text[:150], DAY, released=True, running=False, planned=True),
        "held review": setup.held_review(text[:150], DAY, 31, "r" * 16, released=False),
        "published": plan.published(committed, text[:150], DAY, DAY, session.deferred),
        "whole plan": plan.whole(committed, text[:150], DAY, DAY, LEADER),
        "standing": plan.standing(committed, DAY, notes, owners=True),
        "acceptance, proposed": asking.acceptance("U1234567890", text[:150], proposed),
        "acceptance over": asking.acceptance_over(),
        "not accepted": telling.not_accepted(text[:150], proposed),
        "declined": telling.declined(drafted[0], rating.indicator.name, "U1"),
        "acceptance": asking.acceptance("U1234567890", text[:150], [(one, name) for one, name in named]),
        "check-in": asking.check_in("U1234567890", named, {}, frozenset(one.id for one in drafted)),
        "answered": asking.check_in("U1234567890", named, notes, frozenset()),
        "help wanted": telling.help_wanted(drafted[0], rating.indicator.name, text[:LONG_INPUT]),
        "handed back": telling.handed_back(drafted[0], rating.indicator.name, "U1", text[:LONG_INPUT]),
        "mine": asking.mine([(text[:150], one) for one in named], "U1234567890"),
        "help": answers.commands(text[:500]),
        "schools": answers.schools([(text[:150], "1 done")] * 90),
    }
    return {name: one.blocks if isinstance(one, Message) else one for name, one in messages.items()}


def every_window(text: str, priorities: int, actions: int, listed: int) -> dict[str, View]:
    """All that opens."""
    big = a_school(text, priorities, actions, listed)
    session, plans, drafted, committed = big["session"], big["priorities"], big["actions"], big["plan"]
    said = tuple(Evidence(source, text * 8, Audience.TEAM) for source in Source for _ in range(30))
    rating = Rating(big["ids"][0], "Developing", text * 10, said)
    schools = [SchoolHere(f"{n:016}", filled(75, text), filled(150, text), "America/Chicago") for n in range(120)]
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
        "evidence list": choosing.evidence_list(
            [(one, "Developing", one.name) for one in big["ids"][:40]], "evidence.open", "s"
        ),
        "add": choosing.add(session, seats),
        "remove": choosing.remove(session),
        "word": choosing.word(session),
        "ballot": choosing.ballot(session, {}),
        "ballot kept": choosing.ballot_kept(session, 3),
        "choice": choosing.choice(session, Cut((), (), 0), plans),
        "controls": steer.controls(voting, text[:150], text[:500], text[:100]),
        "not yours": steer.not_yours(session, text[:150], may_take_over=True),
        "guests": steer.guests(session),
        "paper": steer.paper(session),
        "connect": setup.connect("C1", schools, schools[0].id, None, 60, public=True, shared=True),
        "start": setup.start("C1", text[:150], DAY, 31),
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
        "blocked": asking.answer_window(drafted[0], Status.BLOCKED, "r" * 16),
        "note": asking.answer_window(drafted[0], None, "r" * 16),
        "answer again": asking.answer_again(*named),
        "hand back": asking.hand_back(drafted[0]),
        "hand over": asking.hand_over(drafted[0], by_leader=True),
        "home": answers.home([(text[:150], "1 done")] * 90, mine),
    }


WORST_CASE = (filled(LONG_INPUT), 12, 150, 40)


@pytest.mark.parametrize("name", sorted(every_message(*WORST_CASE)))
def test_every_message_fits_at_its_largest(name: str) -> None:
    blocks = every_message(*WORST_CASE)[name]
    check_message_blocks([block.to_dict() for block in blocks])
    assert len(json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)) < SLACKS_LIMIT


@pytest.mark.parametrize("name", sorted(every_window(*WORST_CASE)))
def test_every_window_fits_at_its_largest(name: str) -> None:
    check_view(every_window(*WORST_CASE)[name].to_dict())


@settings(deadline=None, max_examples=25, derandomize=True)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120).filter(str.strip),
    st.integers(1, 12),
    st.integers(1, 30),
    st.integers(1, 40),
)
def test_strange_text_breaks_no_message_and_no_window(text: str, priorities: int, actions: int, listed: int) -> None:
    for blocks in every_message(text, priorities, actions, listed).values():
        check_message_blocks([block.to_dict() for block in blocks])
    for view in every_window(text, priorities, actions, listed).values():
        check_view(view.to_dict())
