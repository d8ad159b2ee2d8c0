"""What a leader reads in the digest: each action once, in words that say what happened."""

import json
from dataclasses import replace
from datetime import date

from bot.views import leading
from planning.digest import week_of
from planning.plan import Action, CheckIn, Plan, Status
from tests.planning.school import NOW, step

TODAY = date(2026, 12, 9)


def digest(*actions: Action, note: str = "") -> str:
    """The digest of a week in which something was said of each of these actions, with a `note`."""
    plan = Plan("p", "s", "s", "r", "C", "U", NOW, (), actions)
    said = [CheckIn(one.id, one.step.owner, one.status, note, NOW) for one in actions]
    week = week_of(plan, said, TODAY, NOW.replace(year=2025), NOW)
    blocks = leading.digest([("Oak", week)], frozenset(), owns=False).blocks
    return json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)


def an_action(name: str, status: Status, due: date) -> Action:
    """An action that Ana has taken on."""
    return Action(name, "priority", "s", 1, step("UANA", f"Write {name}", due), status)


def test_who_took_an_action_on_has_done_so_and_is_not_said_to_have_moved_it_to_not_started() -> None:
    shown = digest(an_action("a unit", Status.NOT_STARTED, date(2027, 2, 1)))
    assert "• Write a unit: *taken on* (<@UANA>)" in shown and "not started" not in shown
    moved = digest(an_action("a unit", Status.NOT_STARTED, date(2027, 2, 1)), note="It begins in March.")
    assert "• Write a unit: *not started* (<@UANA>)" in moved


def test_what_was_handed_back_is_said_to_be() -> None:
    shown = digest(an_action("a unit", Status.PROPOSED, date(2027, 2, 1)), note="Not mine")
    assert "• Write a unit: *handed back* (<@UANA>)" in shown and "proposed" not in shown


def test_what_is_blocked_and_past_its_date_stands_in_one_line() -> None:
    shown = digest(an_action("a unit", Status.BLOCKED, date(2026, 12, 1)), an_action("b", Status.BLOCKED, TODAY))
    assert "• Write a unit: blocked, was due Tue, Dec 1, 2026 (<@UANA>)" in shown
    assert "• Write a unit: was due" not in shown and "• Write b: blocked (<@UANA>)" in shown


def test_who_is_away_is_said_to_be_and_not_why() -> None:
    plan = Plan("p", "s", "s", "r", "C", "U", NOW, (), (an_action("a unit", Status.BLOCKED, TODAY),))
    week = week_of(plan, (), TODAY, NOW.replace(year=2025), NOW, away=[("UANA", date(2027, 1, 11))])
    blocks = leading.digest([("Oak", week)], frozenset(), owns=False).blocks
    assert "<@UANA>, back on Mon, Jan 11, 2027" in str([block.to_dict() for block in blocks])


def test_a_leader_whose_school_named_no_last_day_is_told_how_to() -> None:
    week = week_of(Plan("p", "s", "s", "r", "C", "U", NOW), (), TODAY, NOW.replace(year=2025), NOW)
    told, silent = (
        str([one.to_dict() for one in leading.digest([("Oak", known)], frozenset(), owns=False).blocks])
        for known in (replace(week, endless=True), week)
    )
    assert "when the school year of Oak ends" in told and "/levers calendar" in told
    assert "when the school year" not in silent


def test_word_of_a_plan_that_stands_still_says_where_it_stands_and_leads_to_it_until_it_has_moved() -> None:
    plan = Plan("p", "s", "s", "r", "C", "U", NOW, (), (an_action("a unit", Status.BLOCKED, TODAY),))
    quiet, since = (
        json.dumps([block.to_dict() for block in leading.still(plan, "Oak", moved=moved).blocks])
        for moved in (False, True)
    )
    assert '"school.open"' in quiet and "1 blocked" in quiet
    assert '"school.open"' not in since
