"""Every table, in one metadata; importing this package registers them all."""

from storage.tables import messages, people, plans, reviews, sessions, workspaces
from storage.tables.base import metadata

__all__ = ["messages", "metadata", "people", "plans", "reviews", "sessions", "workspaces"]
