"""What somebody is asked to take on: each action with its buttons, and one for all where many wait."""

import json

import pytest

from bot.views import asking
from planning.plan import Action, Status
from tests.planning.school import step


@pytest.mark.parametrize(("waiting", "all_at_once"), [(2, False), (3, True), (25, True)])
def test_where_many_wait_one_button_takes_all_of_them_on(waiting: int, all_at_once: bool) -> None:
    asked = [(Action(f"a{n}", "p", "s", n, step("UANA"), Status.PROPOSED), "Pedagogy") for n in range(waiting)]
    message = asking.acceptance("UANA", "Juniper Hills", asked, plan="p1")
    found = json.dumps([block.to_dict() for block in message.blocks])
    assert (f"Take all {waiting} on" in found) is all_at_once
    assert "Take it on" in found
