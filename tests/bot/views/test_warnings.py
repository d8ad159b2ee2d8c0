"""The gentle warnings on the card of a plan: a line a kind, however many actions it is about."""

import json
from dataclasses import replace

from bot.views import drafts
from bot.views.frame import Heading
from planning.plan import Action
from planning.warnings import Caution, Warning
from tests.bot.views.shown import DAY, a_session


def test_each_kind_of_warning_takes_one_line_and_names_three_actions_at_the_most() -> None:
    big = a_session("word", 1, 5, 3)
    tries: list[Action] = [
        replace(one, step=replace(one.step, text=f"Try {n}")) for n, one in enumerate(big["actions"], start=1)
    ]
    cautions = [Warning(kind, one) for one in tries for kind in (Caution.NOTHING_SHOWS_IT, Caution.NO_VERB)]
    card = drafts.plan(
        Heading(big["session"], "Oak", DAY),
        big["priorities"],
        (),
        [*cautions, Warning(Caution.OWNS_MUCH, None, "U1", "5")],
    )
    said = json.dumps([block.to_dict() for block in card.blocks], ensure_ascii=False)
    assert said.count("“Try 1”, “Try 2”, “Try 3” and 2 more.") == 2
    assert "“Try 4”" not in said and "<@U1> (5 actions)" in said


def test_a_plan_too_large_for_its_card_counts_its_warnings_there_and_names_them_beside_the_actions() -> None:
    big = a_session("word", 12, 150, 12)
    first = [one for one in big["actions"] if one.priority == big["priorities"][0].id]
    cautions = [
        *(Warning(Caution.NOTHING_SHOWS_IT, one) for one in big["actions"]),
        *(Warning(Caution.OWNS_MUCH, None, f"U{n}", "25") for n in range(6)),
    ]
    card = drafts.plan(Heading(big["session"], "Oak", DAY), big["priorities"], big["actions"], cautions)
    said = json.dumps([block.to_dict() for block in card.blocks], ensure_ascii=False)
    assert f"show that it is done:* {len(big['actions'])} actions." in said and "share it?* 6 people." in said
    assert "proposed" not in said, "nobody is asked before the commit"
    window = str(drafts.draft_of(big["priorities"][0], big["actions"], cautions).to_dict())
    assert f"and {len(first) - 3} more." in window and "share it" not in window
