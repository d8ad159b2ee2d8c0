"""The plan to read and to print: HTML with Jinja2, PDF with typst; people's text is data in both."""

import json
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import Literal

import typst
from jinja2 import Environment, StrictUndefined

from bot.documents.content import PlanDocument
from bot.sentences import day, short_day

_TEMPLATES = files("bot").joinpath("templates", "documents")


def html(document: PlanDocument) -> bytes:
    """One page of HTML that prints well and needs nothing from elsewhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters |= {"day": day, "short_day": short_day}
    source = _TEMPLATES.joinpath("plan.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source).render(plan=document).encode()


def pdf(document: PlanDocument) -> bytes:
    """A tagged PDF; the same data gives the same bytes."""
    return _typst(document, "pdf")


def picture(document: PlanDocument) -> bytes:
    """The first page as PNG, for looking at."""
    return _typst(document, "png")


def _typst(document: PlanDocument, form: Literal["pdf", "png"]) -> bytes:
    content = asdict(document)
    content |= {"committed": day(document.committed), "reviewed": day(document.reviewed), "committed_at": ""}
    for part in content["priorities"]:
        for line in part["actions"]:
            line["due"] = f"{short_day(line['due'])}, {line['due'].year}"
            line["supporters"] = ", ".join(line["supporters"])
    with as_file(_TEMPLATES.joinpath("plan.typ")) as template:
        made = typst.compile(
            str(template),
            format=form,
            ignore_system_fonts=True,
            sys_inputs={"plan": json.dumps(content)},
            timestamp=int(document.committed_at.timestamp()),
        )
    # Several pages come as a list where the form is one picture a page.
    return bytes(made[0] if isinstance(made, list) else made)
