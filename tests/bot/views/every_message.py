"""Every message that Levers sends, from what there is to show."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.sentences import say
from bot.views import (
    answers,
    asking,
    ballot,
    cards,
    drafts,
    leading,
    moved,
    plan,
    refused,
    resting,
    reveal,
    schools,
    setup,
    steer,
    telling,
    thread,
    updates,
    year_end,
)
from bot.views.frame import Heading, behind
from bot.views.parts import LONG_INPUT, SHORT_INPUT, Message
from planning.answer_words import Said
from planning.ballot import Cut, Tally, Way
from planning.comments import Comment, Reply
from planning.digest import Week
from planning.grid import Place
from planning.history import Change, Changed
from planning.pauses import Pause
from planning.phases import Phase
from planning.plan import CheckIn, Status
from planning.remarks import Deed, Remark
from planning.sift import Sift, page
from planning.warnings import Caution, Warning
from rubric.ranking import Shortlist
from rubric.review import Goal, GoalResult, Rating
from rubric.strengths import Improved, Strengths
from tests.bot.views.shown import AT, DAY, LEADER, a_page, a_re_review, a_session


def every_message(text: str, priorities: int, actions: int, listed: int) -> dict[str, Sequence[Block]]:
    """All that is posted or answered."""
    big = a_session(text, priorities, actions, listed)
    session, plans, drafted, committed = big["session"], big["priorities"], big["actions"], big["plan"]
    head = Heading(session, text[:150], DAY)
    many = tuple(Rating(one, "Mastering", text * 3, ()) for one in big["ids"][:40])
    strong = Strengths(
        "Mastering", many, tuple(Improved(r, "Applying") for r in many), (Goal(text, GoalResult.MET),) * 3
    )
    tally = Tally(tuple((entry.indicator, 40 - n) for n, entry in enumerate(session.shortlist)), 60)
    tied = Cut(tuple(big["ids"][:2]), tuple(big["ids"][2:listed]), 1)
    kinds = [kind for kind in Caution if kind is not Caution.OWNS_MUCH]
    cautions = [Warning(kind, one, detail=text[:100]) for one in drafted for kind in kinds]
    cautions.append(Warning(Caution.OWNS_MUCH, None, "U1", "5"))
    named = [(one, committed.names[one.priority]) for one in drafted]
    proposed = [(replace(one, status=Status.PROPOSED), name) for one, name in named]
    notes = {one.id: CheckIn(one.id, "U1", Status.BLOCKED, text[:LONG_INPUT], AT) for one in drafted}
    more, ids = Shortlist((), 0), frozenset(one.id for one in drafted)
    fields = ("text", "priority", "due", "cadence", "status")
    wordy = tuple(Changed(one, "2027-01-01" if one == "due" else text[:LONG_INPUT], "2027-01-02") for one in fields)
    changes = [(one, Change(one.id, LEADER, AT, wordy, text[:LONG_INPUT])) for one in drafted]
    said = Comment("c" * 16, drafted[0].id, "U1", text[:LONG_INPUT], AT)
    replied = Reply("r" * 16, "b" * 16, "U1", text[:LONG_INPUT], AT)
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
        "vote": cards.vote(head, 60, 40, 3, Way.SLACK),
        "vote on paper": cards.vote(head, 5, 5, 5, Way.PAPER),
        "discuss": cards.vote(head, 2, 0, 0, Way.TALK),
        "choose": reveal.choose(head, reveal.Vote(tally, False), tied, plans, reveal.Vote(tally, False)),
        "choose with a grid": reveal.choose(
            head, reveal.Vote(tally, False), tied, plans, None, {one: Place(3, 3) for one in big["ids"][:6]}
        ),
        "choose by talking": reveal.choose(head, reveal.Vote(tally, True), tied, plans, None),
        "time up": steer.time_up(session, text[:150]),
        "time was up": steer.time_was_up(Phase.FOCUS, text[:150]),
        "time was set": steer.time_was_set(session, text[:150]),
        "time was stopped": steer.time_was_set(replace(session, timer=None), text[:150]),
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
        "standing": plan.standing(committed, DAY, DAY.replace(year=2999), notes, LEADER),
        "comment": updates.comment(named[0], said, theirs=True),
        "comment over": updates.comment(named[0], said, theirs=False),
        "update wanted": updates.update_wanted(text[:150], committed, "U1", shown=True, late=True),
        "update wanted, replied": updates.update_wanted(text[:150], committed, "U1", replied, shown=True, late=True),
        "reply": updates.reply(text[:150], replied),
        "update over": updates.update_over(text[:150]),
        "acceptance, proposed": asking.acceptance("U1234567890", text[:150], proposed, plan="0" * 16),
        "check-in, handed over": asking.check_in(
            "U1234567890", [(replace(one, offered_to="U1"), name) for one, name in named], {}, ids, past=ids
        ),
        "acceptance over": asking.acceptance_over(),
        "not accepted": telling.not_accepted(text[:150], proposed, "U1"),
        "declined": telling.declined(drafted[0], big["ids"][0].in_full, "U1"),
        "changed": telling.changed(text[:150], changes, DAY, committed.names),
        "acceptance": asking.acceptance("U1234567890", text[:150], [(one, name) for one, name in named], past=ids),
        "check-in": asking.check_in("U1234567890", named, {}, ids, past=ids),
        "answered": asking.check_in("U1234567890", named, notes, frozenset(), helpers=dict.fromkeys(ids, "U1")),
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
        "digest": leading.digest([(text[:150], replace(one, endless=True)) for one in weeks], frozenset(), owns=True),
        "digest, thanked": leading.digest([(text[:150], thanked)], frozenset(one.id for one in drafted), owns=False),
        "digest, to ask": leading.digest([(text[:150], to_ask)], frozenset(), owns=False),
        "digest over": leading.digest_over(),
        "team check": leading.team_check(committed, text[:150], 30),
        "still": leading.still(committed, text[:150], moved=False),
        "monthly": leading.monthly([(text[:150], committed, True, True)] * 40),
        "owner left": leading.owner_left(text[:150], "U1", named),
        "owner left, settled": leading.owner_left(text[:150], "U1", []),
        "help coming": leading.help_coming(drafted[0], "U1", text[:LONG_INPUT]),
        "thanks": leading.thanks(drafted[0], "U1"),
        "paused": refused.paused(Pause("C1", text[:40], AT), text[:150]),
        "paused, goes on": refused.paused_no_more(text[:150]),
        "help promised": telling.help_wanted(drafted[0], big["ids"][0].in_full, text[:LONG_INPUT], promised=True),
        "understood": resting.understood(Said(Status.DONE, "", text[:LONG_INPUT]), drafted[:1], "1790000000.000100"),
        "understood, which": resting.understood(Said(Status.DONE, "", text), drafted, "1790000000.000100"),
        "kept": resting.kept(drafted[0], text[:LONG_INPUT]),
        "not kept": resting.not_kept(),
        "where mine are": resting.mine(),
        "away": asking.mine([(text[:150], one) for one in named], "U1234567890", DAY),
        "help wanted": telling.help_wanted(drafted[0], big["ids"][0].in_full, text[:LONG_INPUT]),
        "handed back": telling.handed_back(drafted[0], big["ids"][0].in_full, "U1", text[:LONG_INPUT]),
        "year end": year_end.summary(text[:150], DAY, named, ids),
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
