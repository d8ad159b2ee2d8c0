"""Every sentence that Levers says, read from the templates beside it and filled in with facts."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template

from planning.hours import hour

NO_WIDTH = "\u200b"
LOOKS_LIKE_BACKTICK = "\u02cb"
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ADDRESS = re.compile(r"https?://\S+")
_MARKS = re.compile(r"(?<=(.))?([*_~]+)(?=(.))?", re.DOTALL)
_LINKED = re.compile(r"&lt;([@#][A-Z0-9]+)&gt;")


class Mrkdwn(str):
    """Text that is Slack mrkdwn already; anything else a person typed is data, and is escaped."""

    __slots__ = ()


def escape(text: str) -> Mrkdwn:
    """Text as data in mrkdwn: `<!channel>` stays text, and no mark that somebody typed formats anything.

    Slack has an escape for its three control characters only (its guide to formatting text, "Escaping text"). A mark
    formats at the edge of a word, so a space of no width comes between the two; a backtick becomes a letter that looks
    like it. Addresses stay as they are.
    """
    parts, at = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [_unmarked(text[at : address.start()]), address[0]]
        at = address.end()
    return _entities("".join([*parts, _unmarked(text[at:])]))


def _unmarked(text: str) -> str:
    return _MARKS.sub(_apart, text).replace("`", LOOKS_LIKE_BACKTICK)


def _apart(found: re.Match[str]) -> str:
    before, marks, after = found.groups(default="")
    if before.isalnum() and after.isalnum():
        return marks
    left, right = (NO_WIDTH if beside.strip() else "" for beside in (before, after))
    return f"{left}{NO_WIDTH.join(marks)}{right}"


def _entities(text: str) -> Mrkdwn:
    return Mrkdwn(text.translate(_ENTITIES))


def unescape(text: str) -> str:
    """What a person typed, from the text of a command or event, in which Slack escapes its control characters.

    Source: the same guide. The values of a window's fields come as they were typed.
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape_but_mentions(text: str) -> Mrkdwn:
    """Escape an error's sentence, in which mentions of people and channels, and marks, are Levers' own mrkdwn."""
    return Mrkdwn(_LINKED.sub(r"<\1>", _entities(text)))


def in_plain_text(sentence: str) -> str:
    """An error's sentence where Slack reads no mrkdwn: without stars and backticks, and people as a word."""
    return (
        re.sub(r"<#[A-Z0-9]+>", "the channel", re.sub(r"<@[A-Z0-9]+>", "somebody else", sentence))
        .replace("*", "")
        .replace("`", "")
    )


def mention(person: str) -> Mrkdwn:
    """A person, as Slack shows them by their own display name."""
    return Mrkdwn(f"<@{person}>")


def in_channel(channel: str) -> Mrkdwn:
    """A channel, as Slack shows it by its name."""
    return Mrkdwn(f"<#{channel}>")


def mentions(people: Iterable[str]) -> Mrkdwn:
    """Several people, as a sentence lists them."""
    return Mrkdwn(listing([mention(person) for person in people]))


def listing(names: Iterable[str]) -> str:
    """ "a", "a and b", or "a, b and c"."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def day(value: date) -> str:
    """A date as people say it, with its weekday: Wednesday, December 2, 2026."""
    return f"{value:%A, %B} {value.day}, {value.year}"


def short_day(value: date) -> str:
    """A date in few letters: Wed, Dec 2, 2026."""
    return f"{value:%a, %b} {value.day}, {value.year}"


def clock(moment: datetime) -> Mrkdwn:
    """A moment (aware) as a time of day, which Slack shows each reader in their own zone.

    Source: Slack's guide to formatting text, "Date formatting".
    """
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{time}}|{moment.astimezone(UTC):%H:%M} UTC>")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 dot, 2 dots."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def say(name: str, **facts: Any) -> Mrkdwn:
    """The sentence `name` ("file.sentence") as mrkdwn; every fact that is plain text is escaped.

    Raises jinja2.UndefinedError for a fact that is missing, KeyError for a sentence that is not there.
    """
    return Mrkdwn(_template(name, plain=False).render(facts).strip())


def say_plain(name: str, **facts: Any) -> str:
    """The sentence `name` for plain text (buttons, titles, labels), where Slack reads no mrkdwn."""
    return _template(name, plain=True).render(facts).strip()


def names() -> list[str]:
    """Every sentence there is."""
    return sorted(_sources())


def source_of(name: str) -> str:
    """The template of the sentence `name`. Raises KeyError for one that is not there."""
    return _sources()[name]


@cache
def _sources() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(files("bot").joinpath("templates", "sentences").iterdir(), key=lambda entry: entry.name):
        noun = file.name.removesuffix(".yaml")
        for name, text in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            found[f"{noun}.{name}"] = text
    return found


@cache
def _environment(plain: bool) -> Environment:
    environment = Environment(
        undefined=StrictUndefined,
        autoescape=False,
        finalize=None if plain else _as_data,
    )
    environment.filters |= {
        "person": mention,
        "channel": in_channel,
        "people": mentions,
        "listing": listing,
        "day": day,
        "short_day": short_day,
        "clock": clock,
        "hour": hour,
        "count": count,
    }
    return environment


def _as_data(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Mrkdwn):
        return escape(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value)
    return value


@cache
def _template(name: str, plain: bool) -> Template:
    return _environment(plain).from_string(_sources()[name])
