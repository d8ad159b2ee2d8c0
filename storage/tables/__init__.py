"""Every table, in one metadata; importing this package registers them all."""

from storage.tables import following, grants, messages, people, plans, reviews, sessions, workspaces
from storage.tables.base import metadata

__all__ = ["following", "grants", "messages", "metadata", "people", "plans", "reviews", "sessions", "workspaces"]
