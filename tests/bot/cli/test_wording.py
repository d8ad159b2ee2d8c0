"""`levers sentences` prints all that Levers says."""

from importlib.resources import files

from typer.testing import CliRunner

from bot.cli.main import app
from bot.cli.wording import refusals


def test_every_sentence_can_be_read_in_one_place() -> None:
    said = CliRunner().invoke(app, ["sentences"])
    assert said.exit_code == 0
    assert "card.gather_ask: Welcome. Press *I'm here*, so that everybody who is in the room has a say." in said.output
    assert "- No session is open in this channel. `/levers start` opens one." in said.output
    assert "- At most {most} dots can go on one indicator; {indicator.name} has {count}." in said.output


def test_every_refusal_is_a_short_sentence() -> None:
    for sentence in refusals(files("planning")):
        assert len(sentence) <= 160, sentence
        assert sentence[0].isupper() or sentence[0] in "{“<", sentence
        assert sentence.endswith((".", "?", "}")), sentence
