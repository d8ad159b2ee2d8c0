"""The use cases: one verb is one transaction, and every message it causes is part of it."""
