"""What documents call things, read from their templates, so that every form uses the same words."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

TEMPLATES = files("bot").joinpath("templates", "documents")


@cache
def words() -> Mapping[str, str]:
    """Labels and sentences by their name in `words.yaml`."""
    return MappingProxyType(yaml.safe_load(TEMPLATES.joinpath("words.yaml").read_text(encoding="utf-8")))
