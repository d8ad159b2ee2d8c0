"""People's text and names, as files can carry them."""

import unicodedata

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Controls that turn the direction of what follows (Unicode Annex 9, 2): left open, they would turn other people's."""


def showable(text: str) -> str:
    """What a person typed, without what a workbook has no place for or what would turn the text after it.

    Out go what XML 1.0 (section 2.2) does not call characters and controls of direction; lines stay lines, and joiners
    and marks stay, as scripts and emoji need them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or not _unshowable(one))


def file_name(*parts: str) -> str:
    """A safe file name of `parts`, without an ending: letters of ASCII, digits and hyphens."""
    safe = ("".join(one if one.isascii() and one.isalnum() else "-" for one in part).strip("-") for part in parts)
    return "-".join(part or "school" for part in safe)


def _unshowable(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or letter in "\ufffe\uffff" or letter in _TURNING
