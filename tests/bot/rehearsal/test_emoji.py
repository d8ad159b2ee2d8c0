"""Every emoji that Levers writes has a picture on the page."""

import re
from pathlib import Path

BOT = Path(__file__).parents[3] / "bot"
TABLE = BOT / "rehearsal" / "page" / "emoji.js"


def test_every_emoji_that_levers_writes_is_in_the_pages_table() -> None:
    words = TABLE.read_text(encoding="utf-8").split("`")[1].split()
    table = dict(zip(words[::2], words[1::2], strict=True))
    written = {
        name
        for folder in ("templates", "views", "messages", "handlers")
        for file in (BOT / folder).rglob("*")
        if file.suffix in (".py", ".yaml", ".j2")
        for name in re.findall(r":([a-z][a-z0-9_+-]*):", file.read_text(encoding="utf-8"))
    }
    assert "dart" in written
    assert written - set(table) == set()
    assert all(not picture.isascii() for picture in table.values())
