"""The people, channels and app of a rehearsal, read from a world file."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from bot.rehearsal.wire import Json

DEFAULT_WORLD = Path(__file__).with_name("world.yaml")


class WorldError(ValueError):
    """A world file that cannot be used; the sentence names the file and the key."""


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace. ``role`` is the word shown beside the name; ``time_zone`` an IANA name."""

    id: str
    name: str
    real_name: str
    title: str
    role: str
    time_zone: str
    is_bot: bool = False

    def as_slack(self, team_id: str, now: datetime, installer: str, *, deleted: bool = False) -> Json:
        """The user object of ``users.info``, with the zone's offset at ``now`` (aware)."""
        zone = ZoneInfo(self.time_zone)
        offset = now.astimezone(zone).utcoffset()
        admin = self.id == installer
        return {
            "id": self.id,
            "team_id": team_id,
            "name": self.name,
            "deleted": deleted,
            "real_name": self.real_name,
            "tz": self.time_zone,
            "tz_label": now.astimezone(zone).tzname() or self.time_zone,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "title": self.title,
                "real_name": self.real_name,
                "real_name_normalized": self.real_name,
                "display_name": self.real_name,
                "display_name_normalized": self.real_name,
                "team": team_id,
            },
            "is_admin": admin,
            "is_owner": admin,
            "is_primary_owner": admin,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 0,
        }


@dataclass(frozen=True)
class Place:
    """A channel as the world begins. ``members`` are user ids, the bot's own included where it was invited."""

    id: str
    name: str
    private: bool
    topic: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class App:
    """The one app installed in the workspace, with its tokens, subscriptions, commands and shortcuts.

    ``scopes`` are the bot token's; None lets it do everything.
    """

    id: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    introduced_in: tuple[str, ...]
    events: frozenset[str]
    scopes: frozenset[str] | None = None
    commands: tuple[Json, ...] = ()
    shortcuts: tuple[Json, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the guide for somebody who is here for the first time."""

    title: str
    text: str


@dataclass(frozen=True)
class World:
    """Everything a rehearsal begins with. ``brought`` is what a person reads once a file of their own is in."""

    team_id: str
    team_name: str
    team_domain: str
    time_zone: str
    app: App
    installer: str
    people: dict[str, Person] = field(default_factory=dict)
    channels: tuple[Place, ...] = ()
    guide: tuple[Step, ...] = ()
    brought: str = ""

    @property
    def humans(self) -> tuple[Person, ...]:
        """The people who are not bots, in the file's order."""
        return tuple(person for person in self.people.values() if not person.is_bot)


def read_world(path: Path) -> World:
    """Read a world file (YAML). Raises WorldError with the file and the missing or wrong key."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorldError(f"{path}: cannot be read ({error.strerror}).") from error
    except yaml.YAMLError as error:
        raise WorldError(f"{path}: is not valid YAML ({error}).") from error
    if not isinstance(raw, dict):
        raise WorldError(f"{path}: must be a mapping with team, app, people and channels.")
    try:
        return _world(raw)
    except KeyError as error:
        raise WorldError(f"{path}: the key {error} is missing.") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise WorldError(f"{path}: {error}") from error


def _world(raw: Json) -> World:
    team = raw["team"]
    app = _app(raw["app"])
    people = [_person(entry, team["time_zone"]) for entry in raw["people"]]
    bot = Person(app.bot_user, app.name.lower(), app.name, "", "App", team["time_zone"], is_bot=True)
    by_id = {person.id: person for person in (*people, bot)}
    if len(by_id) != len(people) + 1:
        raise ValueError("two people have the same id.")
    if raw["installer"] not in by_id:
        raise ValueError(f"installer {raw['installer']!r} is not one of the people.")
    return World(
        team_id=team["id"],
        team_name=team["name"],
        team_domain=team["domain"],
        time_zone=_zone(team["time_zone"]),
        app=app,
        installer=raw["installer"],
        people=by_id,
        channels=tuple(_place(entry, people, app) for entry in raw["channels"]),
        guide=tuple(Step(entry["title"], entry["text"]) for entry in raw.get("guide") or ()),
        brought=raw.get("brought", ""),
    )


def _app(raw: Json) -> App:
    return App(
        id=raw["id"],
        name=raw["name"],
        bot_user=raw["bot_user"],
        bot_id=raw["bot_id"],
        bot_token=raw["bot_token"],
        app_token=raw["app_token"],
        signing_secret=raw["signing_secret"],
        verification_token=raw["verification_token"],
        introduced_in=_names(raw.get("introduced_in")),
        events=frozenset(raw.get("events") or ()),
        scopes=frozenset(raw["scopes"]) if "scopes" in raw else None,
        commands=tuple(raw.get("commands") or ()),
        shortcuts=tuple(raw.get("shortcuts") or ()),
    )


def _names(raw: Any) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw or ())


def _person(raw: Json, team_zone: str) -> Person:
    return Person(
        id=raw["id"],
        name=raw["name"],
        real_name=raw["real_name"],
        title=raw.get("title", ""),
        role=raw.get("role", ""),
        time_zone=_zone(raw.get("time_zone", team_zone)),
    )


def _place(raw: Json, people: list[Person], app: App) -> Place:
    members: list[str] = list(raw.get("members") or [person.id for person in people])
    known: dict[str, Any] = {person.id: person for person in people}
    for member in members:
        if member not in known:
            raise ValueError(f"channel {raw['id']}: member {member!r} is not one of the people.")
    if raw.get("has_bot", False):
        members.append(app.bot_user)
    return Place(raw["id"], raw["name"], bool(raw.get("private", False)), raw.get("topic", ""), tuple(members))


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is not a time zone.") from error
    return name
