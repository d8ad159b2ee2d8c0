"""A message's text as a person reads it: what Slack wraps up is unwrapped, and nothing in it is run."""

import pytest

from bot.message_text import in_words


@pytest.mark.parametrize(
    "raw, read",
    [
        ("Could we try   peer\nconferences?", "Could we try peer conferences?"),
        ("R&amp;D &lt;soon&gt;", "R&D <soon>"),
        ("<https://example.test/a_b|the plan> and <https://example.test>", "the plan (https://example.test/a_b) and https://example.test"),
        ("<@U1|ana> told <#C1|general>, <!here> and <!subteam^S1|@coaches>", "@ana told #general, @here and @coaches"),
        ("<@U1> in <#C1>", "somebody in a channel"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("a < b and b > a <", "a < b and b > a <"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_message_reads_as_it_is_shown(raw: str, read: str) -> None:
    assert in_words(raw) == read
