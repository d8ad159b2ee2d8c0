"""Every window and the Home tab, from what there is to show."""

from dataclasses import replace

from slack_sdk.models.views import View

from bot.sentences import escape
from bot.views import (
    across,
    amending,
    answering,
    answers,
    asking,
    ballot,
    choosing,
    documents,
    drafting,
    drafts,
    grid,
    home,
    moved,
    plan,
    portfolio,
    refused,
    resting,
    school,
    school_time,
    setup,
    share,
    steer,
    updates,
)
from bot.views.parts import LONG_INPUT, SHORT_INPUT
from planning.ballot import Cut
from planning.grants import Grant
from planning.grid import Place
from planning.history import Change, differences
from planning.hours import PersonTime
from planning.ledger import ReviewToChoose, SchoolHere
from planning.pauses import Pause
from planning.phases import Phase
from planning.plan import Closing, Status
from planning.portfolio import Asked
from planning.portfolio import Page as PortfolioPage
from planning.preferences import Preferences
from planning.school_days import entries
from planning.session import Session
from planning.warnings import Caution, Warning
from rubric.review import Audience, Evidence, Rating, Source
from rubric.rubric import called
from tests.bot.views.shown import (
    AT,
    DAY,
    LEADER,
    LINK,
    RUBRIC,
    a_calendar,
    a_leaders_school,
    a_page,
    a_portfolio,
    a_session,
    filled,
    some_visits,
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
    changed = replace(drafted[0].step, text="New", supporters=("U3",))
    old, new = drafted[0], replace(drafted[0], priority=plans[-1].id, step=changed)
    changes = [Change(old.id, "U1", AT, differences(old, new), text)] * 90
    named = (drafted[0], big["ids"][0].in_full)
    mine = asking.mine([(text[:150], (one, "I")) for one in drafted], "U1234567890")
    seats = [(n, one.id, "Developing") for n, one in enumerate(RUBRIC.indicators)]
    voting = Session(**{**{f: getattr(session, f) for f in session.__slots__}, "phase": Phase.VOTE})
    many = [(Pause(f"C{number}", text[:40], AT), text[:150]) for number in range(6)]
    return {
        "evidence": choosing.evidence(rating, text[:150], frozenset(Audience), "s/1"),
        "evidence, last page": choosing.evidence(rating, None, frozenset(Audience), "s/1", 2),
        "evidence, with concerns": choosing.evidence(
            rating, text[:150], frozenset(Audience), "s/1", concern="s/m", weighed=session.concerns, stands=text[:300]
        ),
        "evidence list": choosing.evidence_list(
            [(one, "Developing", one.mark) for one in big["ids"][:40]], "evidence.open", "s"
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
        "controls, few voters": steer.controls(
            voting, text[:150], None, waiting=3, hidden=True, slips=steer.Slips(1, 40)
        ),
        "told": answers.told(escape(text[:300])),
        "done": answers.done(escape(text[:300])),
        "waiting": answers.waiting(),
        "not yours": steer.not_yours(session, text[:150], may_take_over=True),
        "guests": steer.guests(session),
        "paper": steer.paper(session, steer.Slips(39, 40), everybody=True),
        "connect": setup.connect(
            "C1", known, known[0].id, None, [f"UMEMBER{n:04}" for n in range(150)], public=True, shared=True
        ),
        "start": setup.start(
            "C1", text[:150], [ReviewToChoose(f"{n:016}", DAY, text[:150]) for n in range(120)], 31, planned=True
        ),
        "describe": drafting.describe(plans[0], RUBRIC, text[:150]),
        "describe, somebody faster": drafting.describe(plans[0], RUBRIC, text[:150], plans[0]),
        "new action": drafting.new_action("action", plans, plans[0].id, "r" * 16, filled_in, LINK),
        "edit action": drafting.edit_action(drafted[0], plans, 2, len(under) + 2, filled_in),
        "taken out": drafting.taken_out(drafted[0]),
        "change": amending.change(drafted[0], plans, by_owner=False, filled=filled_in),
        "change by its owner": amending.change(drafted[0], plans, by_owner=True),
        "drop": amending.drop(drafted[0]),
        "history": amending.history(drafted[0], DAY, [(DAY, one) for one in changes], committed.names),
        "history, page 2": amending.history(drafted[0], DAY, [(DAY, one) for one in changes], committed.names, 2),
        "its actions": drafts.draft_of(plans[0], drafted, [Warning(Caution.NO_VERB, one) for one in under]),
        "draft": plan.draft_window(session.id, plans, drafted),
        "plan": plan.window(committed, text[:150], DAY, DAY, LEADER),
        "plan, page 2": plan.window(committed, text[:150], DAY, DAY, LEADER, 2),
        "blocked": answering.answer_window(drafted[0], Status.BLOCKED, "r" * 16),
        "note": answering.answer_window(drafted[0], None, "r" * 16),
        "answer again": answering.answer_again(*named, past=True),
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
        "home of a leader": home.home((), a_page(text), DAY, refused.waiting(many)),
        "school": school.window(a_leaders_school(text, committed)),
        "school, page 2": school.window(a_leaders_school(text, committed), 2),
        "comment": school.comment_window(drafted[0], "r" * 16),
        "reply": updates.reply_window("b" * 16, text[:150], "U1", "r" * 16),
        "across": across.window(
            some_visits(), {RUBRIC.key: RUBRIC}, [filled(150, f"{n} {text}") for n in range(120)], range(1990, 2020)
        ),
        "portfolio": portfolio.window(
            a_portfolio(text, called(big["ids"])),
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
