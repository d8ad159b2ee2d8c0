"""How actions stand, in words that are true of those that somebody handed back."""

from dataclasses import replace

from bot.standing import counts, stands
from bot.views import telling
from bot.views.leading import digest
from planning.digest import Week
from planning.plan import Status
from tests.bot.views.test_names_beside_statuses import LEADER, OWNER, a_plan


def test_what_was_handed_back_is_counted_as_without_an_owner_and_not_as_proposed() -> None:
    waiting, back = a_plan(Status.PROPOSED).actions
    back = replace(back, refused=True)
    assert counts([waiting, back]) == "1 proposed and 1 without an owner"
    assert stands(back) == "needs an owner"
    assert counts([replace(back, offered_to="U0HELPER")]) == "1 proposed", "somebody is asked again"


def test_a_leader_who_is_asked_is_spoken_to_and_not_of() -> None:
    action = a_plan(Status.PROPOSED).actions[0]
    text = {
        who: telling.not_accepted("Juniper Hills", [(action, "Peer Support")], who).blocks for who in (OWNER, LEADER)
    }
    said = {who: " ".join(str(block.to_dict()) for block in blocks) for who, blocks in text.items()}
    assert "you are asked" in said[OWNER] and f"<@{OWNER}> is asked" in said[LEADER]


def test_a_leader_who_does_not_answer_either_is_spoken_to() -> None:
    week = Week(a_plan(Status.ON_TRACK), silent=(OWNER, LEADER), reader=LEADER)
    said = " ".join(str(block.to_dict()) for block in digest([("Juniper Hills", week)], frozenset(), owns=True).blocks)
    assert f"two questions in a row: <@{OWNER}>." in said and "You have not answered" in said
    assert f"<@{LEADER}>" not in said
