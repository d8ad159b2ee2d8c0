"""What a leader could do about a week: the most pressing thing, and never about themselves."""

from datetime import date

import pytest

from planning.digest import Move, Week, week_of
from planning.plan import Action, CheckIn, Plan, Status
from tests.planning.school import NOW, PRINCIPAL, step

TODAY = date(2026, 12, 9)


def a_week(*actions: Action, moved: tuple[str, ...] = ()) -> Week:
    """The principal's week over a plan of these actions; something was said of those `moved`."""
    plan = Plan("p", "s", "s", "r", "C", "U", NOW, (), actions)
    said = [CheckIn(one.id, one.step.owner, one.status, "", NOW) for one in actions if one.id in moved]
    return week_of(plan, said, TODAY, NOW.replace(year=2025), NOW, reader=PRINCIPAL)


def an_action(name: str, owner: str, status: Status, due: date = date(2027, 2, 1)) -> Action:
    """An action that its owner has taken on."""
    return Action(name, "priority", "s", 1, step(owner, "Write a unit plan", due), status)


MINE = an_action("mine", PRINCIPAL, Status.BLOCKED)


@pytest.mark.parametrize(
    ("others", "moved", "could"),
    [
        ([an_action("a", "UANA", Status.BLOCKED)], (), (Move.UNBLOCK, "a")),
        ([an_action("b", "UBEN", Status.AT_RISK, date(2026, 12, 1))], (), (Move.ASK, "b")),
        ([an_action("c", "UBEN", Status.ON_TRACK)], ("c",), (Move.THANK, "c")),
        ([an_action("d", "UBEN", Status.AT_RISK)], ("d",), None),
        ([], ("mine",), None),
    ],
)
def test_a_principal_is_pointed_to_others_and_not_to_what_is_their_own(
    others: list[Action], moved: tuple[str, ...], could: tuple[Move, str] | None
) -> None:
    week = a_week(MINE, *others, moved=moved)
    assert (week.could and (week.could[0], week.could[1].id)) == could
    assert MINE in week.blocked, "it is still told"


def test_an_action_without_an_owner_comes_first() -> None:
    handed_back = Action("e", "priority", "s", 1, step(PRINCIPAL), Status.PROPOSED, refused=True)
    week = a_week(an_action("a", "UANA", Status.BLOCKED), handed_back)
    assert week.could == (Move.REASSIGN, handed_back)


def test_what_is_overdue_or_due_soon_is_read_by_its_date() -> None:
    days = {"x": (12, 7), "y": (11, 23), "z": (12, 16), "soon": (12, 10)}
    week = a_week(*(an_action(name, "UANA", Status.AT_RISK, date(2026, *day)) for name, day in days.items()))
    assert [one.id for one in week.overdue] == ["y", "x"] and [one.id for one in week.due_soon] == ["soon", "z"]
    assert week.could == (Move.ASK, week.overdue[0])
