"""The plan to read and to print: HTML with Jinja2, PDF with typst; people's text is data in both."""

import json
from dataclasses import asdict
from importlib.resources import as_file
from typing import Literal

import typst
from jinja2 import Environment, StrictUndefined

from bot.documents.content import PlanDocument
from bot.documents.wording import TEMPLATES, words
from bot.sentences import day, short_day

_Standard = Literal["ua-1"]
_WAYS: tuple[tuple[bool, _Standard], ...] = ((True, "ua-1"), (False, "ua-1"))
"""How a PDF is tried, best first: (with no fonts but typst's own, by which standard)."""


def html(document: PlanDocument) -> bytes:
    """One page of HTML that prints well and needs nothing from elsewhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"day": day, "short_day": short_day}
    source = TEMPLATES.joinpath("plan.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source).render(plan=document, words=words()).encode()


def pdf(document: PlanDocument) -> bytes:
    """An accessible PDF (PDF/UA-1) on US letter paper; the same data gives the same bytes.

    The fonts that come with typst give the same bytes everywhere, and carry Latin, Greek, Cyrillic and more. PDF/UA-1
    refuses a letter that no font shows: the computer's own fonts then help out, and if none has it, a box stands there.
    """
    for own_fonts_only, standard in _WAYS:
        try:
            return _compiled(document, own_fonts_only, standard)
        except typst.TypstError:
            continue
    return _compiled(document, False, None)


def _compiled(document: PlanDocument, own_fonts_only: bool, standard: _Standard | None) -> bytes:
    with as_file(TEMPLATES.joinpath("plan.typ")) as template:
        made = typst.compile(
            str(template),
            format="pdf",
            ignore_system_fonts=own_fonts_only,
            sys_inputs=inputs(document),
            timestamp=int(document.committed_at.timestamp()),
            pdf_standards=standard,
        )
    # A form with one file a page would come as a list.
    return bytes(made[0] if isinstance(made, list) else made)


def inputs(document: PlanDocument) -> dict[str, str]:
    """What the typst template is given: the plan and the words as JSON, dates as people say them."""
    content = asdict(document)
    content |= {"committed": day(document.committed), "reviewed": day(document.reviewed), "committed_at": ""}
    for part in content["priorities"]:
        for line in part["actions"]:
            line["due"] = short_day(line["due"])
            line["supporters"] = ", ".join(line["supporters"])
    return {"plan": json.dumps(content), "words": json.dumps(dict(words()))}
