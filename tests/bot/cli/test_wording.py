"""`levers sentences` prints all that Levers says."""

from importlib.resources import files

from typer.testing import CliRunner

from bot.cli.main import app
from bot.cli.wording import said_by


def test_every_sentence_can_be_read_in_one_place() -> None:
    said = CliRunner().invoke(app, ["sentences"])
    assert said.exit_code == 0
    assert "card.gather_ask: Welcome. Press *I'm here*, so that everybody who is in the room has a say." in said.output
    assert "- No session is open in this channel. `/levers start` opens one." in said.output
    assert "- At most {most} dots can go on one indicator; {name} has {count}." in said.output
    assert "- Nobody has voted yet." in said.output
    assert "- Rated {level}, the lowest level." in said.output


def test_every_refusal_and_reason_is_a_short_sentence() -> None:
    for sentence in said_by(files("planning")):
        assert len(sentence) <= 160, sentence
        assert sentence.endswith((".", "?", "}")), sentence
