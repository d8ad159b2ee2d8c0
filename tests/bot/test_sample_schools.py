"""The sample schools of a rehearsal: what each comes with, at whatever moment the rehearsal begins."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.rehearsal.world import DEFAULT_WORLD, read_world
from bot.samples.bringing import SCHOOLS, bring_in
from bot.samples.facts import read_sample
from bot.sentences import say_plain
from planning.ballot import Way
from planning.plan import Action, Plan, Status
from planning.session import Rules
from planning.verbs import gather, start, steer
from planning.verbs.vote import way_of
from rubric.library import bundled
from storage.books import Ledger, WorkspaceBooks
from storage.database import Database
from storage.tables.messages import deliveries
from storage.workspaces import the_workspace
from tests.databases import fresh_database

NOON = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
CONNECTED = SCHOOLS[1:]
BUTTONS = {
    "setup": ("connect", "connect_submit", "release", "release_yes", "start", "start_submit"),
    "card": ("facilitate", "evidence", "vote", "choose", "describe", "action_add"),
    "steer": ("commit",),
    "modal": ("save",),
    "follow": ("accept",),
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with fresh_database("sqlite", tmp_path) as fresh:
        yield fresh


def books_of(database: Database) -> WorkspaceBooks:
    with database.write() as conn:
        return WorkspaceBooks(database, the_workspace(conn, NOON), "America/Chicago")


def plan_in(ledger: Ledger, channel: str) -> Plan:
    school = ledger.schools.of_channel(channel)
    assert school is not None
    plan = ledger.plans.live(school.id)
    assert plan is not None
    return plan


def waiting(database: Database) -> list[Any]:
    with database.read() as conn:
        columns = (deliveries.c.kind, deliveries.c.recipient, deliveries.c.due_at)
        query = select(*columns).where(deliveries.c.state == "waiting").order_by(deliveries.c.due_at)
        return list(conn.execute(query))


def test_every_button_that_the_guide_names_is_there() -> None:
    guide = read_world(DEFAULT_WORLD).guide
    labels = {say_plain(f"{part}.{name}") for part, names in BUTTONS.items() for name in names}
    labels |= {say_plain("steer.advance", phase=phase) for phase in ("Celebrate", "Focus")}
    page = "".join(file.read_text() for file in (DEFAULT_WORLD.parent / "page").rglob("*.js"))
    named = {name.rstrip(",.") for step in guide for name in re.findall("“(.*?)”", step.text)}
    assert 6 <= len(guide) <= 9
    assert [name for name in named if name not in labels and name not in page] == []


@pytest.mark.parametrize("name", CONNECTED)
def test_a_schools_team_is_who_sits_in_its_channel(name: str) -> None:
    sample, world = read_sample(name, NOON), read_world(DEFAULT_WORLD)
    (place,) = (place for place in world.channels if place.id == sample.channel)
    assert {*sample.team} == {*place.members} - {world.app.bot_user}
    assert place.name == f"{name.replace('_', '-')}-plan"


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_review_of_a_sample_school_rates_nearly_all_indicators_with_evidence(
    name: str, database: Database
) -> None:
    bring_in(database, NOON, (name,))
    with books_of(database).read() as ledger:
        (school,) = ledger.schools.all()
        review = ledger.reviews.latest(school.id, released=False)
    assert review is not None
    assert len(review.review.ratings) >= len(bundled()["personalized-learning@1"].indicators) - 1
    assert all(rating.summary and rating.evidence for rating in review.review.ratings)
    summaries = [rating.summary for rating in review.review.ratings]
    assert len({*summaries}) == len(summaries)


def test_the_first_school_is_fresh_from_review_and_nothing_is_decided_yet(database: Database) -> None:
    bring_in(database, NOON)
    with books_of(database).read() as ledger:
        (fresh,) = (school for school in ledger.schools.all() if school.channel is None)
        review = ledger.reviews.latest(fresh.id, released=False)
        assert fresh.name == "Juniper Hills School"
        assert review is not None
        assert not review.released


def test_the_school_in_the_middle_of_its_plan_has_every_kind_of_answer_and_something_overdue(
    database: Database,
) -> None:
    bring_in(database, NOON)
    with books_of(database).read() as ledger:
        plan = plan_in(ledger, "CPLAN2")
        notes = {one.status: one.note for one in ledger.plans.check_ins(plan.session)}
    assert {action.status for action in plan.actions} == {
        Status.NOT_STARTED,
        Status.ON_TRACK,
        Status.AT_RISK,
        Status.BLOCKED,
        Status.DONE,
    }
    assert notes[Status.BLOCKED]
    assert notes[Status.DONE]

    def overdue(action: Action) -> bool:
        return action.status.open and action.step.due < NOON.date()

    assert [action.step.text for action in plan.actions if overdue(action)] == [
        "Agree in each department what the four points of the scale mean"
    ]


def test_the_re_reviewed_school_sees_some_priorities_moved_and_one_that_did_not(database: Database) -> None:
    bring_in(database, NOON)
    with books_of(database).read() as ledger:
        plan = plan_in(ledger, "CPLAN3")
        review = ledger.reviews.latest(plan.school, released=True)
    assert review is not None
    assert review.id != plan.review
    now = {rating.indicator: rating.level for rating in review.review.ratings}
    moved = [priority.level != now[priority.indicator] for priority in plan.priorities]
    assert moved == [True, True, False]
    assert [action.status for action in plan.actions].count(Status.DONE) == len(plan.actions) - 1


def test_three_people_of_a_small_school_talk_instead_of_voting(database: Database) -> None:
    bring_in(database, NOON)
    books = books_of(database)
    session = start.start(books, "UREVIEWER1", "CPLAN4", Rules(), NOON)
    for person in ("UPRINCIPAL4", "UTEACHER10", "UTEACHER11"):
        session = gather.join(books, person, session.id, NOON)
    session = steer.advance(books, "UREVIEWER1", session.id, session.step, NOON)
    with books.read() as ledger:
        assert way_of(ledger, session) is Way.TALK


# Through a whole year: days among them with a break in the weeks before, and in the summer.
@pytest.mark.parametrize("days", range(-2, 365, 15))
def test_whenever_a_rehearsal_begins_the_same_answers_have_been_given(days: int, database: Database) -> None:
    bring_in(database, NOON + timedelta(days=days), ("willow_bend",))
    with books_of(database).read() as ledger:
        given = Counter(action.status for action in plan_in(ledger, "CPLAN2").actions)
    twice = {Status.ON_TRACK: 2, Status.AT_RISK: 2}
    assert given == {Status.NOT_STARTED: 1, Status.BLOCKED: 1, Status.DONE: 1, **twice}


# A day in each season, the first of them the Wednesday of the check-ins, and one in the summer.
MOMENTS = [NOON + timedelta(days=days) for days in (1, 90, 170, 230, 300)]


@pytest.mark.parametrize("now", MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def test_whenever_a_rehearsal_begins_only_what_stands_now_is_posted_and_the_next_check_ins_wait(
    now: datetime, database: Database
) -> None:
    bring_in(database, now)
    at_once = [(one.kind, one.recipient) for one in waiting(database) if one.due_at <= now]
    later = [one for one in waiting(database) if one.due_at > now]
    cards = [("connected", "CPLAN2"), ("connected", "CPLAN3"), ("connected", "CPLAN4")]
    plans = [("plan", "CPLAN2"), ("plan", "CPLAN3"), ("ratings", "CPLAN3"), ("re-review", "CPLAN3")]
    assert sorted(at_once) == [*cards, *plans]
    assert {one.kind for one in later} == {"check-in", "year end"}
    assert {"UTEACHER5", "UTEACHER6", "UTEACHER7", "UPRINCIPAL2"} <= {one.recipient for one in later}


def test_bringing_the_schools_in_again_changes_nothing(database: Database) -> None:
    bring_in(database, NOON)
    before = waiting(database)
    bring_in(database, NOON + timedelta(days=9))
    assert waiting(database) == before


def test_a_start_that_is_stopped_half_way_leaves_nothing_and_the_next_one_is_whole(database: Database) -> None:
    statements = 0

    def stop(*_: Any) -> None:
        nonlocal statements
        statements += 1
        if statements == 900:
            raise KeyboardInterrupt

    event.listen(database.engine, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        bring_in(database, NOON)
    with books_of(database).read() as ledger:
        assert not ledger.schools.all()
    bring_in(database, NOON)
    with books_of(database).read() as ledger:
        assert len(ledger.schools.all()) == len(SCHOOLS)
