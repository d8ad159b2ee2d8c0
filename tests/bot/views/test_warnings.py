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
