"""The root of every error that Levers shows to a person."""


class LeversError(Exception):
    """Something a person can mend; its text is the sentence to show them, with what to do about it."""
