"""What stands on the cards about the principal's word: asked for before the vote, and settled from then on."""

from dataclasses import replace

from bot.views.cards import word_line
from planning.phases import Phase
from planning.session import Session
from tests.bot.views.shown import a_session


def test_without_a_word_the_vote_decides_and_only_the_card_before_it_asks_for_one() -> None:
    session: Session = replace(a_session("x", 1, 1, 3)["session"], advises=False, off_table="")
    assert "Until then it decides." in word_line(replace(session, phase=Phase.FOCUS))
    for later in (Phase.VOTE, Phase.CHOOSE):
        assert word_line(replace(session, phase=later)).endswith("The vote decides, and nothing was put off the table.")
