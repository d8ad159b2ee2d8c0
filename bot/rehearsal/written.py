"""What a person wrote, as Slack passes it on to an app.

Source: docs.slack.dev/messaging/formatting-message-text, "Escaping text": events and commands carry ``&``, ``<`` and
``>`` as entities; the state of a view carries what was typed as it is. Commands name people and channels by their ids
only with ``should_escape`` (docs.slack.dev/interactivity/implementing-slash-commands).
"""

import re

from bot.rehearsal.wire import Json
from bot.rehearsal.world import World

_ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# The page sends a chosen mention, and text that it has escaped already: both stay as they are.
_CONTROL = re.compile(r"<[@#](?P<id>[A-Z0-9]+)(\|[^<>]*)?>|&(?!(amp|lt|gt);)|[<>]")
_NAMED = re.compile(r"(?<!\S)(?P<sign>[@#])(?P<name>[\w.-]+)")


def escaped(text: str, world: World) -> str:
    """``text`` with Slack's control characters as entities, but for mentions of people and channels that are here."""
    here = {*world.people, *(place.id for place in world.channels)}

    def outgoing(found: re.Match[str]) -> str:
        if found["id"]:
            return found[0] if found["id"] in here else f"&lt;{found[0][1:-1]}&gt;"
        return _ENTITY[found[0]]

    return _CONTROL.sub(outgoing, text)


def command_text(text: str, world: World, command: Json) -> str:
    """What was typed after a slash command; with the command's ``should_escape``, names as ids."""
    safe = escaped(text, world)
    if command.get("should_escape") is not True:
        return safe
    ids = {f"@{person.name}": person.id for person in world.people.values()}
    ids |= {f"#{place.name}": place.id for place in world.channels}

    def by_id(found: re.Match[str]) -> str:
        known = ids.get(found[0])
        return f"<{found['sign']}{known}|{found['name']}>" if known else found[0]

    return _NAMED.sub(by_id, safe)
