"""Setting a page or a picture with typst: the same bytes for the same data, and no letter lost without a word."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import as_file
from pathlib import Path
from typing import Any, Literal

import structlog
import typst

from bot.documents.wording import TEMPLATES, words

Content = Mapping[str, Any]
"""What a template is given, as JSON knows it."""

STAND_IN = "▯"
"""Stands for a letter that no font shows; typst's own fonts have it."""
PIXELS_PER_POINT = 2

_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def pdf(template: str, content: Content, at: datetime, fonts: Sequence[Path] = ()) -> bytes:
    """An accessible PDF (PDF/UA-1) that says it was made at the moment `at`; `fonts` are more files or folders."""
    return _set(template, content, at, fonts)[0]


def png(template: str, content: Content, at: datetime, fonts: Sequence[Path] = ()) -> bytes:
    """A picture of the template's one page, two pixels a point. `fonts` as for a PDF."""
    _, inputs, others_too = _set(template, content, at, fonts)
    return _compiled(template, "png", inputs, at, fonts, others_too)


def inputs(content: Content, unshown: str = "") -> dict[str, str]:
    """What typst is given: the content and the wording as JSON, with a stand-in for each letter of `unshown`."""
    said = json.dumps(content, ensure_ascii=False).translate({ord(letter): STAND_IN for letter in unshown})
    return {
        "content": said,
        "words": json.dumps(dict(words()), ensure_ascii=False),
        "unshown": "yes" if unshown else "",
    }


def _set(template: str, content: Content, at: datetime, fonts: Sequence[Path]) -> tuple[bytes, dict[str, str], bool]:
    """The PDF, what it was made of, and whether the computer's own fonts were needed.

    The fonts that come with typst, and the declared ones, give the same bytes everywhere. PDF/UA-1 refuses a letter
    that no font shows: the computer's fonts then help out, and what they lack is stood for and said on the page. A
    document that the standard refuses all the same is made without it: better so than not at all.
    """
    log = structlog.get_logger("documents")
    given, unshown = inputs(content), ""
    for others_too in (False, True, True):
        try:
            return _compiled(template, "pdf", given, at, fonts, others_too), given, others_too
        except typst.TypstError as error:
            unshown = "".join(sorted(_letters(error)))
        if others_too and unshown:
            points = " ".join(f"U+{ord(letter):04X}" for letter in unshown)
            log.warning("no font shows these letters", letters=points)
            given = inputs(content, unshown)
    log.error("not to the standard for accessible PDF", template=template)
    return _compiled(template, "pdf", given, at, fonts, others_too=True, standard=None), given, True


def _letters(refused: typst.TypstError) -> set[str]:
    """The letters that the refusal names, apart from those that stand in every font."""
    named = (_ESCAPED.sub(_unescaped, text) for text in _UNSHOWN.findall(refused.diagnostic))
    return {letter for text in named for letter in text if not letter.isascii()}


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]


def _compiled(
    template: str,
    form: Literal["pdf", "png"],
    given: dict[str, str],
    at: datetime,
    fonts: Sequence[Path],
    others_too: bool,
    standard: Literal["ua-1"] | None = "ua-1",
) -> bytes:
    with as_file(TEMPLATES) as folder:
        made = typst.compile(
            str(folder / template),
            format=form,
            font_paths=[str(font) for font in fonts],
            ignore_system_fonts=not others_too,
            sys_inputs=given,
            ppi=72 * PIXELS_PER_POINT,
            timestamp=int(at.timestamp()),
            pdf_standards=standard if form == "pdf" else None,
        )
    # A form with one file a page comes as a list where there are several.
    return bytes(made[0] if isinstance(made, list) else made)
