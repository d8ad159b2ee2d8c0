"""What happens after commit: acceptance, handing back, check-ins, and messages that are neither lost nor repeated."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from planning.plan import Action, Status
from storage.tables.messages import deliveries
from tests.benchmarks.hand import click, milliseconds
from tests.bot import played
from tests.bot.planned import just_committed
from tests.bot.rehearsal.visitor import Visitor
from tests.bot.stage import ZONE, Stage

OWNERS = ("UTEACHER1", "UTEACHER2", "UTEACHER3", "UTEACHER4", "UCOACH1", "UPRINCIPAL1")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One committed plan for the whole module; every test uses an owner or an action of its own."""
    with just_committed(Path(tmp_path_factory.mktemp("committed")), OWNERS) as stage:
        yield stage


def test_an_owner_who_hands_back_leaves_the_principal_to_find_another(committed: Stage) -> None:
    owner, principal, other = (committed.visitor(p) for p in ("UTEACHER4", "UPRINCIPAL1", "UTEACHER2"))
    owner.wait_for_text("Plan one shared unit (UTEACHER4)", "dm")
    played.ok(owner.click("acceptance.hand_back", channel="dm"))
    owner.wait_for_modal("hand_back")
    played.ok(owner.submit({"reason": "I am on leave until March."}))
    owner.wait_for_text("Handed back.", "dm")
    principal.wait_for_text("I am on leave until March.", "dm")
    played.ok(principal.click("action.find_owner", channel="dm"))
    principal.wait_for_modal("hand_over")
    played.ok(principal.submit({"to": "UTEACHER2"}))
    principal.wait_for_text("is asked to take on", "dm")
    action = action_of(committed, "UTEACHER4")
    other.wait_for_text("Plan one shared unit (UTEACHER4)", "dm")
    played.ok(other.click("acceptance.accept", value=action.id, channel="dm"))
    principal.wait_for_text("has an owner: <@UTEACHER2>", "dm")


def test_a_check_in_is_asked_on_a_school_day_when_school_ends_and_the_next_row_follows(committed: Stage) -> None:
    owner = accepted(committed, "UTEACHER1")
    first = reminder_of(committed, "UTEACHER1")
    local = first.due_at.astimezone(ZoneInfo(ZONE))
    assert (local.hour, local.minute, local.weekday()) == (15, 15, 2)
    committed.set_time(first.due_at + timedelta(minutes=1))
    message = owner.wait_for_text("How is it going?", "dm")
    assert "Plan one shared unit" not in message["text"], "the notification names no action"
    following = ("UTEACHER1", first.planned + timedelta(weeks=1))

    committed.until(lambda: following in [(row.person, row.planned) for row in to_come(committed)])


def test_blocked_tells_whom_the_owner_picked_and_nobody_else(committed: Stage) -> None:
    owner = accepted(committed, "UTEACHER2")
    played.ok(owner.command("/levers mine"))
    played.ok(owner.click("check_in.blocked"))
    owner.wait_for_modal("answer")
    played.ok(owner.submit({"note": "No common planning time.", "helper": "UCOACH1"}))
    committed.visitor("UCOACH1").wait_for_text("No common planning time.", "dm")
    seen = json.dumps(committed.visitor("UTEACHER3").screen())
    assert "No common planning time." not in seen


def test_done_asks_what_shows_it(committed: Stage) -> None:
    owner = accepted(committed, "UTEACHER3")
    played.ok(owner.command("/levers mine"))
    played.ok(owner.click("check_in.done"))
    owner.wait_for_modal("answer")
    answer = owner.submit({"note": "  "})
    assert "what shows" in json.dumps(answer) or not answer["ok"]
    played.ok(owner.submit({"note": "The unit is in the shared folder."}))
    committed.until(lambda: action_of(committed, "UTEACHER3").status is Status.DONE)
    stage_status = committed.visitor("UPRINCIPAL1")
    played.ok(stage_status.command("/levers status"))
    stage_status.wait_for_text("The unit is in the shared folder.")


def test_reviewers_and_the_district_see_statuses_without_owners_or_notes(committed: Stage) -> None:
    for person in ("UREVIEWER1", "UDISTRICT1"):
        visitor = committed.visitor(person)
        played.ok(visitor.command("/levers status"))
        answer = json.dumps(visitor.wait_for_text("Names and notes are for the principal and coaches"))
        assert "Plan one shared unit" in answer and "<@" not in answer


def test_nobody_answers_for_somebody_else(committed: Stage) -> None:
    action = action_of(committed, "UCOACH1")
    accepted(committed, "UCOACH1")
    before = action_of(committed, "UCOACH1").status
    _, response = milliseconds(committed.service.app, click("UTEACHER1", "check_in.on_track", action.id))
    assert response.status == 200
    committed.settled()
    assert action_of(committed, "UCOACH1").status is before


def test_a_message_posted_just_before_a_crash_is_found_and_not_posted_again(committed: Stage) -> None:
    principal = committed.visitor("UPRINCIPAL1")
    asked = ("Plan one shared unit (UPRINCIPAL1)", "would like you to own")

    def posted() -> list[Any]:
        return [one for one in principal.messages("dm") if all(words in json.dumps(one) for words in asked)]

    sent = principal.wait_for(posted)[0]
    mine = (deliveries.c.kind == "acceptance", deliveries.c.recipient == "UPRINCIPAL1")
    with committed.database.write() as conn:
        doubt = {"state": "sending", "ts": None, "shown": 0, "lease_until": 0}
        conn.execute(update(deliveries).where(*mine).values(doubt))
    committed.settled()
    with committed.database.read() as conn:
        assert conn.scalar(select(deliveries.c.ts).where(*mine)) == sent["ts"]
    assert len(posted()) == 1


def test_a_message_never_posted_before_a_crash_is_sent(committed: Stage) -> None:
    committed.settled()
    with committed.database.write() as conn:
        found = conn.execute(select(deliveries).where(deliveries.c.kind == "connected")).first()
        assert found is not None
        again = {"state": "sending", "ts": None, "shown": 0, "lease_until": 0, "key": "never-posted"}
        conn.execute(update(deliveries).where(deliveries.c.id == found.id).values(again))
    committed.settled()
    with committed.database.read() as conn:
        ts = conn.scalar(select(deliveries.c.ts).where(deliveries.c.id == found.id))
    assert ts is not None and ts != found.ts


def accepted(stage: Stage, person: str) -> Visitor:
    """`person`, who has taken on their own action."""
    visitor = stage.visitor(person)
    action = action_of(stage, person)
    if action.status is Status.PROPOSED:
        visitor.wait_for_text("Take it on", "dm")
        played.ok(visitor.click("acceptance.accept", value=action.id, channel="dm"))
        stage.until(lambda: action_of(stage, person).status is not Status.PROPOSED)
    return visitor


def action_of(stage: Stage, person: str) -> Action:
    """The action that was drafted for `person`."""

    def found(ledger: Any) -> Action:
        actions = ledger.plans.live(stage.school_id(ledger)).actions
        return next(action for action in actions if action.step.text.endswith(f"({person})"))

    action: Action = stage.read(found)
    return action


def reminder_of(stage: Stage, person: str) -> Any:
    """The next reminder of `person`."""
    return next(row for row in to_come(stage) if row.person == person)


def to_come(stage: Stage) -> Any:
    """The reminders that are still to come."""
    now: datetime = stage.now()
    return stage.read(lambda ledger: ledger.reminders.to_come(now))
