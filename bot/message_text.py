"""A Slack message's text as a person reads it, for where no mrkdwn is read."""

import re

_REFERENCE = re.compile(r"<([@#!]?)([^<>|\s]+)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def in_words(text: str) -> str:
    """`text` on one line: links and mentions as what they show, entities as letters. It stays data: nothing is run.

    Source: Slack's guide to formatting text, "Retrieving messages".
    """
    read = _REFERENCE.sub(_shown, text)
    for entity, letter in _ENTITIES:
        read = read.replace(entity, letter)
    return " ".join(read.split())


def _shown(found: re.Match[str]) -> str:
    kind, target, label = found.groups()
    if kind == "@":
        return f"@{label}" if label else "somebody"
    if kind == "#":
        return f"#{label}" if label else "a channel"
    if kind == "!":
        return f"@{(label or target.partition('^')[0]).lstrip('@')}"
    return f"{label} ({target})" if label and label != target else target
