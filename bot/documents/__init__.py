"""The plan as documents: one content in several forms, the same bytes for the same data."""
