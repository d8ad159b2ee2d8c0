"""The plan to read and to print: HTML with Jinja2, PDF with typst; people's text is data in both."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from bot.documents import typesetting
from bot.documents.content import PlanDocument
from bot.documents.wording import TEMPLATES, words
from bot.sentences import day, short_day


def html(document: PlanDocument) -> bytes:
    """One page of HTML that prints well and needs nothing from elsewhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"day": day, "short_day": short_day}
    source = TEMPLATES.joinpath("plan.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source).render(plan=document, words=words()).encode()


def pdf(document: PlanDocument, fonts: Sequence[Path] = ()) -> bytes:
    """An accessible PDF (PDF/UA-1) on US letter paper; the same data gives the same bytes."""
    return typesetting.pdf("plan.typ", content(document), document.committed_at, fonts)


def content(document: PlanDocument) -> typesetting.Content:
    """What the typst template is given: the plan, with dates as people say them."""
    found = asdict(document)
    found |= {"committed": day(document.committed), "reviewed": day(document.reviewed), "committed_at": ""}
    for part in found["priorities"]:
        for line in part["actions"]:
            line["due"] = short_day(line["due"])
            line["supporters"] = ", ".join(line["supporters"])
    return found
