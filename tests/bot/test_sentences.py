"""Every sentence is in a template, used somewhere, and treats what people typed as data."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot import sentences
from bot.app import CLICKS, WINDOWS
from bot.sentences import escape, escape_but_mentions, names, say, say_plain, unescape
from bot.views.parts import split

BOT = Path(sentences.__file__).parent
CODE = "\n".join(
    file.read_text(encoding="utf-8") for file in BOT.rglob("*.py") if "rehearsal" not in file.relative_to(BOT).parts
)
NOUNS = (
    "across|calendar|card|follow|help|home|lead|modal|moved|picture|portfolio|report|rest|setup|steer|talking|thread"
    "|year_end"
)
NAMED = set(re.findall(rf"""["']((?:{NOUNS})\.[a-z_]+)["']""", CODE))
BUILT = {
    "across.of_",
    "portfolio.order_",
    "report.form_",
    *(f"calendar.{name}" for name in ("closed", "busy", "open", "year", "days_", "staff_", "day_ends")),
    "modal.describe_",
    "modal.done_",
    "modal.blocked_",
    "modal.dropped_",
    "modal.note_",
    "modal.history_",
    "setup.start_pace_",
    "card.grid_",
    "lead.could_",
    "home.line_",
    "home.names_",
    "home.only_",
    "home.part_",
    "home.together_",
    "rest.topic_",
    "steer.",
    "thread.",
}
"""Names that the code puts together: a priority's fields, windows for an answer, paces, moves, topics, and controls."""


def test_every_sentence_the_code_says_is_there() -> None:
    assert NAMED - set(names()) - set(CLICKS) - set(WINDOWS) == set()


def test_every_sentence_there_is_said_somewhere() -> None:
    unsaid = {name for name in set(names()) - NAMED if not any(name.startswith(built) for built in BUILT)}
    assert unsaid == set()


def test_what_people_typed_stays_text_in_mrkdwn_and_as_it_is_in_plain_text() -> None:
    typed = "<!channel> R&D <https://example.test|x>"
    assert "&lt;!channel&gt; R&amp;D &lt;https://" in say("help.unknown", said=typed)
    assert typed in say_plain("setup.connect_members", members=1) + typed


@pytest.mark.parametrize("typed", ["R&D <!channel>", "&lt;", "&amp;lt;", "plain"])
def test_what_slack_escaped_in_a_command_is_read_as_it_was_typed(typed: str) -> None:
    assert unescape(escape(typed)) == typed


def test_a_missing_fact_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        say("help.unknown")


def test_an_error_keeps_its_mentions_and_nothing_else() -> None:
    said = escape_but_mentions("<@U1> in <#C1> typed <!here> & <@u2>")
    assert said == "<@U1> in <#C1> typed &lt;!here&gt; &amp; &lt;@u2&gt;"


def test_no_sentence_of_a_shared_card_puts_a_name_beside_a_status() -> None:
    text = (BOT / "templates" / "sentences" / "card.yaml").read_text(encoding="utf-8")
    assert not re.search(r"overdue|blocked|no answer", text)


@pytest.mark.parametrize("most", [20, 50, 3000])
def test_long_text_is_split_between_words_and_never_inside_an_entity(most: int) -> None:
    text = escape("Tom & Ann <said> it & left. " * 200)
    parts = split(text, most)
    assert all(len(part) <= most for part in parts)
    assert all(not re.search(r"&[a-z]*$", part) and not re.match(r"[a-z]+;", part) for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
