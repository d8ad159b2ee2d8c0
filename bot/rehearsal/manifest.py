"""An app's manifest as Slack takes it: which scopes, events, commands and shortcuts the app in the workspace has.

Shape: docs.slack.dev/reference/app-manifest.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.rehearsal.wire import Json
from bot.rehearsal.world import World, WorldError


def under_manifest(world: World, path: Path) -> World:
    """The world with its app as the manifest at ``path`` (YAML or JSON) describes it.

    Raises WorldError with the file and the wrong key.
    """
    try:
        # JSON is YAML too.
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"{path}: cannot be read ({error}).") from error
    except yaml.YAMLError as error:
        raise WorldError(f"{path}: is neither YAML nor JSON ({error}).") from error
    if not isinstance(manifest, dict):
        raise WorldError(f"{path}: must be a mapping, as `levers manifest` prints it.")
    try:
        app = replace(
            world.app,
            scopes=frozenset(_texts(manifest, "oauth_config", "scopes", "bot")),
            events=frozenset(_texts(manifest, "settings", "event_subscriptions", "bot_events")),
            commands=tuple(_records(manifest, "command", "features", "slash_commands")),
            shortcuts=tuple(_records(manifest, "callback_id", "features", "shortcuts")),
        )
    except ValueError as error:
        raise WorldError(f"{path}: {error}") from error
    return replace(world, app=app)


def _at(manifest: Json, *keys: str) -> list[Any]:
    value: Any = manifest
    for key in keys:
        if not isinstance(value, dict):
            raise ValueError(f"{'.'.join(keys)} cannot be reached: what is above {key} is not a mapping.")
        value = value.get(key) or {}
    if value and not isinstance(value, list):
        raise ValueError(f"{'.'.join(keys)} must be a list.")
    return list(value)


def _texts(manifest: Json, *keys: str) -> list[str]:
    values = _at(manifest, *keys)
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{'.'.join(keys)} must hold only text.")
    return values


def _records(manifest: Json, needed: str, *keys: str) -> list[Json]:
    values = _at(manifest, *keys)
    if not all(isinstance(value, dict) and isinstance(value.get(needed), str) for value in values):
        raise ValueError(f"every entry of {'.'.join(keys)} needs {needed}.")
    return values
