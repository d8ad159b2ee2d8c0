"""A shortlist with many words on it: its card says where they are, and cuts none of them."""

import json
from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.views import cards, choosing
from bot.views.frame import Heading
from rubric.ranking import Shortlist
from rubric.review import Audience, Rating
from tests.bot.views.shown import DAY, a_session, filled

REASON = filled(300, "because of it ").strip()


def said(blocks: Sequence[Block]) -> str:
    return json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)


def test_long_reasons_stand_whole_in_the_evidence_and_the_card_says_so() -> None:
    session = replace(a_session(REASON, 1, 1, 16)["session"], removed=(), off_table="")
    card = said(cards.focus(Heading(session, "Oak", DAY), Shortlist((), 0), None).blocks)
    assert "is in its evidence" in card and "because of it" not in card
    assert card.count('"evidence.open"') == 16, "each has its button"
    rating = Rating(session.shortlist[0].indicator, "Developing", "", ())
    window = choosing.evidence(rating, None, frozenset(Audience), "s/0", stands=cards.why(session.shortlist[0]))
    assert REASON in said(window.blocks)
